import { scaleLinear } from 'd3-scale'
import { extentOf } from '../numbers/extent.ts'
import { FAINT, INK } from './ink.ts'
import { type Figure, px, textAt } from './svg.ts'
import { ticksOf } from './ticks.ts'

/** Values over epochs, or over any other ascending axis. */
export interface Curve {
  readonly name: string
  readonly x: readonly number[]
  readonly y: readonly number[]
}

const LEFT = 64
const RIGHT = 24
const TOP = 24
const HEIGHT = 110
/** With more points than this, two would share a pixel. */
const MOST_POINTS = 1000

/** One curve with its axes; only the last of a stack has x-axis labels. */
export function curveFigure(curve: Curve, width: number, last: boolean): Figure {
  const xs = extentOf(curve.x)
  const ys = extentOf(curve.y)
  // Starts at 0 if the curve then keeps more than half of the height, since errors and radii are read against 0.
  const bottom = ys.least >= 0 && ys.least < 0.5 * ys.greatest ? 0 : ys.least
  const x = axis(xs.least, xs.greatest, LEFT, LEFT + width)
  const y = axis(bottom, ys.greatest, TOP + HEIGHT, TOP)
  const right = LEFT + width
  const floor = TOP + HEIGHT
  const grid = ticksOf(bottom, ys.greatest, 150).map(
    ({ value, text }) =>
      `<path stroke="${FAINT}" d="M${LEFT} ${px(y(value))}H${px(right)}"/>\n${textAt(LEFT - 8, y(value) + 4, text, { size: 11, anchor: 'end' })}`,
  )
  const epochs = ticksOf(xs.least, xs.greatest, width, true)
  const ticks = epochs.map(({ value, text }) => {
    const label = last ? textAt(x(value), floor + 17, text, { size: 11, anchor: 'middle' }) : ''
    return `<path stroke="${INK}" d="M${px(x(value))} ${floor}v4"/>\n${label}`
  })
  const name = textAt(LEFT, TOP - 9, curve.name, { size: 12 })
  const label = last ? textAt(LEFT + width / 2, floor + 36, 'epoch', { size: 12, anchor: 'middle' }) : ''
  const frame = `<path fill="none" stroke="${INK}" d="M${LEFT} ${TOP}V${floor}H${px(right)}"/>\n`
  const body = name + grid.join('') + line(curve, x, y) + frame + ticks.join('') + label
  return { width: right + RIGHT, height: floor + (last ? 46 : 14), body }
}

type Axis = (value: number) => number

function axis(least: number, greatest: number, from: number, to: number): Axis {
  if (!(least < greatest)) return () => (from + to) / 2
  return scaleLinear([least, greatest], [from, to])
}

function line(curve: Curve, x: Axis, y: Axis): string {
  const every = Math.ceil(curve.x.length / MOST_POINTS)
  let path = ''
  let drawing = false
  const dots: string[] = []
  curve.x.forEach((at, i) => {
    if (i % every !== 0 && i !== curve.x.length - 1) return
    const value = curve.y[i]
    if (!Number.isFinite(value)) {
      drawing = false
      return
    }
    const point = `${px(x(at))} ${px(y(value))}`
    path += `${drawing ? 'L' : 'M'}${point}`
    drawing = true
    const [cx, cy] = point.split(' ')
    dots.push(`<circle cx="${cx}" cy="${cy}" r="2.5"/>`)
  })
  const curved = `<path fill="none" stroke="#0072b2" stroke-width="2" stroke-linejoin="round" d="${path}"/>\n`
  return dots.length <= 40 ? `${curved}<g fill="#0072b2">${dots.join('')}</g>\n` : curved
}
