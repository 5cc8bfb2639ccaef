import {
  type Clusters,
  clusterNames,
  clustersOfRows,
  componentPlane,
  mayLeaveOut,
  pValue,
  UNCLUSTERED,
  uMatrix,
} from '@som/core'
import { categoryColour, MOST_CATEGORIES } from '../figure/category-colours.ts'
import { type ColourMap, OTHER } from '../figure/colour.ts'
import { beyondLines } from '../figure/colour-bar.ts'
import { colourScale } from '../figure/colour-scale.ts'
import { shortNames } from '../figure/short-names.ts'
import { textWidth } from '../figure/text-width.ts'
import { TICK_SIZE } from '../figure/ticks.ts'
import { classCounts } from '../numbers/class-counts.ts'
import type { ReportSubject } from './subject.ts'

/** If all rows would take more characters than this, only every n-th is listed. */
const MOST_CHARACTERS = 900_000
/** px of the bar of colours beneath the map. */
export const BAR_WIDTH = 240

interface Layer {
  readonly name: string
  /** The name where there is little room. */
  readonly short: string
  readonly values: ArrayLike<number>
  readonly colours: ColourMap
  /** As that of a plot of these values. */
  readonly include?: number
}

/** How a layer is coloured: as the plot of its values. */
interface Coloured {
  /** The place of its colours among the page's palettes. */
  readonly palette: number
  /** Two hexadecimal digits for each unit: its place among the colours; `--` where it has no value. */
  readonly levels: string
  /** px from the left of the bar, and what is written there. */
  readonly ticks: readonly (readonly [number, string])[]
  readonly beyond: readonly string[]
}

