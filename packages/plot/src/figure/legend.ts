import { scaleLinear } from 'd3-scale'
import type { ColourScale } from './colour.ts'
import { type Figure, px, textAt } from './svg.ts'
import { textWidth, wrapText } from './text-width.ts'

const BAR = { most: 440, height: 10 }
const TICK_SIZE = 11
const CAPTION_SIZE = 12

/** A bar of the scale's colours with its values beneath, and a caption that says what they are and in what units. */
export function colourBar(scale: ColourScale, caption: string, width: number): Figure {
  const barWidth = Math.min(BAR.most, width)
  const left = (width - barWidth) / 2
  const { palette } = scale
  const slices = palette.map((colour, i) => {
    const from = Math.round((i * barWidth) / palette.length)
    const to = Math.round(((i + 1) * barWidth) / palette.length)
    return to > from
      ? `<path fill="${colour}" d="M${px(left + from)} 0h${px(to - from)}v${BAR.height}H${px(left + from)}z"/>\n`
      : ''
  })
  const at = (value: number): number => left + barWidth * shareOf(scale, value)
  let taken = Number.NEGATIVE_INFINITY
  const ticks = ticksOf(scale.least, scale.greatest, barWidth).map(({ value, text }) => {
    const x = at(value)
    const half = textWidth(text, TICK_SIZE) / 2
    const inside = Math.min(Math.max(x, half), width - half)
    // A number moved in from the edge may meet the next one.
    if (inside - half < taken + 4) return ''
    taken = inside + half
    return `<path stroke="#222" d="M${px(x)} ${BAR.height}v4"/>\n${textAt(inside, BAR.height + 15, text, { size: TICK_SIZE, anchor: 'middle' })}`
  })
  const lines = captionLines(caption, width, BAR.height + 32)
  const body = `<g shape-rendering="crispEdges">\n${slices.join('')}</g>\n${ticks.join('')}${lines.body}`
  return { width, height: BAR.height + 18 + lines.height, body }
}

/** Lines of a caption, the first with its baseline at y. */
export function captionLines(caption: string, width: number, y: number): Figure {
  const lines = wrapText(caption, width, CAPTION_SIZE)
  const body = lines.map((line, i) => textAt(width / 2, y + 15 * i, line, { size: CAPTION_SIZE, anchor: 'middle' }))
  return { width, height: lines.length * 15 + 3, body: body.join('') }
}

/** A value and how it is written. */
export interface Tick {
  readonly value: number
  readonly text: string
}

/** Round values from `least` to `greatest`, as many as can be read side by side on `width` px. */
export function ticksOf(least: number, greatest: number, width: number): Tick[] {
  if (Number.isNaN(least)) return []
  if (!(least < greatest)) return [{ value: least, text: plainNumber(least) }]
  for (let count = 6; count >= 2; count--) {
    const ticks = roundTicks(least, greatest, count)
    const room = ticks.reduce((sum, { text }) => sum + textWidth(text, TICK_SIZE) + 14, 0)
    if (ticks.length >= 2 && room <= width) return ticks
  }
  return [least, greatest].map((value) => ({ value, text: plainNumber(value) }))
}

function roundTicks(least: number, greatest: number, count: number): Tick[] {
  // Beyond these the steps between ticks are not to be had in f64, and the ends must do.
  if (!Number.isFinite(greatest - least) || greatest - least < 1e-290) return []
  if (greatest - least < 1e-12 * Math.max(Math.abs(least), Math.abs(greatest))) return []
  const scale = scaleLinear([least, greatest], [0, 1])
  const values = scale.ticks(count)
  const largest = Math.max(Math.abs(least), Math.abs(greatest))
  const format = scale.tickFormat(count, largest >= 1e6 || largest < 1e-3 ? 'e' : undefined)
  return values.map((value) => ({ value, text: format(value).replace('e+0', '').replace('e+', 'e') }))
}

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

function shareOf(scale: ColourScale, value: number): number {
  const half = scale.greatest / 2 - scale.least / 2
  return half > 0 ? Math.min(1, Math.max(0, (value / 2 - scale.least / 2) / half)) : 0.5
}
