import { isSparse, OPTIONS, random, type Samples, type SparseMatrix } from '@som/core'

/** The rows of a table that a run's report shows. */
const MOST_ROWS = 2000

/**
 * At most 2,000 of the rows, one drawn by the seed from each of as many equal stretches; undefined for sparse rows,
 * which have no report.
 */
export function shownRows(samples: Samples | SparseMatrix, seed: number = OPTIONS.seed.default): Samples | undefined {
  if (isSparse(samples)) return undefined
  if (samples.rows <= MOST_ROWS) return samples
  const source = random(seed, 'shown rows')
  const chosen = Array.from({ length: MOST_ROWS }, (_, i) => {
    const [from, to] = [i, i + 1].map((at) => Math.floor((at * samples.rows) / MOST_ROWS))
    return from + Math.floor(source() * (to - from))
  })
  const width = samples.features.length
  const data = new Float64Array(chosen.length * width)
  chosen.forEach((row, at) => {
    data.set(samples.data.subarray(row * width, (row + 1) * width), at * width)
  })
  const { features, sources, ids, labels, weights } = samples
  return {
    features,
    rows: chosen.length,
    data,
    ...(sources && { sources }),
    ...(ids && { ids: chosen.map((row) => ids[row]) }),
    ...(labels && { labels: chosen.map((row) => labels[row]) }),
    ...(weights && { weights: Float32Array.from(chosen, (row) => weights[row]) }),
  }
}