/** The data that the page's script draws and lists, as JSON that is safe in a script element. */
export function payloadOf(subject: ReportSubject): string {
  const { som, samples } = subject
  const palettes: (readonly string[])[] = []
  const layers = layersOf(subject).map((layer) => ({
    name: layer.name,
    short: layer.short,
    values: Array.from(layer.values, rounded),
    ...coloured(layer, palettes),
  }))
  const clusters = som.clusters && clustersOf(som.clusters)
  const classes = classesOf(subject)
  const groups = Math.max(som.clusters?.count ?? 0, classes?.names.length ?? 0)
  const body = {
    lattice: som.lattice,
    layers,
    palettes,
    categories: Array.from({ length: groups }, (_, i) => categoryColour(i)),
    clusters,
    classes,
    features: som.features.map(({ name }) => name),
    rows: rowsOf(subject),
    total: samples.rows,
  }
  // The data must not produce an end tag or a JavaScript line terminator.
  return JSON.stringify(body).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** The place of what is unclustered is -1, its colour grey. */
function clustersOf(clusters: Clusters) {
  return {
    of: Array.from(clusters.of),
    names: clusterNames(clusters),
    ...(mayLeaveOut(clusters) && { none: { name: UNCLUSTERED, colour: OTHER } }),
  }
}

function layersOf({ som, quality: { units } }: ReportSubject): Layer[] {
  const layer = (name: string, values: Layer['values'], colours: ColourMap): Layer => ({
    name,
    short: name,
    values,
    colours,
  })
  const short = shortNames(som.features.map(({ name }) => name)).texts
  return [
    layer('U-matrix', uMatrix(som), 'cividis'),
    {
      ...layer(
        'rows per unit',
        units.hits.map((n) => (n > 0 ? n : Number.NaN)),
        'viridis',
      ),
      include: 1,
    },
    layer('quantization error', units.quantizationError, 'viridis'),
    ...som.features.map(({ name }, f) => ({
      ...layer(name, componentPlane(som, name), 'viridis'),
      short: short[f],
    })),
  ]
}

/** The colours of a layer; `palettes` are those of all layers so far. */
function coloured({ values, colours, include }: Layer, palettes: (readonly string[])[]): Coloured {
  const scale = colourScale(values, colours, { ...(include !== undefined && { include }) })
  const key = scale.palette.join()
  const known = palettes.findIndex((one) => one.join() === key)
  if (known < 0) palettes.push(scale.palette)
  const levels = Array.from(values, (value) => {
    const level = scale.levelOf(value)
    return level < 0 ? '--' : level.toString(16).padStart(2, '0')
  })
  let taken = Number.NEGATIVE_INFINITY
  const ticks = scale.ticks(BAR_WIDTH).flatMap(({ value, text }): [number, string][] => {
    const half = textWidth(text, TICK_SIZE) / 2
    const x = Math.min(Math.max(BAR_WIDTH * scale.shareOf(value), half), BAR_WIDTH - half)
    if (x - half < taken + 4) return []
    taken = x + half
    return [[Number(x.toFixed(1)), text]]
  })
  return {
    palette: known < 0 ? palettes.length - 1 : known,
    levels: levels.join(''),
    ticks,
    beyond: beyondLines(scale),
  }
}

/**
 * The classes, the most frequent first, and of each unit pairs of a class and its rows. None where no row has a label,
 * or there are more than colours.
 */
function classesOf({
  som,
  samples,
  matches,
}: ReportSubject): { names: readonly string[]; of: readonly (readonly number[])[] } | undefined {
  if (samples.labels === undefined) return undefined
  const { classes, perUnit } = classCounts(som.lattice, { units: matches.unit, labels: samples.labels })
  if (classes.length === 0 || classes.length > MOST_CATEGORIES) return undefined
  return { names: classes, of: perUnit.map((counts) => counts.flatMap(({ index, rows }) => [index, rows])) }
}

interface ListedRows {
  readonly number: readonly number[]
  readonly id?: readonly string[]
  readonly label?: readonly string[]
  readonly unit: readonly number[]
  readonly distance: readonly (number | null)[]
  readonly p: readonly (number | null)[]
  readonly values: readonly (readonly (number | null)[])[]
  /** The place of each one's cluster, -1 for an unclustered row. */
  readonly cluster?: readonly number[]
}

function rowsOf({ som, samples, matches }: ReportSubject): ListedRows {
  const columns = som.features.map(({ name }) => samples.features.indexOf(name))
  const value = (row: number, column: number) => rounded(samples.data[row * samples.features.length + column])
  const words = (samples.ids?.reduce((sum, id) => sum + id.length, 0) ?? 0) / samples.rows
  const charactersARow = 32 + words + 8 * columns.length
  const every = Math.max(1, Math.ceil((samples.rows * charactersARow) / MOST_CHARACTERS))
  const chosen = Array.from({ length: Math.ceil(samples.rows / every) }, (_, i) => i * every)
  const places = som.clusters && clustersOfRows(som.clusters, matches)
  return {
    number: chosen.map((row) => row + 1),
    ...(places && { cluster: chosen.map((row) => places[row]) }),
    ...(samples.ids && { id: chosen.map((row) => samples.ids?.[row] ?? '') }),
    ...(samples.labels && { label: chosen.map((row) => samples.labels?.[row] ?? '') }),
    unit: chosen.map((row) => matches.unit[row]),
    distance: chosen.map((row) => rounded(matches.distance[row])),
    p: chosen.map((row) => (som.seen === null ? null : rounded(pValue(som.seen, matches.distance[row])))),
    values: columns.map((column) => chosen.map((row) => value(row, column))),
  }
}

/** Five digits; null for anything that is not a number. */
function rounded(x: number): number | null {
  return !Number.isFinite(x) ? null : Number(x.toPrecision(5))
}

/** The positions of the rows nearest to their units, and of those farthest away. */
export function extremes({ matches }: ReportSubject, count: number): { nearest: number[]; farthest: number[] } {
  const { unit, distance } = matches
  const isNearer = (a: number, b: number): boolean =>
    distance[a] < distance[b] || (distance[a] === distance[b] && a < b)
  return {
    nearest: first(unit, count, isNearer),
    farthest: first(unit, count, (a, b) => isNearer(b, a)),
  }
}

/** The first `count` of the rows that have a unit, in the order of `isBefore`: without sorting all of them. */
function first(unit: Int32Array, count: number, isBefore: (a: number, b: number) => boolean): number[] {
  const found: number[] = []
  for (let row = 0; row < unit.length; row++) {
    if (unit[row] < 0 || (found.length === count && !isBefore(row, found[count - 1]))) continue
    const at = found.findIndex((other) => isBefore(row, other))
    found.splice(at < 0 ? found.length : at, 0, row)
    if (found.length > count) found.pop()
  }
  return found
}
