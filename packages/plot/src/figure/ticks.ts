import { scaleLinear, scaleLog } from 'd3-scale'
import { textWidth } from './text-width.ts'

/** px of the numbers at ticks. */
export const TICK_SIZE = 11

/** A value and how it is written. */
export interface Tick {
  readonly value: number
  readonly text: string
}

/**
 * Round values from `least` to `greatest`, as many as can be read side by side on `width` px; `whole` ones where the
 * values are counts.
 */
export function ticksOf(least: number, greatest: number, width: number, whole = false): Tick[] {
  if (Number.isNaN(least)) return []
  if (!(least < greatest)) return [written(least)]
  return fitting(width, (count) => roundTicks(least, greatest, count, whole)) ?? [least, greatest].map(written)
}

/** Round values from `least`, which is above 0, to `greatest`, as ones that grow by factors have them. */
export function logTicksOf(least: number, greatest: number, width: number): Tick[] {
  if (!(least < greatest)) return ticksOf(least, greatest, width)
  const scale = scaleLog([least, greatest], [0, 1])
  const ticks = (count: number): Tick[] => {
    // d3 rounds powers of ten, so one may be past the end.
    const found = scale.ticks(count).filter((value) => value >= least && value <= greatest)
    // Two and five between powers of ten, where those alone are few.
    const steps = found.filter((value) => /^[125]/.test(value.toExponential()))
    return (steps.length > count ? steps.filter((value) => /^1e/.test(value.toExponential())) : steps).map(written)
  }
  return fitting(width, ticks) ?? [least, greatest].map(written)
}

/** The most ticks of 6 to 2 that have room. */
function fitting(width: number, ticksFor: (count: number) => Tick[]): Tick[] | null {
  for (let count = 6; count >= 2; count--) {
    const ticks = ticksFor(count)
    const room = ticks.reduce((sum, { text }) => sum + textWidth(text, TICK_SIZE) + 14, 0)
    if (ticks.length >= 2 && room <= width) return ticks
  }
  return null
}

function roundTicks(least: number, greatest: number, count: number, whole: boolean): Tick[] {
  // Beyond these the steps between ticks are not available in f64, and the ends must do.
  if (!Number.isFinite(greatest - least) || greatest - least < 1e-290) return []
  if (greatest - least < 1e-12 * Math.max(Math.abs(least), Math.abs(greatest))) return []
  const scale = scaleLinear([least, greatest], [0, 1])
  const values = scale.ticks(whole ? Math.max(1, Math.min(count, Math.floor(greatest - least))) : count)
  if (whole) return values.filter(Number.isInteger).map(written)
  const largest = Math.max(Math.abs(least), Math.abs(greatest))
  const format = scale.tickFormat(count, largest >= 1e6 || largest < 1e-3 ? 'e' : undefined)
  return values.map((value) => ({ value, text: format(value).replace('e+0', '').replace('e+', 'e') }))
}

const written = (value: number): Tick => ({ value, text: plainNumber(value) })

/** A number in at most 4 digits; a whole one below a million in all of its own. */
export function plainNumber(value: number): string {
  const size = Math.abs(value)
  if (Number.isInteger(value) && size < 1e6) return minus(String(value))
  const text =
    size !== 0 && (size >= 1e6 || size < 1e-3) ? value.toExponential(2) : String(Number(value.toPrecision(4)))
  return minus(text).replace('e+', 'e')
}

/** With the sign of mathematics in place of the hyphen. */
function minus(text: string): string {
  return text.replace(/^-/, '\u2212')
}
