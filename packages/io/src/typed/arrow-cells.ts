import type { DataType } from 'apache-arrow'
import type { Arrow } from './arrow-library.ts'

/**
 * What the cells of an Arrow column are. A `time` is its seconds since the start of 1970, a `clock` time those since
 * midnight.
 */
export interface ArrowCells {
  readonly kind: 'number' | 'whole' | 'boolean' | 'time' | 'clock' | 'text'
  /** A cell that is there, as the library gives it, as a value of the kind. */
  read(cell: unknown): number | bigint | boolean | string
}

/**
 * How the cells of an Arrow type are read; null of one that is neither number, time nor text. Dictionaries are read as
 * their values.
 */
export function arrowCells(Type: Arrow['DataType'], type: DataType): ArrowCells | null {
  if (Type.isDictionary(type)) return arrowCells(Type, type.dictionary)
  if (Type.isInt(type)) return { kind: 'whole', read: (cell) => (typeof cell === 'bigint' ? cell : Number(cell)) }
  if (Type.isFloat(type)) return { kind: 'number', read: Number }
  if (Type.isDecimal(type)) return { kind: 'number', read: (cell) => decimalOf(cell, type.scale) }
  if (Type.isDuration(type)) return { kind: 'number', read: (cell) => Number(cell) / TICKS[type.unit] }
  if (Type.isBool(type)) return { kind: 'boolean', read: Boolean }
  if (Type.isDate(type) || Type.isTimestamp(type)) return { kind: 'time', read: (cell) => Number(cell) / 1000 }
  if (Type.isTime(type)) return { kind: 'clock', read: (cell) => Number(cell) / TICKS[type.unit] }
  const isText = Type.isUtf8(type) || Type.isLargeUtf8(type) || Type.isNull(type)
  return isText ? { kind: 'text', read: String } : null
}

/** Ticks of a second by Arrow's units of time: seconds, milliseconds, microseconds, nanoseconds. */
export const TICKS: readonly number[] = [1, 1e3, 1e6, 1e9]

/** Four or eight words of 32 bits, the lowest first, of a whole number in two's complement, as a decimal. */
function decimalOf(cell: unknown, scale: number): number {
  if (!(cell instanceof Uint32Array)) return Number.NaN
  const whole = BigInt.asIntN(
    32 * cell.length,
    cell.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n),
  )
  const digits = (whole < 0n ? -whole : whole).toString().padStart(scale + 1, '0')
  // By way of text, so that it is the number nearest to the decimal.
  const text = `${digits.slice(0, digits.length - scale)}.${digits.slice(digits.length - scale)}`
  return (whole < 0n ? -1 : 1) * Number(text)
}
