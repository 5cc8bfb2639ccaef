// Rows of numbers

// Backends
export type {
  Backend,
  EpochReport,
  EpochStep,
  EpochSums,
  Matches,
  MatchOptions,
  Rows,
  Session,
  Task,
  Watch,
} from './backend.ts'
// What normal rows look like from a map
export type { Calibration, Constant, Derivation, Derived, Runs } from './calibration.ts'
export { DERIVATIONS } from './calibration.ts'
export type { RowsInput } from './check-samples.ts'
export type {
  Clustering,
  ClusterMethod,
  ClusterOptions,
  Tried,
} from './cluster/cluster-units.ts'
export { CLUSTER_METHODS, clusterUnits } from './cluster/cluster-units.ts'
export type { Clusters } from './cluster/clusters.ts'
export type { Separation } from './cluster/indices.ts'
export { separation } from './cluster/indices.ts'
export { componentPlane } from './component-plane.ts'
export type { CustomMetric, DistanceFunction, Metric, MetricName } from './distance.ts'
export { distanceFunction, METRICS, metricName } from './distance.ts'
export type { CellEncoder } from './encode-cells.ts'
export { cellEncoder } from './encode-cells.ts'
export type { FeatureSource, TimePart, TimeUse } from './feature-source.ts'
export { fromTime, partsOf, sourceName, TIME_PARTS, TIME_USES } from './feature-source.ts'
export type { Choice } from './first-of.ts'
export { chooseBackend, firstOf } from './first-of.ts'
export { impute } from './impute.ts'
export type { InitialName } from './initial-name.ts'
export { INITIALS } from './initial-name.ts'
// What is wrong with what was given
export type { Issue } from './issue.ts'
export { describeIssues } from './issue.ts'
export { js } from './js/js.ts'
export { checkRows, checkShapes } from './js/session-guard.ts'
// The original challenge's entry points
export type { KohonenIteration, KohonenNode, KohonenParams, Tensor } from './kohonen.ts'
export {
  createKohonenParams,
  findBestMatchingUnit,
  initialiseRandomTensor,
  kohonenSchedule,
  trainKohonenNetwork,
} from './kohonen.ts'
// Lattice, neighbourhood, distance
export type { Cell, Lattice, Shape } from './lattice.ts'
export { CELLS, SHAPES, squaredLatticeDistance, unitCount, unitPosition } from './lattice.ts'
export { mapSize } from './map-size.ts'
export type { MatchRuntime } from './match.ts'
export { match, matchPrepared } from './match.ts'
export type { Matrix, SparseMatrix } from './matrix.ts'
export { chooseRows, isSparse, matrix, rowOf, rowsOf, toDense, toSparse } from './matrix.ts'
export { mergeSums } from './merge-sums.ts'
export type { CustomKernel, Kernel, KernelName } from './neighbourhood.ts'
export { KERNELS, kernelName } from './neighbourhood.ts'
export type { Neighbours } from './neighbours.ts'
export { areNeighbours, defaultNeighbours, neighboursOf } from './neighbours.ts'
export type { PhaseOptions, TrainOptions } from './options.ts'
export { pValue } from './p-value.ts'

export { plan } from './plan.ts'
export type { StoredOptions, StoredPlan } from './plan-stored.ts'
export { planStored } from './plan-stored.ts'
export type { Plan, Planned } from './planned.ts'
export { prepareRows } from './prepare.ts'
export type { FeaturePreprocessing, PreprocessingName } from './preprocessing.ts'
export { fromPreprocessed, PREPROCESSINGS, toPreprocessed } from './preprocessing.ts'
export { combinedError } from './quality/combined-error.ts'
export type { Diagnosis } from './quality/diagnosis.ts'
export { diagnose } from './quality/diagnosis.ts'
export { distortion, unitDistortion } from './quality/distortion.ts'
export {
  hits,
  meanSquaredQuantizationError,
  quantizationError,
  topographicError,
  unitQuantizationError,
  unitTopographicError,
} from './quality/errors.ts'
export type { Estimate } from './quality/estimate.ts'
export { explainedVariance } from './quality/explained-variance.ts'
export type { Agreement } from './quality/labels.ts'
export { labelAgreement } from './quality/labels.ts'
export { meanTiedRank } from './quality/mean-tied-rank.ts'
export type { Measure, Quality, QualityOptions } from './quality/quality.ts'
export { quality, qualityOf } from './quality/quality.ts'
export type { Between, RankPreservation } from './quality/rank-preservation.ts'
export { rankPreservation } from './quality/rank-preservation.ts'
export type { TopographicFunction } from './quality/topographic-function.ts'
export { topographicFunction } from './quality/topographic-function.ts'
export { topographicProduct } from './quality/topographic-product.ts'
export { deadUnits, hitEntropy } from './quality/usage.ts'
export type { RandomSource } from './random.ts'
export { random } from './random.ts'
export type { Samples } from './samples.ts'
export { samplesOf } from './samples.ts'
export type { DecayFunction, DecayName, Schedule } from './schedule.ts'
export { DECAYS, valueAt } from './schedule.ts'
// A trained map, and what it says of rows
export type { Feature, Seen, Som } from './som.ts'
export type { RowsStore, SamplePart, SampleParts, StoredRows } from './stored-rows.ts'
export type { StreamOptions } from './stream.ts'
export { partialFit, streamStep } from './stream.ts'
export { suggest } from './suggest.ts'
// Training
export type { EpochEvent, Runtime } from './train.ts'
export { train, trainEpochs } from './train.ts'
export type {
  EpochRecord,
  RecordedPhase,
  RecordedSchedule,
  Rule,
  TrainingRecord,
  Unfinished,
} from './training-record.ts'
export type { Candidate } from './tune/candidates.ts'
export type { Trial, TuneOptions, TuneRuntime, Tuning } from './tune/tune.ts'
export { tune } from './tune/tune.ts'
export { uMatrix } from './u-matrix.ts'
export { VERSION } from './version.ts'
