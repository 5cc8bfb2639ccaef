import type { Metric } from '../../map/distance.ts'
import type { Matrix } from '../../rows/matrix.ts'
import { denseSearch, type Nearest } from './dense-search.ts'

const { fround } = Math

/**
 * Stores the best-matching unit of an online step in `unit`; returns the distance. `x` has the sample's values of the
 * features in `present`.
 */
export interface Searcher {
  (sample: Float32Array, x: Float32Array, present: Uint32Array, count: number): number
  unit: number
}

/** The plain search over every unit: with f32 sums, or f64 for cosine and a user's own metric. */
export function searcher(metric: Metric, codebook: Matrix): Searcher {
  if (metric === 'euclidean') return euclideanSearcher(codebook)
  if (metric === 'manhattan') return singleSearcher(codebook, (sum, gap) => fround(sum + Math.abs(gap)))
  if (metric === 'chebyshev') return singleSearcher(codebook, (sum, gap) => Math.max(sum, Math.abs(gap)))
  const search = denseSearch(metric, codebook)
  const nearest: Nearest = { unit: -1, score: 0, secondUnit: -1, secondScore: 0 }
  const find: Searcher = Object.assign(
    (sample: Float32Array): number => {
      search(sample, -1, false, nearest)
      find.unit = nearest.unit
      return nearest.score
    },
    { unit: -1 },
  )
  return find
}

/**
 * The f32 sum of the definition rounds after every operation, which costs more than the operation. So sums are computed
 * in f64, and only a unit whose f64 sum is within rounding of the best is summed again as defined. The answer is the
 * same.
 */
function euclideanSearcher({ rows: units, columns: features, data }: Matrix): Searcher {
  const { slack, underflow } = roundingOf(features)
  const find: Searcher = Object.assign(
    (_: Float32Array, x: Float32Array, present: Uint32Array, count: number): number => {
      const complete = count === features
      let best = Number.POSITIVE_INFINITY
      let limit = Number.POSITIVE_INFINITY
      let unit = 0
      for (let k = 0, at = 0; k < units; k++, at += features) {
        const near = complete ? squares(x, data, at, features) : squaresOf(x, data, at, present, count)
        if (near > limit) continue
        const sum = definedSquares(x, data, at, present, count)
        if (sum < best) {
          best = sum
          limit = best * slack + underflow
          unit = k
        }
      }
      find.unit = unit
      return Math.sqrt(best)
    },
    { unit: -1 },
  )
  return find
}

/**
 * An f32 sum of n rounded squares is within (n + 2)·2⁻²⁴ of the exact one, relatively, and within n·2⁻¹⁴⁹ if squares
 * underflow.
 */
function roundingOf(features: number): { slack: number; underflow: number } {
  return { slack: 1 + (features + 4) * 2 ** -23, underflow: features * 2 ** -147 }
}

function squares(x: Float32Array, data: Float32Array, at: number, features: number): number {
  let sum = 0
  let f = 0
  for (const unrolled = features - (features % 4); f < unrolled; f += 4) {
    const a = x[f] - data[at + f]
    const b = x[f + 1] - data[at + f + 1]
    const c = x[f + 2] - data[at + f + 2]
    const d = x[f + 3] - data[at + f + 3]
    sum += a * a + b * b + (c * c + d * d)
  }
  for (; f < features; f++) {
    const gap = x[f] - data[at + f]
    sum += gap * gap
  }
  return sum
}

function squaresOf(x: Float32Array, data: Float32Array, at: number, present: Uint32Array, count: number): number {
  let sum = 0
  for (let f = 0; f < count; f++) {
    const gap = x[f] - data[at + present[f]]
    sum += gap * gap
  }
  return sum
}

function definedSquares(x: Float32Array, data: Float32Array, at: number, present: Uint32Array, count: number): number {
  let sum = fround(0)
  for (let f = 0; f < count; f++) {
    const gap = fround(x[f] - data[at + present[f]])
    sum = fround(sum + fround(gap * gap))
  }
  return sum
}

function singleSearcher(
  { rows: units, columns: features, data }: Matrix,
  add: (sum: number, gap: number) => number,
): Searcher {
  const find: Searcher = Object.assign(
    (_: Float32Array, x: Float32Array, present: Uint32Array, count: number): number => {
      let best = Number.POSITIVE_INFINITY
      let unit = 0
      for (let k = 0, at = 0; k < units; k++, at += features) {
        let sum = fround(0)
        for (let f = 0; f < count; f++) sum = add(sum, fround(x[f] - data[at + present[f]]))
        if (sum < best) {
          best = sum
          unit = k
        }
      }
      find.unit = unit
      return best
    },
    { unit: -1 },
  )
  return find
}
