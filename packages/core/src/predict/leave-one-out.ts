import { expNegative } from '../map/exponential.ts'
import type { Lattice } from '../map/lattice.ts'
import { squaredLatticeDistance } from '../map/lattice.ts'
import { type Near, unitWeights } from './blend.ts'
import { eliminate, solveUpper } from './cholesky.ts'
import type { Inputs } from './inputs.ts'
import { eachModel, type FitRows, type GlobalModel, ofConstant, type Products } from './local-models.ts'

/**
 * What models of all other rows say about each row: one array of places × outputs for each number of nearest units in
 * `nearest`.
 */
export type LeftOut = (radius: number, ridge: number, nearest: readonly number[]) => Float64Array[]

/**
 * Leaves each row at `places` out of the models that predict it, exactly and without fitting them again. The model of a
 * unit without row (a, t), which it has borrowed with weight ω, is by the formula of J. Sherman and W. J. Morrison
 * (1950), with S = M + D, s = S⁻¹ a and the leverage ℓ = ω a·s,
 *
 *     a·B₋ = (a·B + s·D (G₋ − G) − ℓ t) / (1 − ℓ),   G₋ − G = −A⁻¹a · w (t − a·G) / (1 − w a·A⁻¹a),
 *
 * because the model of all rows, G, with the matrix A, loses the row as well. Nearest units and the scale of features
 * stay those of all rows.
 */
export function leaveOneOut(
  fit: FitRows & { readonly lattice: Lattice; readonly near: Near },
  inputs: Inputs,
  global: GlobalModel,
  places: Uint32Array,
  mostNear: number,
  borrowedAt: (radius: number) => Products,
): LeftOut {
  const { lattice, near, rows, unit, weight, outputs } = fit
  const { width } = inputs
  const count = outputs.length / rows.length
  const row = new Float64Array(places.length * width)
  // How the model of all rows changes: the direction A⁻¹a and, per output, how far.
  const direction = new Float64Array(places.length * width)
  const far = new Float64Array(places.length * count)
  for (let p = 0; p < places.length; p++) {
    const own = row.subarray(p * width, (p + 1) * width)
    inputs.read(rows[places[p]], own)
    const toward = direction.subarray(p * width, (p + 1) * width)
    toward.set(own)
    eliminate(global.factor, width, toward, 0)
    solveUpper(global.factor, width, toward, 0)
    const w = weight[places[p]]
    const left = 1 - w * dot(own, toward)
    for (let t = 0; t < count; t++) {
      let said = 0
      for (let f = 0; f < width; f++) said += own[f] * global.model[f * count + t]
      far[p * count + t] = (w * (outputs[places[p] * count + t] - said)) / left
    }
  }
  const users = usersOf(lattice.rows * lattice.columns, near, rows, places, mostNear)
  const weights = new Float64Array(near.k)

  return (radius, ridge, nearest) => {
    const products = borrowedAt(radius)
    const said = new Float64Array(places.length * mostNear * count)
    const s = new Float64Array(width)
    eachModel(products, global.model, ridge, (u, factor, sides) => {
      for (let at = users.offsets[u]; at < users.offsets[u + 1]; at++) {
        const p = Math.floor(users.slots[at] / mostNear)
        const own = row.subarray(p * width, (p + 1) * width)
        s.set(own)
        eliminate(factor, width, s, 0)
        solveUpper(factor, width, s, 0)
        const d2 = squaredLatticeDistance(lattice, u, unit[places[p]])
        const leverage = weight[places[p]] * expNegative(-d2 / (2 * radius * radius)) * dot(own, s)
        let shift = ofConstant(ridge) * s[0] * direction[p * width]
        for (let f = 1; f < width; f++) shift += ridge * s[f] * direction[p * width + f]
        for (let t = 0; t < count; t++) {
          let y = -shift * far[p * count + t]
          for (let f = 0; f < width; f++) y += own[f] * sides[t * width + f]
          said[users.slots[at] * count + t] = (y - leverage * outputs[places[p] * count + t]) / (1 - leverage)
        }
      }
    })
    return nearest.map((most) => {
      const blended = new Float64Array(places.length * count)
      for (let p = 0; p < places.length; p++) {
        const found = unitWeights(near, rows[places[p]], most, weights)
        for (let j = 0; j < found; j++)
          for (let t = 0; t < count; t++) blended[p * count + t] += weights[j] * said[(p * mostNear + j) * count + t]
      }
      return blended
    })
  }
}

/**
 * For each unit, which rows have it among their nearest: slots are the place in `places` × `most` + the rank.
 */
function usersOf(
  units: number,
  { k, unit }: Near,
  rows: Uint32Array,
  places: Uint32Array,
  most: number,
): { readonly offsets: Uint32Array; readonly slots: Uint32Array } {
  const offsets = new Uint32Array(units + 1)
  const each = (add: (u: number, slot: number) => void): void => {
    for (let p = 0; p < places.length; p++)
      for (let j = 0; j < Math.min(most, k); j++) {
        const u = unit[rows[places[p]] * k + j]
        if (u >= 0) add(u, p * most + j)
      }
  }
  each((u) => offsets[u + 1]++)
  for (let u = 0; u < units; u++) offsets[u + 1] += offsets[u]
  const next = offsets.slice()
  const slots = new Uint32Array(offsets[units])
  each((u, slot) => {
    slots[next[u]++] = slot
  })
  return { offsets, slots }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let f = 0; f < a.length; f++) sum += a[f] * b[f]
  return sum
}
