import { smooth } from '../backend/js/smoothing.ts'
import { type Lattice, unitCount } from '../map/lattice.ts'
import { type Near, unitWeights } from './blend.ts'
import type { NumberTarget } from './targets.ts'

/** The radius over which a unit's spread borrows residuals, in units, and how many rows of usual spread it adds. */
const [RADIUS, PRIOR_ROWS] = [1, 4]

/**
 * The usual size of residuals around each unit: the mean size of those borrowed over the lattice and of four rows with
 * the mean of all.
 */
export function spreadOf(
  lattice: Lattice,
  unit: Int32Array,
  weight: Float64Array,
  residuals: Float64Array,
): Float32Array {
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
  return Float32Array.from(
    { length: units },
    (_, u) => (borrowed[2 * u] + PRIOR_ROWS * usual) / (borrowed[2 * u + 1] + PRIOR_ROWS),
  )
}

/** Keeps the spread of a target that is predicted exactly above 0, in standard deviations. */
const LEAST = 1e-12

/** The spread where row `i` is: that of its nearest units, blended as predictions are. */
export function spreadAt(
  spread: ArrayLike<number>,
  near: Near,
  i: number,
  nearest: number,
  weights: Float64Array,
): number {
  const count = unitWeights(near, i, nearest, weights)
  if (count === 0) return Number.NaN
  let sum = 0
  for (let j = 0; j < count; j++) sum += weights[j] * spread[near.unit[i * near.k + j]]
  return sum
}

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
