import type { Matrix } from '@som/core'
import { mostValue } from './bounds.ts'

/** Rows of numbers whose greatest one is within 2^±30 stay as they are. */
const USUAL = 2 ** 30

/** What the card must know about dense rows before it compares them. */
export interface ReadyRows {
  /** A power of two, by which rows and prototypes are multiplied, so that tiny and huge numbers stay within f32. */
  readonly scale: number
  /** 1 for a row that the card may compare: of values within range, exact at the scale, not all missing. */
  readonly fit: Uint8Array
  /** Whether a value is missing. */
  readonly holes: boolean
  /** Whether the card may add them up: no row is unfit for another reason than that it has no value. */
  readonly addable: boolean
}

export function readyRows({ rows, columns, data }: Matrix): ReadyRows {
  const scale = scaleOf(data)
  const most = mostValue(columns)
  const fit = new Uint8Array(rows)
  let [holes, addable] = [false, true]
  for (let i = 0; i < rows; i++) {
    const [start, end] = [i * columns, (i + 1) * columns]
    const missing = missingIn(data, start, end)
    const exact = areExact(data, start, end, scale, most)
    if (exact && missing < columns) fit[i] = 1
    if (missing > 0) holes = true
    if (!exact) addable = false
  }
  return { scale, fit, holes, addable }
}

/** Whether all prototypes are within range, and exact at the scale. */
export function isFit({ data, columns }: Matrix, scale: number): boolean {
  return missingIn(data, 0, data.length) === 0 && areExact(data, 0, data.length, scale, mostValue(columns))
}

/** Numbers times a power of two; the array itself for 1. */
export function scaledBy(data: Float32Array, scale: number): Float32Array {
  return scale === 1 ? data : data.map((value) => value * scale)
}

function missingIn(data: Float32Array, from: number, to: number): number {
  let missing = 0
  for (let i = from; i < to; i++) if (Number.isNaN(data[i])) missing++
  return missing
}

/** Of those that are not missing. */
function areExact(data: Float32Array, from: number, to: number, scale: number, most: number): boolean {
  for (let i = from; i < to; i++) {
    const value = data[i] * scale
    if (Math.abs(value) > most || (Math.fround(value) !== value && !Number.isNaN(value))) return false
  }
  return true
}

function scaleOf(data: Float32Array): number {
  let most = 0
  for (let i = 0; i < data.length; i++) {
    const size = Math.abs(data[i])
    if (size > most && size < Number.POSITIVE_INFINITY) most = size
  }
  if (most === 0 || (most >= 1 / USUAL && most <= USUAL)) return 1
  return 2 ** -Math.floor(Math.log2(most))
}
