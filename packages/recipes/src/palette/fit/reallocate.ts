import { type Matches, type Matrix, matrix, rowOf } from '@som/core'
import type { WeightedPoints } from './weighted-points.ts'

/** At most this share of the units moves at a time, so that moves do not interfere. */
const MOST_MOVED = 0.25
/**
 * Splitting a cluster in two removes about this share of its squared error: slightly less than the 1 - 2^(-2/3) of a
 * round one in three dimensions.
 */
const GAIN = 0.3
/**
 * Distance of the two halves of a split cluster from its centre, in standard deviations: 0.8 for a normal one, less for
 * a flat one.
 */
const HALF = 0.7

/**
 * Moves units from where they are hardly needed to where the squared error is largest, which k-means alone never does:
 * the units that are cheapest to remove are removed, and the unit with the largest error becomes two, side by side, so
 * that the row keeps its order. B. Fritzke, The LBG-U method for vector quantization, 1997.
 */
export function reallocate(codebook: Matrix, samples: WeightedPoints, matches: Matches): Matrix {
  const units = codebook.rows
  const { cost, error, spread } = unitSums(codebook, samples, matches)
  const unitsBy = (key: Float64Array, sign: number): number[] =>
    Array.from(key.keys()).sort((a, b) => sign * (key[a] - key[b]) || a - b)
  const cheapest = unitsBy(cost, 1)
  const worst = unitsBy(error, -1)
  const gone = new Set<number>()
  const cut = new Set<number>()
  for (let i = 0; i < units * MOST_MOVED; i++) {
    const [from, to] = [cheapest[i], worst[i]]
    if (!(cost[from] < GAIN * error[to]) || gone.has(to) || cut.has(from) || from === to) break
    gone.add(from)
    cut.add(to)
  }
  const rows = Array.from({ length: units }, (_, unit) => unit)
    .filter((unit) => !gone.has(unit))
    .flatMap((unit) => (cut.has(unit) ? halves(rowOf(codebook, unit), rowOf(spread, unit)) : [rowOf(codebook, unit)]))
  const moved = matrix(units, codebook.columns)
  rows.forEach((row, unit) => void moved.data.set(row, unit * codebook.columns))
  return moved
}

interface UnitSums {
  /** The increase in squared error without the unit: its samples go to their second-nearest unit. */
  readonly cost: Float64Array
  readonly error: Float64Array
  /** Standard deviation of the unit's samples, per feature. */
  readonly spread: Matrix
}

function unitSums(codebook: Matrix, { points, weights }: WeightedPoints, matches: Matches): UnitSums {
  const { rows: units, columns, data } = codebook
  const cost = new Float64Array(units)
  const error = new Float64Array(units)
  const weight = new Float64Array(units)
  const squares = new Float64Array(units * columns)
  for (let i = 0; i < points.rows; i++) {
    const unit = matches.unit[i]
    const squared = matches.distance[i] ** 2
    weight[unit] += weights[i]
    error[unit] += weights[i] * squared
    cost[unit] += weights[i] * (matches.secondDistance[i] ** 2 - squared)
    for (let f = 0; f < columns; f++) {
      squares[unit * columns + f] += weights[i] * (points.data[i * columns + f] - data[unit * columns + f]) ** 2
    }
  }
  const spread = Float32Array.from(squares, (sum, i) => Math.sqrt(sum / Math.max(weight[Math.floor(i / columns)], 1)))
  return { cost, error, spread: matrix(units, columns, spread) }
}

/** The centres of the two halves of a cluster, split along its widest feature. */
function halves(middle: Float32Array, spread: Float32Array): [Float32Array, Float32Array] {
  const widest = spread.indexOf(spread.reduce((most, s) => Math.max(most, s)))
  const at = (sign: number): Float32Array => middle.map((x, f) => (f === widest ? x + sign * HALF * spread[widest] : x))
  return [at(-1), at(1)]
}
