import type { Som, TargetPrediction } from '@som/core'
import { checkMap, checkNames, checkPerUnit } from '../check.ts'
import { cellsOfColours } from '../figure/cells.ts'
import { classColours, classLevel, classSwatches } from '../figure/class-swatches.ts'
import { channelsOf } from '../figure/colour.ts'
import { mapFigure, note } from '../figure/map-figure.ts'
import { prefixNotes, shortNames } from '../figure/short-names.ts'
import { svgDocument } from '../figure/svg.ts'
import { swatches } from '../figure/swatches.ts'
import { plainNumber } from '../figure/ticks.ts'
import { tilingOf } from '../figure/tiling.ts'
import { COLOUR_NAMES, type ColourOptions } from './plot-options.ts'
import { unitValuesPlot } from './unit-values-plot.ts'

type ClassPrediction = Extract<TargetPrediction, { readonly kind: 'class' }>
type NumberPrediction = Extract<TargetPrediction, { readonly kind: 'number' }>

/** Shades of a class, from the least probable to certain. */
const SHADES = 12
/** What a class fades to. */
const FADED = '#eeeeee'
/** The share of its own colour that the palest shade of a class has. */
const PALEST = 0.15

/**
 * What a map predicts at each unit: `predictions` are those of one target for the rows of the codebook. Classes have a
 * colour each, paler where they are less probable; numbers are values as colours.
 */
export function predictionsPlot(
  som: Pick<Som, 'lattice'>,
  predictions: TargetPrediction,
  options: ColourOptions = {},
): string {
  checkMap(som, 'lattice')
  if (predictions.kind === 'number') {
    checkNames(options, COLOUR_NAMES)
    return numbers(som, predictions, options)
  }
  for (const name of ['colours', 'scale', 'range'] as const)
    if (options[name] !== undefined)
      throw new RangeError(`${name}: is for values as colours, and classes have their own`)
  checkNames(options, COLOUR_NAMES)
  return classes(som, predictions, options)
}

function numbers(
  som: Pick<Som, 'lattice'>,
  { name, value, low, high, coverage }: NumberPrediction,
  options: ColourOptions,
) {
  const caption = `At the prototype of each unit; ${plainNumber(100 * coverage)} % intervals are ${plainNumber(meanWidth(low, high))} wide on average`
  return unitValuesPlot(som, value, { title: `Predicted ${name}`, caption, ...options })
}

/** The mean width of intervals; units without a prediction have none. */
function meanWidth(low: Float64Array, high: Float64Array): number {
  const widths = Array.from(high, (end, i) => end - low[i]).filter((width) => !Number.isNaN(width))
  return widths.length === 0 ? Number.NaN : widths.reduce((sum, width) => sum + width, 0) / widths.length
}

function classes(
  { lattice }: Pick<Som, 'lattice'>,
  { name, classes, place, probabilities }: ClassPrediction,
  options: ColourOptions,
) {
  checkPerUnit('predictions', lattice, place)
  const tiling = tilingOf(lattice, options.size)
  const least = 1 / classes.length
  const levels = Array.from(place, (at, unit) => {
    if (at < 0) return -1
    const sure = classes.length === 1 ? 1 : (probabilities[unit * classes.length + at] - least) / (1 - least)
    return classLevel(at) * SHADES + Math.round(Math.min(1, Math.max(0, sure)) * (SHADES - 1))
  })
  const colours = classColours(classes.length).flatMap((colour) =>
    Array.from({ length: SHADES }, (_, shade) => faded(colour, PALEST + ((1 - PALEST) * shade) / (SHADES - 1))),
  )
  const title = options.title ?? `Predicted ${name}`
  const short = shortNames(classes)
  const entries = classSwatches({ classes: [...classes], perUnit: [] }, short)
  const notes = [
    'The most probable class at the prototype of each unit; the paler, the less probable',
    ...prefixNotes(short),
  ]
  const below = [(width: number) => swatches(entries, width), ...notes.map(note)]
  return svgDocument(mapFigure({ title, lattice, tiling, map: cellsOfColours(tiling, levels, colours), below }), title)
}

/** A colour with this share of it left. */
function faded(colour: string, share: number): string {
  const towards = channelsOf(FADED)
  const mixed = channelsOf(colour).map((channel, i) => Math.round(towards[i] + share * (channel - towards[i])))
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
