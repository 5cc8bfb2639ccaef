import { expNegative, logarithm } from '../map/exponential.ts'

/** Temperatures tried for probabilities, from 1/64 to 2. */
const TEMPERATURES: readonly number[] = Array.from({ length: 29 }, (_, i) => 2 ** (i / 4 - 6))

/** A row per class: 1 in the place of the row's class, 0 elsewhere. */
export function classOutputs(places: ArrayLike<number>, classes: number): Float64Array {
  const outputs = new Float64Array(places.length * classes)
  for (let i = 0; i < places.length; i++) outputs[i * classes + places[i]] = 1
  return outputs
}

/** The place of the greatest of the numbers from `at` on; the first of equals. */
export function greatest(numbers: Float64Array, at: number, count: number): number {
  let best = 0
  for (let c = 1; c < count; c++) if (numbers[at + c] > numbers[at + best]) best = c
  return best
}

/**
 * Turns the outputs of a row into probabilities, in place: exp(output / temperature) over their sum, and then as if one
 * more row of each class had been seen beside `rows`, so that no class is impossible.
 */
export function toProbabilities(
  outputs: Float64Array,
  at: number,
  classes: number,
  temperature: number,
  rows: number,
): void {
  const most = outputs[at + greatest(outputs, at, classes)]
  let sum = 0
  for (let c = 0; c < classes; c++) {
    const value = expNegative((outputs[at + c] - most) / temperature)
    outputs[at + c] = value
    sum += value
  }
  for (let c = 0; c < classes; c++) outputs[at + c] = ((rows * outputs[at + c]) / sum + 1) / (rows + classes)
}

/** The weighted share of rows whose greatest output is that of their class. */
export function accuracyOf(outputs: Float64Array, places: Int32Array, weights: Float64Array, classes: number): number {
  let [right, total] = [0, 0]
  for (let i = 0; i < places.length; i++) {
    total += weights[i]
    if (greatest(outputs, i * classes, classes) === places[i]) right += weights[i]
  }
  return right / total
}

/** Mean squared distance of probabilities from the truth (G. W. Brier, 1950), 0 to 2. */
export function brierOf(outputs: Float64Array, places: Int32Array, weights: Float64Array, classes: number): number {
  let [sum, total] = [0, 0]
  for (let i = 0; i < places.length; i++) {
    let squares = 0
    for (let c = 0; c < classes; c++) {
      const off = outputs[i * classes + c] - (c === places[i] ? 1 : 0)
      squares += off * off
    }
    sum += weights[i] * squares
    total += weights[i]
  }
  return sum / total
}

/** The temperature by which the true classes of held-out rows are most probable. */
export function temperatureOf(
  outputs: Float64Array,
  places: Int32Array,
  weights: Float64Array,
  classes: number,
): number {
  let [best, least] = [1, Number.POSITIVE_INFINITY]
  const row = new Float64Array(classes)
  for (const temperature of TEMPERATURES) {
    let loss = 0
    for (let i = 0; i < places.length; i++) {
      row.set(outputs.subarray(i * classes, (i + 1) * classes))
      toProbabilities(row, 0, classes, temperature, places.length)
      loss += weights[i] * logarithm(1 / row[places[i]])
    }
    if (loss < least) [best, least] = [temperature, loss]
  }
  return best
}
