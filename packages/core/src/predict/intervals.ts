import { smooth } from '../backend/js/smoothing.ts'
import { expNegative } from '../map/exponential.ts'
import { type Lattice, squaredLatticeDistance, unitCount } from '../map/lattice.ts'
import { type Near, unitWeights } from './blend.ts'
import type { NumberTarget } from './targets.ts'

/** The radius over which a unit's spread borrows residuals, in units, and how many rows of usual spread it adds. */
const [RADIUS, PRIOR_ROWS] = [1, 4]

/** The usual size of residuals around each unit, and what it is for a row whose own residual is left out. */
export interface Spreads {
  readonly spread: Float32Array
  /** The spread where the row of the residual at `place` is; blended from its nearest units as predictions are. */
  readonly without: (place: number, near: Near, i: number, nearest: number, weights: Float64Array) => number
}

/**
 * The usual size of residuals around each unit: the mean size of those borrowed over the lattice and of four rows with
 * the mean of all. A residual must not be in the spread that it is compared with, or it would look smaller than
 * those of new rows.
 */
export function spreadsOf(lattice: Lattice, unit: Int32Array, weight: Float64Array, residuals: Float64Array): Spreads {
  const units = unitCount(lattice)
  const sums = new Float64Array(units * 2)
  let [total, rows] = [0, 0]
  for (let i = 0; i < residuals.length; i++) {
    const size = weight[i] * Math.abs(residuals[i])
    sums[2 * unit[i]] += size
    sums[2 * unit[i] + 1] += weight[i]
    total += size
    rows += weight[i]
  }
  const borrowed = smooth(lattice, 'gaussian', RADIUS, sums, 2)
  const usual = Math.max(total / rows, LEAST)
  const at = (u: number, less: number, fewer: number): number =>
    (borrowed[2 * u] - less + PRIOR_ROWS * usual) / (borrowed[2 * u + 1] - fewer + PRIOR_ROWS)
  return {
    spread: Float32Array.from({ length: units }, (_, u) => at(u, 0, 0)),
    without(place, near, i, nearest, weights) {
      const count = unitWeights(near, i, nearest, weights)
      let sum = 0
      for (let j = 0; j < count; j++) {
        const u = near.unit[i * near.k + j]
        const d2 = squaredLatticeDistance(lattice, u, unit[place])
        const own = weight[place] * expNegative(-d2 / (2 * RADIUS * RADIUS))
        sum += weights[j] * at(u, own * Math.abs(residuals[place]), own)
      }
      return sum
    },
  }
}

/** Keeps the spread of a target that is predicted exactly above 0, in standard deviations. */
const LEAST = 1e-12

/** The largest coverage that this many rows of calibration can promise. */
export const mostCoverage = (rows: number): number => rows / (rows + 1)

/**
 * How many spreads an interval reaches to each side: the ⌈coverage · (n + 1)⌉-th least residual of n rows that were
 * held out (V. Vovk et al. 2005; R. F. Barber et al. 2021 for rows that are left out one at a time).
 */
export function reachOf({ residuals }: Pick<NumberTarget, 'residuals'>, coverage: number): number {
  const rank = Math.ceil(coverage * (residuals.length + 1) - ROUNDING)
  return residuals[Math.min(residuals.length, Math.max(1, rank)) - 1]
}

/** 0.9 · 10 is 9, although it is not in f64. */
const ROUNDING = 1e-9
