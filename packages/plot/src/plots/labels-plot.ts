import type { Som } from '@som/core'
import { checkMap, checkNames } from '../check.ts'
import { cellsOfColours } from '../figure/cells.ts'
import { classColour, classColours, classLevel, classSwatches } from '../figure/class-swatches.ts'
import { inkOn } from '../figure/colour.ts'
import { mapFigure, note } from '../figure/map-figure.ts'
import { prefixNotes, type ShortNames, shortNames } from '../figure/short-names.ts'
import { svgDocument, textAt } from '../figure/svg.ts'
import { swatches } from '../figure/swatches.ts'
import { wrapText } from '../figure/text-width.ts'
import { cellCentre, cellWidth, type Tiling, tilingOf } from '../figure/tiling.ts'
import { type ClassCounts, classCounts, type LabelledRows } from '../numbers/class-counts.ts'
import { PLOT_NAMES, type PlotOptions } from './plot-options.ts'

const TEXT_SIZE = 9
/** Words need more room than colours do. */
const ROOMY = { size: 720, widestCell: 64 }
/** Classes that are coloured where there is room for words; more have the words alone. */
const MOST_COLOURED = 64
/** Cells narrower than this (px) have no room for a word. */
const NARROW = 24

/**
 * Each unit in the colour of its most frequent class, with the class written on it where there is room. Where there are
 * more classes than colours, cells are white and have the labels alone, the most frequent first. Throws where rows and
 * labels do not go together.
 */
export function labelsPlot(som: Pick<Som, 'lattice'>, rows: LabelledRows, options: PlotOptions = {}): string {
  checkMap(som, 'lattice')
  checkNames(options, PLOT_NAMES)
  const { lattice } = som
  const tiling = tilingOf(lattice, options.size ?? ROOMY.size, ROOMY.widestCell)
  const counts = classCounts(lattice, rows)
  const written = cellWidth(tiling) >= NARROW
  const coloured = !written || counts.classes.length <= MOST_COLOURED
  const levels = counts.perUnit.map((classes) =>
    classes.length === 0 ? -1 : coloured ? classLevel(classes[0].index) : 0,
  )
  const colours = coloured ? classColours(counts.classes.length) : [PLAIN]
  const short = shortNames(counts.classes)
  const title = options.title ?? 'Labels'
  const map = cellsOfColours(tiling, levels, colours) + (written ? texts(tiling, counts, short, coloured) : '')
  const below = [
    ...(coloured ? [(width: number) => swatches(classSwatches(counts, short), width)] : []),
    note(
      coloured ? "The most frequent class of the unit's rows" : "Labels of the unit's rows, the most frequent first",
    ),
    ...prefixNotes(short).map(note),
    ...(levels.includes(-1) ? [note('Pale grey cells: no labelled row')] : []),
  ]
  return svgDocument(mapFigure({ title, lattice, tiling, map, below }), title)
}

/**
 * Cells with labels but without a colour: darker than white and bluer than grey, to distinguish them from empty ones.
 */
const PLAIN = '#dce9f5'

function texts(tiling: Tiling, { classes, perUnit }: ClassCounts, short: ShortNames, coloured: boolean): string {
  const width = 0.9 * cellWidth(tiling)
  return perUnit
    .map((counts, unit) => {
      if (counts.length === 0) return ''
      const shown = coloured ? counts.slice(0, 1) : counts
      const names = shown.map(({ index }) => short.texts[index])
      const whole = shown.map(({ index }) => classes[index]).join(', ')
      const lines = coloured ? wrapText(names[0], width, TEXT_SIZE, 2) : linesOf(names, width)
      const { x, y } = cellCentre(tiling, unit)
      const fill = inkOn(coloured ? classColour(counts[0].index) : PLAIN)
      const top = y + 0.36 * TEXT_SIZE - ((lines.length - 1) * (TEXT_SIZE + 1)) / 2
      return lines
        .map((line, i) =>
          textAt(x, top + i * (TEXT_SIZE + 1), line, { size: TEXT_SIZE, anchor: 'middle', fill, whole }),
        )
        .join('')
    })
    .join('')
}

/** One label per line, and how many more there are after the third. */
function linesOf(names: readonly string[], width: number): string[] {
  const kept = names.length > 3 ? names.slice(0, 2) : names
  const lines = kept.map((name) => wrapText(name, width, TEXT_SIZE, 1)[0] ?? '')
  return names.length > 3 ? [...lines, `+${names.length - 2}`] : lines
}
