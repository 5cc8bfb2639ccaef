// Training

export type { EpochEvent, Runtime } from './train/runtime.ts'
export type { StreamOptions } from './train/stream.ts'
export { partialFit, streamStep } from './train/stream.ts'
export { train, trainEpochs } from './train/train.ts'
export type {
  EpochRecord,
  RecordedPhase,
  RecordedSchedule,
  Rule,
  TrainingRecord,
  Unfinished,
} from './training-record.ts'
export { rankTrials } from './tune/best-trial.ts'
export type { Candidate } from './tune/candidates.ts'
export type { Trial } from './tune/trial.ts'
export type { TuneOptions, TuneRuntime, Tuning } from './tune/tune.ts'
export { tune } from './tune/tune.ts'

// A trained map and its answers

export type { Answer, AnswerColumn, AnswerKind, AnswerName, CellColumn, Matched } from './read/answers.ts'
export {
  ANSWERS,
  answerCells,
  answerNames,
  answerNumbers,
  answerRows,
  answersOf,
  cellRows,
} from './read/answers.ts'
export type { Calibration, Constant, Derivation, Derived, Runs } from './read/calibration.ts'
export { DERIVATIONS } from './read/calibration.ts'
export { componentPlane } from './read/component-plane.ts'
export { imputationColumns } from './read/impute/imputation-columns.ts'
export type { Imputations, Imputed, ImputeOptions } from './read/impute/impute.ts'
export { impute, imputeIn } from './read/impute/impute.ts'
export type { MatchRuntime } from './read/match.ts'
export { match, matchPrepared } from './read/match.ts'
export type { DuplicateOptions, NearDuplicates } from './read/near-duplicates.ts'
export { nearDuplicates } from './read/near-duplicates.ts'
export { nearestUnits, nearestUnitsPrepared } from './read/nearest-units.ts'
export { pValue } from './read/p-value.ts'
export { uMatrix } from './read/u-matrix.ts'
export type { Feature, Seen, Som } from './som.ts'

// Predictions

export type { TargetValues } from './predict/check-targets.ts'
export type { EvaluateOptions } from './predict/evaluate.ts'
export { evaluate } from './predict/evaluate.ts'
export type {
  CalibrationBin,
  ClassEvaluation,
  ClassFigures,
  NumberEvaluation,
  TargetEvaluation,
} from './predict/evaluation.ts'
export type { FitOptions, FitRuntime } from './predict/fit-options.ts'
export { checkTargetValues, fitTargets } from './predict/fit-targets.ts'
export type { Predictions, PredictOptions, TargetPrediction } from './predict/predict.ts'
export { checkPredictOptions, partOfPredictions, predict, predictIn, predictPrepared } from './predict/predict.ts'
export type { PredictionColumn } from './predict/prediction-columns.ts'
export { predictionColumns } from './predict/prediction-columns.ts'
export {
  type ClassTarget,
  heldOutRows,
  type ModelSettings,
  type NumberTarget,
  type Target,
  type Targets,
} from './predict/targets.ts'

// Rows on a plane

export type { Embedded, EmbeddingSom, Placed } from './embed/embed.ts'
export { embed, embedIn, embedPrepared } from './embed/embed.ts'
export type { Embedding, Layout, RepulsionTable } from './embed/embedding.ts'
export { LAYOUTS } from './embed/embedding.ts'
export { fitEmbedding } from './embed/fit-embedding.ts'
export type { EmbeddingOptions, EmbeddingRuntime } from './embed/fit-options.ts'
export { LANDMARKS } from './embed/fit-options.ts'
export { landmarkMap } from './embed/nearest-landmarks.ts'
export type { ByUnitsOptions, PlacedByUnits } from './embed/place-by-units.ts'
export { placeByUnits, placeByUnitsIn } from './embed/place-by-units.ts'
export type { PlaceColumn } from './embed/place-columns.ts'
export { placeColumns } from './embed/place-columns.ts'
export type { Projection } from './embed/sammon/sammon.ts'
export { sammon } from './embed/sammon/sammon.ts'

// How good a map is

export { combinedError } from './read/quality/combined-error.ts'
export { deadUnits, hitEntropy } from './read/quality/dead-units.ts'
export type { Diagnosis } from './read/quality/diagnosis.ts'
export { diagnose } from './read/quality/diagnosis.ts'
export { distortion, unitDistortion } from './read/quality/distortion.ts'
export {
  hits,
  meanSquaredQuantizationError,
  quantizationError,
  topographicError,
  unitQuantizationError,
  unitTopographicError,
} from './read/quality/errors.ts'
export type { Estimate } from './read/quality/estimate.ts'
export { explainedVariance } from './read/quality/explained-variance.ts'
export type { Agreement } from './read/quality/labels.ts'
export { labelAgreement } from './read/quality/labels.ts'
export { meanTiedRank } from './read/quality/mean-tied-rank.ts'
export type { MeasureOptions, RowsOptions } from './read/quality/measure-options.ts'
export type { Measure, Quality, QualityOfRows, QualityOptions, QualityRuntime } from './read/quality/quality.ts'
export { quality, qualityOf, qualityPrepared } from './read/quality/quality.ts'
export type { Symptoms } from './read/quality/symptoms.ts'
export { symptomsOf, withMoreEpochs } from './read/quality/symptoms.ts'
export type { TopographicFunction } from './read/quality/topographic-function.ts'
export { topographicFunction } from './read/quality/topographic-function.ts'
export { topographicProduct } from './read/quality/topographic-product.ts'

// Groups of units

