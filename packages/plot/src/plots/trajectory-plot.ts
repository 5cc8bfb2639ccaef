import { type Lattice, type Som, uMatrix, unitCount } from '@som/core'
import { checkMap, checkNames } from '../check.ts'
import { colourBar } from '../figure/colour-bar.ts'
import { colourScale } from '../figure/colour-scale.ts'
import { dots } from '../figure/dots.ts'
import { flowArrows } from '../figure/flow-arrows.ts'
import { join, svgDocument, textAt } from '../figure/svg.ts'
import { cellCentre, cellWidth, type Tiling, tilingOf } from '../figure/tiling.ts'
import { type ValueFigure, valueFigure } from '../figure/value-figure.ts'
import { pieceText, wayAcross } from '../figure/way-across.ts'
import { flowsOf } from '../numbers/flows.ts'
import { COLOUR_NAMES, type ColourOptions, scaled } from './plot-options.ts'

/** Rows whose way is one line; more of them would be a scribble. */
const MOST_ROWS = 100
/** Arrows of a longer way that can still be told apart. */
const MOST_FLOWS = 120

/**
 * The way of a sequence of rows over the map, from unit to unit (`match` of core; a row without one, -1, breaks it),
 * over the U-matrix. Of more than 100 rows the moves between units are gathered in arrows, their width by how many
 * there are and their colour by when; between blocks of units where those would be too many. Over a seam a way leaves
 * at one edge and comes back at the other. Throws where the map has no such unit.
 */
export function trajectoryPlot(
  som: Pick<Som, 'lattice' | 'metric' | 'codebook'>,
  units: ArrayLike<number>,
  options: ColourOptions = {},
): string {
  checkMap(som, 'lattice', 'metric', 'codebook')
  checkNames(options, COLOUR_NAMES)
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
    ...(found.length > MOST_ROWS ? flowing(lattice, tiling, found) : stepping(lattice, tiling, found)),
  })
  return svgDocument(figure, title)
}

type Drawn = Pick<ValueFigure, 'over' | 'bars' | 'notes'>

function flowing(lattice: Lattice, tiling: Tiling, units: readonly number[]): Drawn {
  const found = flowsOf(lattice, units, MOST_FLOWS)
  const time = colourScale([1, units.length], 'viridis')
  const { every, flows } = found
  const places = every === 1 ? 'units' : `blocks of ${every} × ${every} units`
  return {
    over: () => flowArrows(lattice, tiling, found, time) + ends(tiling, units),
    bars: [(width) => colourBar(time, 'Rows in order: an arrow has the colour of its mean row', width, tiling.width)],
    notes: [
      `${units.length} rows, from the circle with S to the circle with E`,
      ...(flows.length > 0 ? [`Arrows gather moves between ${places}; the widest has ${flows[0].count}`] : []),
    ],
  }
}

function stepping(lattice: Lattice, tiling: Tiling, units: readonly number[]): Drawn {
  return {
    over: () => line(lattice, tiling, units) + stops(tiling, units) + ends(tiling, units),
    notes: [`${units.length} rows, from the circle with S to the circle with E`],
  }
}

function line(lattice: Lattice, tiling: Tiling, units: readonly number[]): string {
  const pieces = units.flatMap((to, i) => {
    const from = units[i - 1]
    return i === 0 || from < 0 || to < 0 || from === to ? [] : wayAcross(lattice, tiling, from, to).map(pieceText)
  })
  if (pieces.length === 0) return ''
  const width = Math.min(3, Math.max(1, cellWidth(tiling) / 10))
  const stroke = (colour: string, size: number): string =>
    `<path fill="none" stroke="${colour}" stroke-width="${join(size)}" stroke-linejoin="round" stroke-linecap="round" d="${pieces.join('')}"/>\n`
  return stroke('#ffffff', width + 2) + stroke('#d55e00', width)
}

/** Units that rows are on, without those that stay. */
const visited = (units: readonly number[]): number[] => units.filter((unit, i) => unit >= 0 && unit !== units[i - 1])

function stops(tiling: Tiling, units: readonly number[]): string {
  const places = visited(units).map((unit) => cellCentre(tiling, unit))
  return places.length > 0 && cellWidth(tiling) >= 8 ? dots(places, 2.5) : ''
}

/** Circles with S and E where the way starts and ends. */
function ends(tiling: Tiling, units: readonly number[]): string {
  const places = visited(units).map((unit) => cellCentre(tiling, unit))
  if (places.length === 0) return ''
  const start = places[0]
  const end = places[places.length - 1]
  // Where the way ends at its start, both letters can still be read.
  const beside = end.x === start.x && end.y === start.y ? 12 : 0
  const mark = (letter: string, x: number, y: number): string =>
    `<circle cx="${join(x)}" cy="${join(y)}" r="8" fill="#ffffff" stroke="#d55e00" stroke-width="2"/>\n` +
    textAt(x, y + 4, letter, { size: 11, anchor: 'middle', bold: true, fill: '#222222' })
  return mark('S', start.x, start.y) + mark('E', end.x + beside, end.y)
}
