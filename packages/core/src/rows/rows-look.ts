import { chooseRows, type Matrix } from './matrix.ts'

/** What a start and a size need to know of preprocessed rows, wherever those are kept. */
export interface RowsLook {
  readonly rows: number
  readonly columns: number
  /** Rows in the order given, copied. */
  pick(chosen: Uint32Array): Matrix
  /** Mean of each feature, missing values aside. */
  means(): Float64Array
  /** Least and most of each feature. */
  ranges(): { readonly least: Float64Array; readonly most: Float64Array }
}

/** Rows in memory. */
export function lookAt(rows: Matrix): RowsLook {
  let moments: Moments | undefined
  const look = (): Moments => {
    moments ??= momentsOf(rows.columns)
    if (moments.count() === 0) moments.add(rows.data)
    return moments
  }
  return {
    rows: rows.rows,
    columns: rows.columns,
    pick: (chosen) => chooseRows(rows, chosen),
    means: () => look().means,
    ranges: () => look(),
  }
}

/** What is kept of rows that pass by: in one pass, f64. */
export interface Moments {
  readonly means: Float64Array
  readonly least: Float64Array
  readonly most: Float64Array
  add(values: Float32Array): void
  /** Values seen. */
  count(): number
  /** Sum of the features' variances: the mean squared distance of the rows from their mean. */
  variance(): number
}

export function momentsOf(columns: number): Moments {
  const means = new Float64Array(columns)
  const squares = new Float64Array(columns)
  const seen = new Float64Array(columns)
  const least = new Float64Array(columns).fill(Number.POSITIVE_INFINITY)
  const most = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY)
  let count = 0
  return {
    means,
    least,
    most,
    add(values) {
      count += values.length
      for (let at = 0; at < values.length; at += columns) {
        for (let f = 0; f < columns; f++) {
          const x = values[at + f]
          if (Number.isNaN(x)) continue
          const deviation = x - means[f]
          means[f] += deviation / ++seen[f]
          squares[f] += deviation * (x - means[f])
          if (x < least[f]) least[f] = x
          if (x > most[f]) most[f] = x
        }
      }
    },
    count: () => count,
    variance: () => squares.reduce((sum, square, f) => (seen[f] > 0 ? sum + square / seen[f] : sum), 0),
  }
}
