import type { Som } from '@som/core'
import { checkMap, checkNames } from '../check.ts'
import { cellsOfColours } from '../figure/cells.ts'
import { classColour, classColours, classLevel, classSwatches } from '../figure/class-swatches.ts'
import { MISSING } from '../figure/ink.ts'
import { mapFigure, note } from '../figure/map-figure.ts'
import { prefixNotes, shortNames } from '../figure/short-names.ts'
import { join, px, svgDocument } from '../figure/svg.ts'
import { swatches } from '../figure/swatches.ts'
import { plainNumber } from '../figure/ticks.ts'
import { cellCentre, cellRadius, cellWidth, tilingOf } from '../figure/tiling.ts'
import { type ClassCount, classCounts, type LabelledRows } from '../numbers/class-counts.ts'
import { PLOT_NAMES, type PlotOptions } from './plot-options.ts'

/** Cells narrower than this (px) show their most frequent class instead of a pie. */
const NARROW = 8

/**
 * A pie of classes on each unit, with its area proportional to the unit's rows. Throws if rows and labels do not
 * correspond.
 */
export function classPiesPlot(som: Pick<Som, 'lattice'>, rows: LabelledRows, options: PlotOptions = {}): string {
  checkMap(som, 'lattice')
  checkNames(options, PLOT_NAMES)
  const { lattice } = som
  const tiling = tilingOf(lattice, options.size)
  const counts = classCounts(lattice, rows)
  const totals = counts.perUnit.map((classes) => classes.reduce((sum, { rows }) => sum + rows, 0))
  const most = totals.reduce((largest, total) => Math.max(largest, total), 1)
  const pies = cellWidth(tiling) >= NARROW
  const levels = counts.perUnit.map((classes) => (pies || classes.length === 0 ? -1 : classLevel(classes[0].index)))
  const drawn = counts.perUnit.map((classes, unit) => {
    const radius = 0.9 * cellRadius(tiling) * Math.sqrt(totals[unit] / most)
    return pies && classes.length > 0 ? pie(classes, totals[unit], cellCentre(tiling, unit), radius) : ''
  })
  const short = shortNames(counts.classes)
  const title = options.title ?? 'Classes per unit'
  const about = pies
    ? `The area of a pie is proportional to its rows; the largest has ${plainNumber(most)}`
    : 'Cells too small for pies: the most frequent class of each unit'
  const map = cellsOfColours(tiling, levels, classColours(counts.classes.length)) + drawn.join('')
  const below = [
    (width: number) => swatches(classSwatches(counts, short), width),
    note(about),
    ...prefixNotes(short).map(note),
  ]
  return svgDocument(mapFigure({ title, lattice, tiling, map, below }), title)
}

/** Slices clockwise from the top, in the order of the classes. */
function pie(classes: readonly ClassCount[], total: number, centre: { x: number; y: number }, radius: number): string {
  const { x, y } = centre
  if (classes.length === 1) {
    return `<circle cx="${px(x)}" cy="${px(y)}" r="${px(radius)}" fill="${classColour(classes[0].index)}"/>\n`
  }
  let from = 0
  const slices = [...classes].sort((a, b) => a.index - b.index)
  return slices
    .map(({ index, rows }) => {
      const start = pointAt(from / total, radius)
      from += rows
      const end = pointAt(from / total, radius)
      const large = rows * 2 > total ? 1 : 0
      const arc = `A${join(radius, radius)} 0 ${large} 1 ${join(x + end.x, y + end.y)}`
      return `<path fill="${classColour(index)}" stroke="${MISSING}" stroke-width=".5" d="M${join(x, y)}L${join(x + start.x, y + start.y)}${arc}z"/>\n`
    })
    .join('')
}

function pointAt(share: number, radius: number): { x: number; y: number } {
  const angle = 2 * Math.PI * share
  return { x: radius * Math.sin(angle), y: -radius * Math.cos(angle) }
}