export type { ClusterRuntime } from './read/cluster/cluster-rows.ts'
export { clusterPrepared, clusterRows } from './read/cluster/cluster-rows.ts'
export type { Clustering, ClusterMethod, ClusterOptions, Link, Tried } from './read/cluster/cluster-units.ts'
export { CLUSTER_METHODS, clusterUnits, LEAST_LINK, methodFor, UNIT_METHODS } from './read/cluster/cluster-units.ts'
export type { Clusters } from './read/cluster/clusters.ts'
export { clusterNames, clusterNumbers, clustersOfRows, mayLeaveOut, UNCLUSTERED } from './read/cluster/clusters.ts'
export type { Level } from './read/cluster/density/hdbscan.ts'
export type { ClusterEdits } from './read/cluster/edit-clusters.ts'
export { editClusters } from './read/cluster/edit-clusters.ts'
export type { Covariances } from './read/cluster/mixture/gaussian-mixture.ts'
export type { Mixture } from './read/cluster/mixture/mix.ts'

// Maps and tables beside others

export type { CompareRuntime, Comparison } from './compare/compare-maps.ts'
export { compareMaps } from './compare/compare-maps.ts'
export type { Drift, DriftOptions } from './compare/drift.ts'
export { drift } from './compare/drift.ts'

// Planning a training run

export { checkRuntime, throwIssues } from './check-runtime.ts'
export { checkSom } from './check-som.ts'
export { checkTrainOptions } from './plan/check-train-options.ts'
export { checkByTable } from './plan/check-value.ts'
export type { InitialName } from './plan/initial-name.ts'
export { mapSize } from './plan/map-size.ts'
export type { Option } from './plan/option-table.ts'
export { OPTIONS } from './plan/option-table.ts'
export type { LayerOptions, PhaseOptions, TrainOptions } from './plan/options.ts'
export { plan } from './plan/plan.ts'
export type { OpenStore, StoredOptions } from './plan/plan-stored.ts'
export { planStored } from './plan/plan-stored.ts'
export type { Plan, SpreadPlan, StoredPlan } from './plan/run-plan.ts'
export type { DecayFunction, DecayName, Schedule } from './plan/schedule.ts'
export { DECAYS, valueAt } from './plan/schedule.ts'
export type { RandomSource } from './random.ts'
export { random } from './random.ts'

// Rows of numbers

export type { CellEncoder } from './rows/cell-encoder.ts'
export { cellEncoder } from './rows/cell-encoder.ts'
export { secondsOfText, TIME_FORMS, trimCell } from './rows/cell-text.ts'
export type { RowsInput, SparseSamples } from './rows/check-samples.ts'
export { checkTable } from './rows/check-table.ts'
export type { PreparedRows } from './rows/exact-row.ts'
export type { FeatureSource, TimePart, TimeUse } from './rows/feature-source.ts'
export { fromTime, partsOf, sourceName, TIME_PARTS, TIME_USES } from './rows/feature-source.ts'
export type { Matrix, SparseMatrix } from './rows/matrix.ts'
export { chooseRows, isSparse, matrix, rowOf, rowsOf } from './rows/matrix.ts'
export { prepareRows } from './rows/prepare.ts'
export type { FeaturePreprocessing, Linear, PreprocessingName } from './rows/preprocessing.ts'
export { fromPreprocessed, linearPreprocessing, PREPROCESSINGS, scaled, toPreprocessed } from './rows/preprocessing.ts'
export type { SampleRecord, Samples } from './rows/samples.ts'
export { samplesOf } from './rows/samples.ts'
export type { RowsStore, SamplePart, SampleParts, StoredRows } from './rows/stored-rows.ts'

// The map: lattice, neighbourhood, distance

export type { CustomMetric, DistanceFunction, LayeredMetric, Metric, MetricLayer } from './map/distance.ts'
export { distanceFunction, isLayered, isOwnMetric, LAYERED, metricName } from './map/distance.ts'
export type { Cell, Lattice, Shape } from './map/lattice.ts'
export { CELLS, SHAPES, unitCount, unitPosition } from './map/lattice.ts'
export type { Layer } from './map/layers.ts'
export { metricOfLayers } from './map/layers.ts'
export type { MetricName } from './map/measures.ts'
export { METRICS } from './map/measures.ts'
export type { CustomKernel, Kernel, KernelName } from './map/neighbourhood.ts'
export { KERNELS, kernelName } from './map/neighbourhood.ts'
export type { Neighbours } from './map/neighbours.ts'
export { defaultNeighbours, neighboursOf } from './map/neighbours.ts'
export { rowDistance } from './map/row-distance.ts'

// Where the arithmetic runs; `@som/core/backend` has what authors of backends need

export type { Backend, Choice, Matches, MatchOptions, NearestUnits, Rows } from './backend/backend.ts'
export { MOST_NEAREST } from './backend/backend.ts'
export { chooseBackend, firstOf } from './backend/first-of.ts'
export { js } from './backend/js/js.ts'

// Input and its issues

export type { Issue } from './issue.ts'
export { describeIssues, firstIssues, Issues, notOneOf, show } from './issue.ts'
export { orThrow } from './or-throw.ts'
export { suggest } from './suggest.ts'

// Entry points of the original challenge

export type { KohonenIteration, KohonenNode, KohonenParams, Tensor } from './kohonen.ts'
export {
  createKohonenParams,
  findBestMatchingUnit,
  initialiseRandomTensor,
  kohonenSchedule,
  trainKohonenNetwork,
} from './kohonen.ts'

export { VERSION } from './version.ts'
