import type { Metric } from '../map/distance.ts'
import type { Lattice } from '../map/lattice.ts'
import type { MetricName } from '../map/measures.ts'
import type { Kernel } from '../map/neighbourhood.ts'
import type { RowsInput } from '../rows/check-samples.ts'
import type { Matrix } from '../rows/matrix.ts'
import type { PreprocessingName } from '../rows/preprocessing.ts'
import type { Som } from '../som.ts'
import type { Rule } from '../training-record.ts'
import type { InitialName } from './initial-name.ts'
import type { Schedule } from './schedule.ts'

/** One stretch of training with schedules of its own. */
export interface PhaseOptions {
  /** Times that every sample is presented: 20. */
  readonly epochs?: number
  /**
   * Neighbourhood radius in units: by default from a quarter of the longer side (at least 1) to 0.8 (0.7 for fewer than
   * 200 rows), exponentially.
   */
  readonly radius?: Partial<Schedule>
  /**
   * Share of the way a prototype moves, for the online and mini-batch rules: from 0.5 to 0.01, exponentially. Batch
   * goes all the way.
   */
  readonly learningRate?: Partial<Schedule>
}

/** A group of features with a metric, a weight and a preprocessing of its own. */
export interface LayerOptions {
  readonly name: string
  /** Its features by name, or the columns that features are made of. Each feature is in one layer. */
  readonly features: readonly string[]
  /** Euclidean, whose squared distance counts. */
  readonly metric?: MetricName
  /** How much the layer counts: 1. 0 shows it without counting it. */
  readonly weight?: number
  /**
   * What its distance is multiplied by so that layers compare: by default 1 / the mean distance between rows by this
   * layer alone.
   */
  readonly scale?: number
  /** The method of its features, unless they have one of their own in `preprocessing`. */
  readonly preprocessing?: PreprocessingName
}

/** What to train. Everything but the samples has a default. */
export interface TrainOptions extends PhaseOptions {
  readonly samples: RowsInput
  /**
   * A rectangular sheet by default. Without rows and columns the data decide (`mapSize`): `units` then says about how
   * many units.
   */
  readonly lattice?: Partial<Lattice> & { readonly units?: number }
  /** Euclidean. */
  readonly metric?: Metric
  /**
   * Layers in place of one metric: the distance is Σ weight · scale · distance of the layer. Layers that are all
   * euclidean are one euclidean distance.
   */
  readonly layers?: readonly LayerOptions[]
  /** Gaussian. */
  readonly kernel?: Kernel
  /** Batch. */
  readonly rule?: Rule
  /** Several phases in place of `epochs`, `radius` and `learningRate`: rough, then fine. */
  readonly phases?: readonly PhaseOptions[]
  /** Samples of a mini-batch: 256. */
  readonly batchSize?: number
  /** The order in which the online and mini-batch rules present samples: shuffled again each epoch. */
  readonly order?: 'shuffled' | 'sequential'
  /** Whether the online rule's radius and learning rate change at each step (the default) or at each epoch. */
  readonly decayPer?: 'step' | 'epoch'
  /** Where prototypes start: `linear` (sampled where samples are sparse), or a codebook in preprocessed units. */
  readonly initial?: InitialName | Matrix
  /** Starts from a trained map: its features, preprocessing, lattice, metric, kernel and codebook. */
  readonly from?: Som
  /** z-score for every feature, or a method for some by name. */
  readonly preprocessing?: PreprocessingName | Readonly<Record<string, PreprocessingName>>
  /** What `arcsinh` divides by: 5. */
  readonly cofactor?: number
  /** How much a feature counts in distances, by name: 1. */
  readonly featureWeights?: Readonly<Record<string, number>>
  /** Decides everything that is drawn: 0. */
  readonly seed?: number
  /**
   * Ends training when prototypes have moved less than `tolerance` (relative to the data's spread: 0.0001) in each of
   * `patience` epochs in a row (3).
   */
  readonly stop?: { readonly patience?: number; readonly tolerance?: number }
  /** Continues with an unfinished run: every setting comes from it, and the samples must be the same. */
  readonly resume?: Som
}
