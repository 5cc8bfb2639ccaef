import { expNegative, logarithm } from '../../../map/exponential.ts'
import { cholesky, eliminate } from '../../../predict/cholesky.ts'
import type { Matrix } from '../../../rows/matrix.ts'

/** Covariances of a mixture: `full` ones turn with their group, `diagonal` ones have the axes of the features. */
export type Covariances = 'full' | 'diagonal'

/** A mixture of Gaussians that was fitted. */
export interface Fitted {
  /** The most likely component of each point. */
  readonly groups: Uint32Array
  /** -2 log likelihood + parameters · log points: lower is better (G. Schwarz, The dimension of a model, 1978). */
  readonly bic: number
}

const [MOST_STEPS, LEAST_GAIN] = [100, 1e-3]
/** What is added to variances, of the mean variance of all points: so that no component shrinks to a point. */
const FLOOR = 1e-4

/**
 * A mixture of Gaussians by expectation and maximisation (A. Dempster, N. Laird, D. Rubin 1977), from groups to begin
 * with. Weights are scaled to one a point on average, so that rows that share a point do not count as more points.
 */
export function gaussianMixture(
  points: Matrix,
  given: Float64Array,
  start: Uint32Array,
  count: number,
  covariances: Covariances,
): Fitted {
  const { rows, columns } = points
  const scale = rows / given.reduce((sum, weight) => sum + weight, 0)
  const weights = given.map((weight) => weight * scale)
  const share = new Float64Array(rows * count)
  start.forEach((group, i) => {
    share[i * count + group] = 1
  })
  const floor = FLOOR * meanVariance(points, weights) || Number.MIN_VALUE
  let likelihood = Number.NEGATIVE_INFINITY
  for (let step = 0; step < MOST_STEPS; step++) {
    const parts = Array.from({ length: count }, (_, k) =>
      componentOf(points, weights, share, k, count, covariances, floor),
    )
    const next = expect(points, weights, parts, share)
    const isDone = next - likelihood < LEAST_GAIN * rows
    likelihood = next
    if (isDone) break
  }
  const own = columns + (covariances === 'full' ? (columns * (columns + 1)) / 2 : columns)
  const bic = -2 * likelihood + (count * (1 + own) - 1) * logarithm(rows)
  return { groups: likeliest(share, rows, count), bic }
}

interface Component {
  readonly mean: Float64Array
  /** The factor of the covariance, as `cholesky` leaves it. */
  readonly factor: Float64Array
  /** log share - half the logarithm of the covariance's determinant. */
  readonly level: number
}

function componentOf(
  { data, rows, columns }: Matrix,
  weights: Float64Array,
  share: Float64Array,
  k: number,
  count: number,
  covariances: Covariances,
  floor: number,
): Component {
  const mean = new Float64Array(columns)
  const factor = new Float64Array((columns * (columns + 1)) / 2)
  let mass = 0
  for (let i = 0; i < rows; i++) {
    const w = weights[i] * share[i * count + k]
    mass += w
    if (w > 0) for (let f = 0; f < columns; f++) mean[f] += w * data[i * columns + f]
  }
  if (mass > 0) for (let f = 0; f < columns; f++) mean[f] /= mass
  const away = new Float64Array(columns)
  for (let i = 0; i < rows; i++) {
    const w = weights[i] * share[i * count + k]
    if (!(w > 0)) continue
    for (let f = 0; f < columns; f++) away[f] = data[i * columns + f] - mean[f]
    for (let f = 0; f < columns; f++) {
      const wf = w * away[f]
      const row = (f * (f + 1)) / 2
      if (covariances === 'diagonal') factor[row + f] += wf * away[f]
      else for (let g = 0; g <= f; g++) factor[row + g] += wf * away[g]
    }
  }
  for (let at = 0; at < factor.length; at++) factor[at] = mass > 0 ? factor[at] / mass : 0
  for (let f = 0; f < columns; f++) factor[(f * (f + 3)) / 2] += floor
  // The floor is far above what rounding takes away.
  if (!cholesky(factor, columns)) throw new Error('a covariance is not positive definite')
  let level = mass > 0 ? natural(mass / rows) : Number.NEGATIVE_INFINITY
  for (let f = 0; f < columns; f++) level -= natural(factor[(f * (f + 3)) / 2])
  // A component without weight is never likely.
  return { mean, factor, level }
}

/** The natural logarithm of a number above 0, with the same bits in every engine. */
const natural = (x: number): number => (x >= 1 ? logarithm(x) : -logarithm(1 / x))

/** Writes the share of each component in each point; gives the log likelihood. */
function expect(
  { data, rows, columns }: Matrix,
  weights: Float64Array,
  parts: readonly Component[],
  share: Float64Array,
): number {
  const constant = (columns * LOG_2_PI) / 2
  const logs = new Float64Array(parts.length)
  const scratch = new Float64Array(columns)
  let likelihood = 0
  for (let i = 0; i < rows; i++) {
    let most = Number.NEGATIVE_INFINITY
    parts.forEach(({ mean, factor, level }, k) => {
      for (let f = 0; f < columns; f++) scratch[f] = data[i * columns + f] - mean[f]
      eliminate(factor, columns, scratch, 0)
      let squared = 0
      for (let f = 0; f < columns; f++) squared += scratch[f] * scratch[f]
      logs[k] = level - squared / 2
      most = Math.max(most, logs[k])
    })
    let sum = 0
    logs.forEach((log, k) => {
      const x = log === Number.NEGATIVE_INFINITY ? 0 : expNegative(log - most)
      share[i * parts.length + k] = x
      sum += x
    })
    for (let k = 0; k < parts.length; k++) share[i * parts.length + k] /= sum
    likelihood += weights[i] * (most + logarithm(sum) - constant)
  }
  return likelihood
}

const LOG_2_PI = 1.8378770664093453

function likeliest(share: Float64Array, rows: number, count: number): Uint32Array {
  return Uint32Array.from({ length: rows }, (_, i) => {
    let best = 0
    for (let k = 1; k < count; k++) if (share[i * count + k] > share[i * count + best]) best = k
    return best
  })
}

function meanVariance({ data, rows, columns }: Matrix, weights: Float64Array): number {
  let all = 0
  for (let f = 0; f < columns; f++) {
    let [sum, squares, total] = [0, 0, 0]
    for (let i = 0; i < rows; i++) {
      const x = data[i * columns + f]
      sum += weights[i] * x
      total += weights[i]
    }
    for (let i = 0; i < rows; i++) squares += weights[i] * (data[i * columns + f] - sum / total) ** 2
    all += squares / total
  }
  return all / columns
}
