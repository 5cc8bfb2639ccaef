import type { Metric } from './map/distance.ts'
import type { Lattice } from './map/lattice.ts'
import type { Kernel } from './map/neighbourhood.ts'
import type { Neighbours } from './map/neighbours.ts'
import type { Calibration } from './read/calibration.ts'
import type { Clusters } from './read/cluster/clusters.ts'
import type { FeatureSource } from './rows/feature-source.ts'
import type { Matrix } from './rows/matrix.ts'
import type { FeaturePreprocessing } from './rows/preprocessing.ts'
import type { TrainingRecord } from './training-record.ts'

/** Everything needed to treat a new row as the training rows were treated. Plain data: it is one file. */
export interface Som {
  /** The features of the codebook in their order, with the preprocessing fitted on the training rows. */
  readonly features: readonly Feature[]
  readonly lattice: Lattice
  readonly metric: Metric
  readonly kernel: Kernel
  /** units × features, in preprocessed units; `componentPlane` gives a feature back in the user's units. */
  readonly codebook: Matrix
  readonly training: TrainingRecord
  /** What the training rows look like from the trained map; null while training is unfinished. */
  readonly seen: Seen | null
  /** The units in groups, where they have been clustered. */
  readonly clusters?: Clusters
  /** What normal rows look like, where the map is there to watch for others. */
  readonly calibration?: Calibration
}

export interface Feature {
  readonly name: string
  readonly preprocessing: FeaturePreprocessing
  /** The column that the feature was made of, where that is not a column of numbers of its name. */
  readonly source?: FeatureSource
}

/** The training rows as the trained map sees them. */
export interface Seen {
  /** Total weight of training rows per unit. */
  readonly hits: Float64Array
  /** Distances of training rows to their best-matching units, ascending: all of them, or 10,001 evenly spaced quantiles of more. */
  readonly distances: Float32Array
  /** Weighted mean distance of the training rows to their best-matching units. */
  readonly quantizationError: number
  /** Share of training rows whose two nearest units are not neighbours, with how many `neighbours` a unit has in this figure. */
  readonly topographicError: number
  readonly neighbours: Neighbours
}
