import type { Rows } from '../backend/backend.ts'
import { isSparse, type SparseMatrix } from './matrix.ts'

/** Statistics of rows that arrive part by part: one pass, in f64. A row of weight w counts as w repetitions of it. */
export interface Moments {
  readonly means: Float64Array
  readonly least: Float64Array
  readonly most: Float64Array
  add(values: Float32Array, weights?: Float32Array): void
  /** Sum of the features' variances: the mean squared distance of the rows from their mean. */
  variance(): number
}

/**
 * B. P. Welford, Note on a method for calculating corrected sums of squares and products, 1962; weighted after D. H. D.
 * West, 1979.
 */
export function momentsOf(columns: number): Moments {
  const means = new Float64Array(columns)
  const squares = new Float64Array(columns)
  const seen = new Float64Array(columns)
  const least = new Float64Array(columns).fill(Number.POSITIVE_INFINITY)
  const most = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY)
  return {
    means,
    least,
    most,
    add(values, weights) {
      for (let at = 0, i = 0; at < values.length; at += columns, i++) {
        const weight = weights === undefined ? 1 : weights[i]
        if (!(weight > 0)) continue
        for (let f = 0; f < columns; f++) {
          const x = values[at + f]
          if (Number.isNaN(x)) continue
          const deviation = x - means[f]
          seen[f] += weight
          means[f] += deviation / (seen[f] / weight)
          squares[f] += weight * deviation * (x - means[f])
          if (x < least[f]) least[f] = x
          if (x > most[f]) most[f] = x
        }
      }
    },
    variance: () => squares.reduce((sum, square, f) => (seen[f] > 0 ? sum + square / seen[f] : sum), 0),
  }
}

/** The mean squared distance of rows from their mean, ignoring missing values. */
export function varianceOf({ matrix, weights }: Rows): number {
  if (isSparse(matrix)) return sparseVariance(matrix, weights)
  const moments = momentsOf(matrix.columns)
  moments.add(matrix.data, weights)
  return moments.variance()
}

/** Means first, then the deviations of stored values and of the implied zeros. */
function sparseVariance(m: SparseMatrix, weights: Float32Array | undefined): number {
  const means = new Float64Array(m.columns)
  const squares = new Float64Array(m.columns)
  const stored = new Float64Array(m.columns)
  const missing = new Float64Array(m.columns)
  let total = 0
  for (let i = 0; i < m.rows; i++) total += weights?.[i] ?? 1
  eachStored(m, weights, (f, x, weight) => {
    if (Number.isNaN(x)) missing[f] += weight
    else {
      stored[f] += weight
      means[f] += weight * x
    }
  })
  for (let f = 0; f < m.columns; f++) if (total > missing[f]) means[f] /= total - missing[f]
  eachStored(m, weights, (f, x, weight) => {
    if (!Number.isNaN(x)) squares[f] += weight * (x - means[f]) ** 2
  })
  return squares.reduce((sum, square, f) => {
    const present = total - missing[f]
    return present > 0 ? sum + (square + (present - stored[f]) * means[f] ** 2) / present : sum
  }, 0)
}

function eachStored(
  { rows, offsets, indices, values }: SparseMatrix,
  weights: Float32Array | undefined,
  visit: (f: number, x: number, weight: number) => void,
): void {
  for (let i = 0; i < rows; i++) {
    const weight = weights?.[i] ?? 1
    for (let p = offsets[i]; p < offsets[i + 1]; p++) visit(indices[p], values[p], weight)
  }
}
