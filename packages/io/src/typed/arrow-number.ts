import type { DataType } from 'apache-arrow'
import type { Arrow } from './arrow-library.ts'

/** Cells of types whose values JavaScript has no numbers for: decimals as they are, durations in seconds. */
export function arrowNumber(DataType: Arrow['DataType'], type: DataType): ((cell: unknown) => number) | undefined {
  if (DataType.isDecimal(type)) return (cell) => decimalOf(cell, type.scale)
  if (!DataType.isDuration(type)) return undefined
  const ticks = TICKS[type.unit]
  return (cell) => Number(cell) / ticks
}

/** Ticks of a second by Arrow's units of time: seconds, milliseconds, microseconds, nanoseconds. */
const TICKS = [1, 1e3, 1e6, 1e9]

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
