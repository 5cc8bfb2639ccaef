import type { DataType } from 'apache-arrow'
import type { Arrow } from './arrow-library.ts'

/** Cells of types that JavaScript numbers cannot hold directly: decimals by value, durations in seconds. */
export function arrowNumber(DataType: Arrow['DataType'], type: DataType): ((cell: unknown) => number) | undefined {
  if (DataType.isDecimal(type)) return (cell) => decimalOf(cell, type.scale)
  if (!DataType.isDuration(type)) return undefined
  const ticks = TICKS[type.unit]
  return (cell) => Number(cell) / ticks
}

/** Ticks per second, by Arrow's time units: seconds, milliseconds, microseconds, nanoseconds. */
const TICKS = [1, 1e3, 1e6, 1e9]

/** A two's complement integer of four or eight 32-bit words, lowest first, as a decimal. */
function decimalOf(cell: unknown, scale: number): number {
  if (!(cell instanceof Uint32Array)) return Number.NaN
  const whole = BigInt.asIntN(
    32 * cell.length,
    cell.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n),
  )
  const digits = (whole < 0n ? -whole : whole).toString().padStart(scale + 1, '0')
  // Through text, so that the result is the number nearest to the decimal.
  const text = `${digits.slice(0, digits.length - scale)}.${digits.slice(digits.length - scale)}`
  return (whole < 0n ? -1 : 1) * Number(text)
}
