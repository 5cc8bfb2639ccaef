import type { Matrix } from '@som/core'
import { mostValue } from './bounds.ts'

/** Rows of numbers whose greatest one is within 2^±30 stay as they are. */
const USUAL = 2 ** 30

/** What the card must know about dense rows before it compares them. */
export interface ReadyRows {
  /** A power of two, by which rows and prototypes are multiplied, so that tiny and huge numbers stay within f32. */
  readonly scale: number
  /** 1 for a row that the card may compare: complete, within range, and exact at the scale. */
  readonly fit: Uint8Array
  /** Whether the card may compare them all. */
  readonly whole: boolean
}

export function readyRows({ rows, columns, data }: Matrix): ReadyRows {
  const scale = scaleOf(data)
  const most = mostValue(columns)
  const fit = new Uint8Array(rows)
  for (let i = 0; i < rows; i++) fit[i] = areExact(data, i * columns, (i + 1) * columns, scale, most) ? 1 : 0
  return { scale, fit, whole: fit.every((each) => each === 1) }
}

/** Whether all prototypes are within range, and exact at the scale. */
export function isFit({ data, columns }: Matrix, scale: number): boolean {
  return areExact(data, 0, data.length, scale, mostValue(columns))
}

/** Numbers times a power of two; the array itself for 1. */
export function scaledBy(data: Float32Array, scale: number): Float32Array {
  return scale === 1 ? data : data.map((value) => value * scale)
}

/** False for NaN, too. */
function areExact(data: Float32Array, from: number, to: number, scale: number, most: number): boolean {
  for (let i = from; i < to; i++) {
    const value = data[i] * scale
    if (!(Math.abs(value) <= most) || Math.fround(value) !== value) return false
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
