import { MOST_NEAREST, type NearestUnits } from '../../backend/backend.ts'
import { unitWeights } from '../../predict/blend.ts'
import { cholesky, eliminate, solveUpper } from '../../predict/cholesky.ts'
import type { RandomSource } from '../../random.ts'
import type { Seen, Som } from '../../som.ts'
import { normal } from './normal.ts'

/** Writes a value for each missing one (NaN) of `row`, which is row `i` of those that `near` is about. */
export type FillRow = (row: Float64Array, near: NearestUnits, i: number, source?: RandomSource) => void

/**
 * Fills preprocessed rows from the prototypes around them. With p the mean of the nearest prototypes, weighed by how
 * near they are, and P the weighed differences of each from p, a row is taken to be p + Pᵀa plus noise of variance s²,
 * with a standard normal: a probabilistic principal component model of the map around the row (M. E. Tipping, C. M.
 * Bishop 1999). Its present values give a, and a gives the missing ones. s² is the mean squared distance of the
 * training rows from the map, per feature. With a source, a and the noise are drawn instead of expected, with the
 * larger variance that new rows have: the map was fitted to those of training.
 *
 * Where the metric is not euclidean or the map has seen no rows, s² is unknown: a row gets the mean p, or the prototype
 * of one of its nearest units, drawn by weight. Nothing is filled in outside the range of the prototypes.
 */
export function rowFiller({ codebook, metric, seen }: Pick<Som, 'codebook' | 'metric' | 'seen'>): FillRow {
  const { columns, data } = codebook
  const variance = metric === 'euclidean' && seen ? meanSquare(seen.distances) / columns : 0
  const drawnVariance = seen ? variance * growthOf(seen) : 0
  const [low, high] = rangesOf(codebook)
  const weights = new Float64Array(MOST_NEAREST)
  const centre = new Float64Array(columns)
  const from = new Float64Array(MOST_NEAREST * columns)
  const a = new Float64Array((MOST_NEAREST * (MOST_NEAREST + 1)) / 2)
  const most = new Float64Array(MOST_NEAREST)

  return (row, near, i, source) => {
    const count = unitWeights(near, i, MOST_NEAREST, weights)
    if (count === 0) return
    const unitAt = (j: number): number => near.unit[i * near.k + j] * columns
    if (variance === 0 && source) {
      const at = unitAt(drawn(weights, count, source))
      for (let f = 0; f < columns; f++) if (Number.isNaN(row[f])) row[f] = data[at + f]
      return
    }
    centre.fill(0)
    for (let j = 0; j < count; j++) {
      const at = unitAt(j)
      for (let f = 0; f < columns; f++) centre[f] += weights[j] * data[at + f]
    }
    const free = variance === 0 ? 0 : count
    for (let j = 0; j < free; j++) {
      const at = unitAt(j)
      const factor = Math.sqrt(weights[j])
      for (let f = 0; f < columns; f++) from[j * columns + f] = factor * (data[at + f] - centre[f])
    }
    solve(row, free, source)
    for (let f = 0; f < columns; f++) {
      if (!Number.isNaN(row[f])) continue
      let value = centre[f]
      for (let j = 0; j < free; j++) value += most[j] * from[j * columns + f]
      if (source) value += Math.sqrt(drawnVariance) * normal(source)
      row[f] = Math.max(low[f], Math.min(high[f], value))
    }
  }

  /** Writes a into `most`: (P Pᵀ + s²)⁻¹ P (x − p) over the present features, or a draw around it. */
  function solve(row: Float64Array, count: number, source: RandomSource | undefined): void {
    let to = 0
    for (let j = 0; j < count; j++) {
      for (let k = 0; k <= j; k++) {
        let sum = j === k ? variance : 0
        for (let f = 0; f < columns; f++)
          if (!Number.isNaN(row[f])) sum += from[j * columns + f] * from[k * columns + f]
        a[to++] = sum
      }
      most[j] = 0
      for (let f = 0; f < columns; f++)
        if (!Number.isNaN(row[f])) most[j] += from[j * columns + f] * (row[f] - centre[f])
    }
    // The variance on the diagonal is above 0.
    cholesky(a, count)
    eliminate(a, count, most, 0)
    // Between the two halves of the solution, added noise has the covariance s² (P Pᵀ + s²)⁻¹ after the second.
    if (source) for (let j = 0; j < count; j++) most[j] += Math.sqrt(drawnVariance) * normal(source)
    solveUpper(a, count, most, 0)
  }
}

function meanSquare(distances: Float32Array): number {
  return distances.reduce((sum, distance) => sum + distance * distance, 0) / Math.max(1, distances.length)
}

/**
 * How much larger the variance of new rows is than that of n training rows, which used u units: n / (n − u), and at
 * most 4, because smoothing leaves units less free than that. n is the total weight of the rows, but at least the
 * number of distances, of which a map keeps 10,001 at most.
 */
function growthOf({ hits, distances }: Seen): number {
  const rows = Math.max(
    1,
    distances.length,
    hits.reduce((sum, one) => sum + one, 0),
  )
  const used = hits.reduce((count, one) => count + (one > 0 ? 1 : 0), 0)
  return rows / Math.max(rows / MOST_GROWTH, rows - used)
}

const MOST_GROWTH = 4

/** The least and the greatest prototype value of each feature. */
function rangesOf({ rows, columns, data }: Som['codebook']): [Float32Array, Float32Array] {
  const [low, high] = [data.slice(0, columns), data.slice(0, columns)]
  for (let at = columns; at < rows * columns; at++) {
    const f = at % columns
    low[f] = Math.min(low[f], data[at])
    high[f] = Math.max(high[f], data[at])
  }
  return [low, high]
}

/** A place from 0 to `count` - 1, drawn by weights that add up to 1. */
function drawn(weights: Float64Array, count: number, source: RandomSource): number {
  let left = source()
  for (let j = 0; j < count - 1; j++) {
    left -= weights[j]
    if (left < 0) return j
  }
  return count - 1
}
