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
  readonly coefficients: Float32Array
}

/** Writes the outputs of the row at `row` from place `at` on; its nearest units are those at `i` in `near`. */
export type Blender = (near: Near, i: number, row: number, into: Float64Array, at: number) => void

/** Blends the models of the `nearest` units of each row. Rows without a unit get NaN. */
export function blender({ outputs, coefficients }: Models, inputs: Inputs, nearest: number): Blender {
  const { width } = inputs
  const row = new Float64Array(width)
  const weights = new Float64Array(nearest)
  const ofUnit = new Float64Array(outputs)
  return (near, i, at, into, to) => {
    const count = unitWeights(near, i, nearest, weights)
    into.fill(count > 0 ? 0 : Number.NaN, to, to + outputs)
    if (count === 0) return
    inputs.read(at, row)
    for (let j = 0; j < count; j++) {
      apply(coefficients, near.unit[i * near.k + j] * width * outputs, row, ofUnit)
      for (let t = 0; t < outputs; t++) into[to + t] += weights[j] * ofUnit[t]
    }
  }
}

/** The product of a row with the model of one output at `at`. Four sums at once: one sum waits for each addition. */
export function product(coefficients: Float32Array, at: number, row: Float64Array): number {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let f = 0
  for (; f + 3 < row.length; f += 4) {
    a += row[f] * coefficients[at + f]
    b += row[f + 1] * coefficients[at + f + 1]
    c += row[f + 2] * coefficients[at + f + 2]
    d += row[f + 3] * coefficients[at + f + 3]
  }
  for (; f < row.length; f++) a += row[f] * coefficients[at + f]
  return a + b + (c + d)
}

/** The product of a row with the model of several outputs at `at`. */
function apply(coefficients: Float32Array, at: number, row: Float64Array, into: Float64Array): void {
  const { length: outputs } = into
  into.fill(0)
  let from = at
  for (let f = 0; f < row.length; f++) {
    const x = row[f]
    // What is missing or was never there says nothing.
    if (x === 0) from += outputs
    else for (let t = 0; t < outputs; t++) into[t] += x * coefficients[from++]
  }
}
