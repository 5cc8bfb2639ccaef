import type { Embedding } from './embed/embedding.ts'
import type { Metric } from './map/distance.ts'
import type { Lattice } from './map/lattice.ts'
import type { Layer } from './map/layers.ts'
import type { Kernel } from './map/neighbourhood.ts'
import type { Neighbours } from './map/neighbours.ts'
import type { Targets } from './predict/targets.ts'
import type { Calibration } from './read/calibration.ts'
import type { Clusters } from './read/cluster/clusters.ts'
import type { FeatureSource } from './rows/feature-source.ts'
import type { Matrix } from './rows/matrix.ts'
import type { FeaturePreprocessing } from './rows/preprocessing.ts'
import type { TrainingRecord } from './training-record.ts'

/** A map with everything needed to treat a new row like the training rows. Plain data: it is one file. */
export interface Som {
  /** The features of the codebook in order, with the preprocessing fitted on the training rows. */
  readonly features: readonly Feature[]
  readonly lattice: Lattice
  readonly metric: Metric
  /** Its groups of features, if it has some; `metric` is made of them. */
  readonly layers?: readonly Layer[]
  readonly kernel: Kernel
  /** units × features, in preprocessed units; `componentPlane` converts a feature to the user's units. */
  readonly codebook: Matrix
  readonly training: TrainingRecord
  /** Statistics of the training rows on the trained map; null while training is unfinished. */
  readonly seen: Seen | null
  /** The clusters of the units, if they have been clustered. */
  readonly clusters?: Clusters
  /** How far normal rows are from the map, if it is used to watch for unusual ones. */
  readonly calibration?: Calibration
  /** What it predicts of a row besides its unit, if targets have been fitted. */
  readonly targets?: Targets
  /** A plane for rows, if one has been fitted. */
  readonly embedding?: Embedding
}

export interface Feature {
  readonly name: string
  readonly preprocessing: FeaturePreprocessing
  /** The source of the feature, if it is not a numeric column of its name. */
  readonly source?: FeatureSource
  /**
   * The decimal mark of the text that the feature was learned from, where that text showed it to be a comma: new text
   * that shows neither a comma nor a point to be decimal is read in the same way.
   */
  readonly decimal?: ','
}

/** Statistics of the training rows on the trained map. */
export interface Seen {
  /** Total weight of training rows per unit. */
  readonly hits: Float64Array
  /**
   * Distances of training rows to their best-matching units, ascending: all of them, or 10,001 evenly spaced quantiles
   * if there are more.
   */
  readonly distances: Float32Array
  /** Weighted mean distance of the training rows to their best-matching units. */
  readonly quantizationError: number
  /**
   * Share of training rows whose two nearest units are not neighbours, with the number of `neighbours` of a unit in
   * this figure.
   */
  readonly topographicError: number
  readonly neighbours: Neighbours
}
