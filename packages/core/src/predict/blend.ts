import { expNegative } from '../map/exponential.ts'
import type { Inputs } from './inputs.ts'

/** The nearest units of rows, nearest first: rows × k. */
export interface Near {
  readonly k: number
  readonly unit: Int32Array
  readonly distance: Float32Array
}

/**
 * How much each of the first `nearest` units of row `i` counts, written into `into`: exp(−(d² − d²₁) / (mean d² −
 * d²₁)), divided by their sum. Gives how many there are: fewer on a small map.
 */
export function unitWeights({ k, unit, distance }: Near, i: number, nearest: number, into: Float64Array): number {
  const at = i * k
  let count = 0
  let mean = 0
  while (count < nearest && count < k && unit[at + count] >= 0) {
    mean += distance[at + count] * distance[at + count]
    count++
  }
  const least = distance[at] * distance[at]
  const scale = mean / count - least
  let total = 0
  for (let j = 0; j < count; j++) {
    const beyond = distance[at + j] * distance[at + j] - least
    into[j] = scale > 0 ? expNegative(-beyond / scale) : 1
    total += into[j]
  }
  for (let j = 0; j < count; j++) into[j] /= total
  return count
}

/** The models of all units: units × inputs × outputs. */
export interface Models {
  readonly outputs: number
  readonly coefficients: Float64Array | Float32Array
}

/** Gives the outputs of row `i`: those of its nearest units' models, blended. */
export type Blender = (i: number, into: Float64Array) => void

/** Blends the models of the `nearest` units of each row. Rows without a unit get NaN. */
export function blender({ outputs, coefficients }: Models, inputs: Inputs, near: Near, nearest: number): Blender {
  const { width } = inputs
  const row = new Float64Array(width)
  const weights = new Float64Array(near.k)
  return (i, into) => {
    const count = unitWeights(near, i, nearest, weights)
    into.fill(count === 0 ? Number.NaN : 0)
    if (count === 0) return
    inputs.read(i, row)
    for (let j = 0; j < count; j++) {
      let at = near.unit[i * near.k + j] * width * outputs
      for (let f = 0; f < width; f++) {
        const factor = weights[j] * row[f]
        for (let t = 0; t < outputs; t++) into[t] += factor * coefficients[at++]
      }
    }
  }
}
