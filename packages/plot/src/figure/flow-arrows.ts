import type { Lattice } from '@som/core'
import type { Flows } from '../numbers/flows.ts'
import type { ColourScale } from './colour-scale.ts'
import { join, px } from './svg.ts'
import { cellCentre, type Tiling } from './tiling.ts'
import { type Piece, wayAcross } from './way-across.ts'

/** px of the widest arrow and of the thinnest. */
const WIDTHS = { most: 7, least: 1 }
const LARGEST_STOP = 7
/** How far an arrow bends, as a share of its length, so that the one back lies beside it. */
const BEND = 0.12

/**
 * Flows as arrows: their width by the count of moves, their colour by when. Circles have an area by the rows that stay.
 */
export function flowArrows(lattice: Lattice, tiling: Tiling, { flows, stops }: Flows, time: ColourScale): string {
  const most = flows[0]?.count ?? 1
  const arrows = flows.map(({ from, to, count, row }) => {
    const width = Math.max(WIDTHS.least, WIDTHS.most * Math.sqrt(count / most))
    const colour = time.palette[Math.max(0, time.levelOf(row + 1))]
    const pieces = wayAcross(lattice, tiling, from, to)
    return pieces
      .map((piece, i) => arrow(tiling, piece, width, colour, pieces.length === 1, i === pieces.length - 1))
      .join('')
  })
  const rows = stops.reduce((largest, stop) => Math.max(largest, stop.rows), 1)
  const circles = stops.map((stop) => {
    const { x, y } = cellCentre(tiling, stop.unit)
    const radius = Math.max(1.2, LARGEST_STOP * Math.sqrt(stop.rows / rows))
    return `<circle cx="${px(x)}" cy="${px(y)}" r="${px(radius)}"/>\n`
  })
  return `${arrows.join('')}<g fill="#ffffff" fill-opacity=".85" stroke="#222222" stroke-width=".8">\n${circles.join('')}</g>\n`
}

/** One arrow with a rim, so that it is seen on any colour; a piece that ends at a seam has no head. */
function arrow(
  tiling: Tiling,
  { from, to }: Piece,
  width: number,
  colour: string,
  bent: boolean,
  headed: boolean,
): string {
  const x = to.x - from.x
  const y = to.y - from.y
  const length = Math.hypot(x, y)
  if (length < 0.5) return ''
  const bend = bent ? BEND : 0
  const middle = {
    x: clamped(from.x + x / 2 - bend * y, tiling.width),
    y: clamped(from.y + y / 2 + bend * x, tiling.height),
  }
  const ahead = { x: to.x - middle.x, y: to.y - middle.y }
  const reach = Math.hypot(ahead.x, ahead.y)
  const [dx, dy] = [ahead.x / reach, ahead.y / reach]
  const head = headed ? Math.min(0.45 * length, 3 + 1.6 * width) : 0
  const neck = { x: to.x - head * dx, y: to.y - head * dy }
  const curve = `M${join(from.x, from.y)}Q${join(middle.x, middle.y, neck.x, neck.y)}`
  const side = 0.55 * head
  const point = headed
    ? `M${join(to.x, to.y)}L${join(neck.x - side * dy, neck.y + side * dx)}L${join(neck.x + side * dy, neck.y - side * dx)}z`
    : ''
  const line = (stroke: string, wide: number): string =>
    `<path fill="none" stroke="${stroke}" stroke-width="${px(wide)}" d="${curve}"/>`
  const tip = point === '' ? '' : `<path fill="${colour}" stroke="#ffffff" stroke-width=".7" d="${point}"/>`
  return `${line('#ffffff', width + 1.4)}${line(colour, width)}${tip}\n`
}

/** On the map, however far an arrow would bend. */
const clamped = (value: number, most: number): number => Math.min(most, Math.max(0, value))
