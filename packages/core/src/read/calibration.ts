/** How a feature can be derived from the readings of a column. */
export const DERIVATIONS = ['value', 'lag', 'difference', 'mean', 'deviation'] as const
export type Derivation = (typeof DERIVATIONS)[number]

/**
 * How a feature is derived from the readings of one column: the reading itself (`value`), the one `steps` readings
 * earlier (`lag`), the change since then (`difference`), or the mean or standard deviation of the last `steps`
 * readings.
 */
export interface Derived {
  /** The column's position in a reading. */
  readonly column: number
  readonly by: Derivation
  /** At least 1; 0 for `value`. */
  readonly steps: number
}

/** The longest runs of one column among the readings of training. */
export interface Runs {
  /** Readings in a row with the same value. */
  readonly same: number
  /** Readings in a row without a value. */
  readonly missing: number
}

/** A numeric column with the same value in every training row: it is not a feature of the map. */
export interface Constant {
  /** The column's position in a reading. */
  readonly column: number
  readonly value: number
  /** Rows of training that have it. Maps of older versions do not say. */
  readonly rows?: number
}

/** The distances of normal rows that the map was not trained on: the basis for the p-values of new rows. */
export interface Calibration {
  /** The columns of a reading, in order. */
  readonly columns: readonly string[]
  /** How each feature of the map is derived, in feature order. */
  readonly derived: readonly Derived[]
  /** The time column, if there is one. */
  readonly time?: string
  /** How the rows were held out: one by one, in blocks of consecutive readings, or given by the caller. */
  readonly heldOut: 'rows' | 'blocks' | 'given'
  /** Distances of the held-out rows to their best-matching units: grouped by unit, ascending within each. */
  readonly distances: Float32Array
  /** How many of them each unit has. */
  readonly counts: Uint32Array
  /** The largest sums of `Drift` over the held-out rows in their order, to the far and to the near side. */
  readonly drift: { readonly farther: number; readonly nearer: number }
  /** The longest runs of each column. */
  readonly runs: readonly Runs[]
  /** Columns that had a single value in training, if any. */
  readonly constants?: readonly Constant[]
}
