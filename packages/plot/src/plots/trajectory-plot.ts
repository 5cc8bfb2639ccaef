import { type Som, uMatrix, unitCount } from '@som/core'
import { dots } from '../figure/dots.ts'
import { join, svgDocument, textAt } from '../figure/svg.ts'
import { cellCentre, cellWidth, type Tiling, tilingOf } from '../figure/tiling.ts'
import { valueFigure } from '../figure/value-figure.ts'
import { displacement } from '../numbers/displacement.ts'
import { type ColourOptions, scaled } from './plot-options.ts'

/**
 * The way of a sequence of rows over the map, from unit to unit (`match` of core; a row without one, -1, breaks the line), over the U-matrix.
 * Over a seam the line leaves at one edge and comes back at the other. Throws where the map has no such unit.
 */
export function trajectoryPlot(
  som: Pick<Som, 'lattice' | 'metric' | 'codebook'>,
  units: ArrayLike<number>,
  options: ColourOptions = {},
): string {
  const { lattice } = som
  const last = unitCount(lattice) - 1
  const found = Array.from(units)
  const bad = found.findIndex((unit) => !(Number.isInteger(unit) && unit <= last))
  if (bad >= 0) {
    throw new RangeError(`units: row ${bad + 1}: expected a unit from 0 to ${last}, or -1, found ${found[bad]}`)
  }
  const tiling = tilingOf(lattice, options.size)
  const title = options.title ?? 'Trajectory'
  const figure = valueFigure({
    title,
    caption: 'Mean distance to the neighbours (preprocessed units)',
    lattice,
    tiling,
    values: uMatrix(som),
    ...scaled(options, 'greys'),
    over: () => way(som, tiling, found),
    notes: [`${found.length} rows, from the circle with S to the circle with E`],
  })
  return svgDocument(figure, title)
}

interface Point {
  readonly x: number
  readonly y: number
}

function way({ lattice }: Pick<Som, 'lattice'>, tiling: Tiling, units: readonly number[]): string {
  const visited = units.filter((unit, i) => unit >= 0 && unit !== units[i - 1])
  if (visited.length === 0) return ''
  const unit = unitPx(tiling)
  const lines = units.flatMap((to, i) => {
    const from = units[i - 1]
    if (i === 0 || from < 0 || to < 0 || from === to) return []
    const step = displacement(lattice, from, to)
    const start = cellCentre(tiling, from)
    const end = cellCentre(tiling, to)
    const goal = { x: start.x + step.x * unit.x, y: start.y + step.y * unit.y }
    const origin = { x: end.x - step.x * unit.x, y: end.y - step.y * unit.y }
    const straight = Math.abs(goal.x - end.x) + Math.abs(goal.y - end.y) < 0.01
    return straight ? [line(start, end)] : [within(tiling, start, goal), within(tiling, end, origin)]
  })
  const d = lines.join('')
  const width = Math.min(3, Math.max(1, cellWidth(tiling) / 10))
  const stroke = (colour: string, size: number): string =>
    `<path fill="none" stroke="${colour}" stroke-width="${join(size)}" stroke-linejoin="round" stroke-linecap="round" d="${d}"/>\n`
  const places = visited.map((visit) => cellCentre(tiling, visit))
  const ends: [string, Point][] = [
    ['S', places[0]],
    ['E', places[places.length - 1]],
  ]
  const marks = ends.map(([letter, at], i) => {
    // Where the way ends at its start, both letters can still be read.
    const x = i === 1 && at.x === places[0].x && at.y === places[0].y ? at.x + 12 : at.x
    const circle = `<circle cx="${join(x)}" cy="${join(at.y)}" r="8" fill="#ffffff" stroke="#d55e00" stroke-width="2"/>\n`
    return circle + textAt(x, at.y + 4, letter, { size: 11, anchor: 'middle', bold: true, fill: '#222222' })
  })
  const stops = cellWidth(tiling) >= 8 ? dots(places, 2.5) : ''
  return (d === '' ? '' : stroke('#ffffff', width + 2) + stroke('#d55e00', width)) + stops + marks.join('')
}

/** px of one lattice distance to the right and down. */
function unitPx(tiling: Tiling): Point {
  return tiling.cell === 'hexagonal'
    ? { x: 2 * tiling.stepX, y: 3 * tiling.stepY * (2 / Math.sqrt(3)) }
    : { x: tiling.stepX, y: tiling.stepY }
}

function line(from: Point, to: Point): string {
  return `M${join(from.x, from.y)}L${join(to.x, to.y)}`
}

/** The part of a line, from a point on the map, that is on the map. */
function within({ width, height }: Tiling, from: Point, to: Point): string {
  const x = to.x - from.x
  const y = to.y - from.y
  const shares = [
    x > 0 ? (width - from.x) / x : x < 0 ? -from.x / x : 1,
    y > 0 ? (height - from.y) / y : y < 0 ? -from.y / y : 1,
    1,
  ]
  const share = Math.min(...shares)
  return line(from, { x: from.x + share * x, y: from.y + share * y })
}
