/** What a feature of a map can be of the readings of a column so far. */
export const DERIVATIONS = ['value', 'lag', 'difference', 'mean', 'deviation'] as const
export type Derivation = (typeof DERIVATIONS)[number]

/**
 * How a feature is made of the readings of one column: the reading itself (`value`), the one `steps` readings before (`lag`), what was added since
 * then (`difference`), or the mean or standard deviation of the last `steps` readings.
 */
export interface Derived {
  /** The column's place in a reading. */
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

/** A column of numbers with the same value in every row of training: it is no feature of the map. */
export interface Constant {
  /** The column's place in a reading. */
  readonly column: number
  readonly value: number
  /** Rows of training that have it. Maps of older versions do not say. */
  readonly rows?: number
}

/** What normal rows that the map was not trained on look like from it: what p-values of new rows are read from. */
export interface Calibration {
  /** The columns of a reading, in order. */
  readonly columns: readonly string[]
  /** What each feature of the map is made of, in the order of the features. */
  readonly derived: readonly Derived[]
  /** The column that holds the time, where there is one. */
  readonly time?: string
  /** How the rows were held out: one by one, in blocks of readings that follow one another, or given by the caller. */
  readonly heldOut: 'rows' | 'blocks' | 'given'
  /** Distances of the held-out rows to their best-matching units: unit after unit, ascending within each. */
  readonly distances: Float32Array
  /** How many of them each unit has. */
  readonly counts: Uint32Array
  /** The largest sums of `Drift` over the held-out rows in their order, to the far and to the near side. */
  readonly drift: { readonly farther: number; readonly nearer: number }
  /** Of each column. */
  readonly runs: readonly Runs[]
  /** Columns that had one value in training, where there are any. */
  readonly constants?: readonly Constant[]
}
