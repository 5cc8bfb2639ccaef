// Data

// Backends
export type {
  Backend,
  EpochReport,
  EpochStep,
  EpochSums,
  Matches,
  Rows,
  Session,
  Task,
  Watch,
} from './backend.ts'
export type { CustomMetric, Metric, MetricName } from './distance.ts'
export { distanceFunction, METRICS, metricName } from './distance.ts'
// Lattice, neighbourhood, distance
export type { Cell, Lattice, Shape } from './lattice.ts'
export { CELLS, SHAPES, squaredLatticeDistance, unitCount, unitPosition } from './lattice.ts'
export type { Matrix, SparseMatrix } from './matrix.ts'
export { isSparse, matrix, rowOf, rowsOf, toDense, toSparse } from './matrix.ts'
export type { CustomKernel, Kernel, KernelName } from './neighbourhood.ts'
export { KERNELS, kernelName } from './neighbourhood.ts'
// Training
export type { FeaturePreprocessing, PreprocessingName } from './preprocessing.ts'
export { PREPROCESSINGS } from './preprocessing.ts'
export type { Samples } from './samples.ts'
export { samplesOf } from './samples.ts'
export type { DecayFunction, DecayName, Schedule } from './schedule.ts'
export { DECAYS } from './schedule.ts'

// A trained map
export type { Feature, Seen, Som } from './som.ts'
export type { EpochRecord, RecordedPhase, RecordedSchedule, Rule, TrainingRecord } from './training-record.ts'
