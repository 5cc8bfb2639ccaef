import { clusterNames, componentPlane, pValue, uMatrix } from '@som/core'
import { categoryColour } from '../figure/category-colours.ts'
import { paletteOf } from '../figure/colour.ts'
import type { ReportSubject } from './subject.ts'

/** Rows are listed until the page would pass this many characters; then every so many-th. */
const MOST_CHARACTERS = 900_000
const COLOURS = 64

interface Layer {
  readonly name: string
  readonly values: readonly (number | null)[]
  readonly palette: 'cividis' | 'viridis'
}

/** What the page's script draws and lists, as JSON that may stand in a script element. */
export function payloadOf(subject: ReportSubject): string {
  const { som, samples } = subject
  const layers = layersOf(subject).map(({ name, values, palette }) => ({ name, values: values.map(rounded), palette }))
  const body = {
    lattice: som.lattice,
    layers,
    palettes: { viridis: paletteOf('viridis', COLOURS), cividis: paletteOf('cividis', COLOURS) },
    categories: Array.from({ length: som.clusters?.count ?? 0 }, (_, k) => categoryColour(k)),
    clusters: som.clusters && {
      of: Array.from(som.clusters.of),
      names: clusterNames(som.clusters),
    },
    features: som.features.map(({ name }) => name),
    rows: rowsOf(subject),
    total: samples.rows,
  }
  // Neither an element's end nor a line end of JavaScript may come of what is in the data.
  return JSON.stringify(body).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function layersOf({ som, quality: { units } }: ReportSubject): Layer[] {
  const plane = (name: string): Layer => ({ name, values: Array.from(componentPlane(som, name)), palette: 'viridis' })
  return [
    { name: 'U-matrix', values: Array.from(uMatrix(som)), palette: 'cividis' },
    { name: 'rows per unit', values: Array.from(units.hits, (n) => (n > 0 ? n : null)), palette: 'viridis' },
    { name: 'quantization error', values: Array.from(units.quantizationError), palette: 'viridis' },
    ...som.features.map(({ name }) => plane(name)),
  ]
}

interface ListedRows {
  readonly number: readonly number[]
  readonly id?: readonly string[]
  readonly label?: readonly string[]
  readonly unit: readonly number[]
  readonly p: readonly (number | null)[]
  readonly values: readonly (readonly (number | null)[])[]
}

function rowsOf({ som, samples, matches }: ReportSubject): ListedRows {
  const columns = som.features.map(({ name }) => samples.features.indexOf(name))
  const value = (row: number, column: number) => rounded(samples.data[row * samples.features.length + column])
  const words = (samples.ids?.reduce((sum, id) => sum + id.length, 0) ?? 0) / samples.rows
  const charactersARow = 24 + words + 8 * columns.length
  const every = Math.max(1, Math.ceil((samples.rows * charactersARow) / MOST_CHARACTERS))
  const chosen = Array.from({ length: Math.ceil(samples.rows / every) }, (_, i) => i * every)
  return {
    number: chosen.map((row) => row + 1),
    ...(samples.ids && { id: chosen.map((row) => samples.ids?.[row] ?? '') }),
    ...(samples.labels && { label: chosen.map((row) => samples.labels?.[row] ?? '') }),
    unit: chosen.map((row) => matches.unit[row]),
    p: chosen.map((row) => (som.seen === null ? null : rounded(pValue(som.seen, matches.distance[row])))),
    values: columns.map((column) => chosen.map((row) => value(row, column))),
  }
}

/** Five digits; null for what is no number. */
function rounded(x: number | null): number | null {
  return x === null || !Number.isFinite(x) ? null : Number(x.toPrecision(5))
}

/** The rows that are nearest to their units, and those farthest, as positions. */
export function extremes({ matches }: ReportSubject, count: number): { nearest: number[]; farthest: number[] } {
  const order = Array.from(matches.unit.keys())
    .filter((row) => matches.unit[row] >= 0)
    .sort((a, b) => matches.distance[a] - matches.distance[b] || a - b)
  return { nearest: order.slice(0, count), farthest: order.slice(-count).reverse() }
}
