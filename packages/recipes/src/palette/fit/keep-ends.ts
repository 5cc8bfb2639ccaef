import { type Matches, type Matrix, rowOf } from '@som/core'
import { colourAt, isClear, isOpaque, type PackedColour } from '../colour/packed-colour.ts'
import type { WeightedPoints } from './weighted-points.ts'

/** Half a step of alpha, in the points' scale of alpha / 2. */
const HALF_STEP = 0.25 / 255

/**
 * The colours of the units, such that clear pixels can stay clear and opaque pixels can stay opaque: a unit is exactly
 * clear or exactly opaque if most of its pixels are, and there is at least one unit of each kind that the image has. A
 * palette of one colour takes the kind with more pixels. `codebook` and `samples` have four numbers per point:
 * `pointsOf` of colours that are not all opaque.
 */
export function keepEnds(
  codebook: Matrix,
  samples: WeightedPoints,
  { unit }: Pick<Matches, 'unit'>,
  colours: Uint32Array,
): Uint32Array {
  const units = codebook.rows
  const clear = new Float64Array(units)
  const opaque = new Float64Array(units)
  const weight = new Float64Array(units)
  const sums = new Float64Array(3 * units)
  unit.forEach((u, i) => {
    const point = rowOf(samples.points, i)
    const w = samples.weights[i]
    weight[u] += w
    if (point[3] < HALF_STEP) clear[u] += w
    if (point[3] <= 0.5 - HALF_STEP) return
    opaque[u] += w
    for (let f = 0; f < 3; f++) sums[3 * u + f] += w * point[f]
  })
  const order = Array.from({ length: units }, (_, u) => u)
  const isAtEnd = (ends: Float64Array, u: number): boolean => ends[u] > weight[u] / 2
  const clears = new Set(order.filter((u) => isAtEnd(clear, u)))
  const opaques = new Set(order.filter((u) => isAtEnd(opaque, u)))
  const alphaOf = (u: number): number => rowOf(codebook, u)[3]
  const most = (ends: Float64Array, sign: number, taken: Set<number>): number =>
    order
      .filter((u) => !taken.has(u) || taken.size > 1)
      .reduce<number>((best, u) => {
        if (best < 0) return u
        return ends[u] > ends[best] || (ends[u] === ends[best] && sign * alphaOf(u) > sign * alphaOf(best)) ? u : best
      }, -1)
  if (opaques.size === 0 && colours.some(isOpaque)) move(most(opaque, 1, clears), opaques, clears)
  if (clears.size === 0 && colours.some(isClear)) move(most(clear, -1, opaques), clears, opaques)
  return Uint32Array.from(order, (u): PackedColour => {
    if (clears.has(u)) return 0
    if (!opaques.has(u)) return colourAt(rowOf(codebook, u))
    const middle = rowOf(codebook, u).slice()
    if (opaque[u] > 0) for (let f = 0; f < 3; f++) middle[f] = sums[3 * u + f] / opaque[u]
    else for (let f = 0; f < 3; f++) middle[f] *= alphaOf(u) > HALF_STEP ? 0.5 / alphaOf(u) : 1
    middle[3] = 0.5
    return colourAt(middle)
  })
}

function move(unit: number, to: Set<number>, from: Set<number>): void {
  if (unit < 0) return
  from.delete(unit)
  to.add(unit)
}
