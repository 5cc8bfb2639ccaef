import { type FeatureSource, fromPreprocessed, type Som } from '@som/core'
import { csvCell } from '@som/io'
import type { MapNames } from '../keys/map-names.ts'
import type { Example, Params } from '../openapi/example.ts'
import { type Serving, withScorer } from './serving.ts'

/** Columns beyond which an example is too long to help anybody. */
const MOST_COLUMNS = 2000
const DAY_MS = 86_400_000

type Cell = number | string | null

interface Rows {
  readonly columns: readonly string[]
  readonly cells: readonly (readonly Cell[])[]
  /** The same by features. */
  readonly numbers: readonly (readonly (number | null)[])[]
}

/**
 * Bodies of requests with rows of a map's own columns, in each form; null where the map does not have what is `needed`.
 */
export async function rowsExample<P>(
  serving: Serving<P>,
  within: MapNames,
  needed?: keyof Som,
): Promise<Example | null> {
  if (needed !== undefined && !(await mapHas(serving, within, needed))) return null
  return exampleOf(serving, within, ({ columns, cells }) => {
    const line = (row: readonly Cell[]): string => `${row.map((cell) => csvCell(String(cell ?? ''))).join(',')}\n`
    const record = (row: readonly Cell[]): object => Object.fromEntries(columns.map((name, c) => [name, row[c]]))
    return {
      'application/json': { dataframe_split: { columns, data: cells } },
      'text/csv': [columns, ...cells].map(line).join(''),
      'application/x-ndjson': cells.map((row) => `${JSON.stringify(record(row))}\n`).join(''),
    }
  })
}

/** The same rows as a tensor of the Open Inference Protocol. */
export function tensorExample<P>(serving: Serving<P>, within: MapNames): Promise<Example | null> {
  return exampleOf(serving, within, ({ numbers }) => {
    const shape = [numbers.length, numbers[0].length]
    return { 'application/json': { inputs: [{ name: 'samples', shape, datatype: 'FP64', data: numbers.flat() }] } }
  })
}

async function mapHas<P>(serving: Serving<P>, within: MapNames, needed: keyof Som): Promise<boolean> {
  const params = await serving.example(within)
  return params !== null && withScorer(serving, params, ({ som }) => som[needed] !== undefined)
}

async function exampleOf<P>(
  serving: Serving<P>,
  within: MapNames,
  bodiesOf: (rows: Rows) => Example['bodies'],
): Promise<Example | null> {
  const params: (P & Params) | null = await serving.example(within)
  if (params === null) return null
  return withScorer(serving, params, ({ som }) =>
    som.features.length > MOST_COLUMNS ? { params } : { params, bodies: bodiesOf(rowsOf(som)) },
  )
}

/** Rows that lie on the map: its first prototype and the one in the middle, in the user's units. */
function rowsOf({ features, codebook: { rows, columns: width, data } }: Som): Rows {
  const units = [...new Set([0, Math.floor(rows / 2)])]
  const numbers = units.map((unit) =>
    features.map(({ preprocessing }, f) => rounded(fromPreprocessed(preprocessing, data[unit * width + f]))),
  )
  const places = new Map<string, number[]>()
  features.forEach(({ name, source }, f) => {
    const column = source?.column ?? name
    places.set(column, [...(places.get(column) ?? []), f])
  })
  return {
    columns: [...places.keys()],
    cells: numbers.map((row) =>
      Array.from(places.values(), (of) => cellOf(of.map((f) => ({ source: features[f].source, value: row[f] })))),
    ),
    numbers,
  }
}

/** The cell that a column's features are made of: the likeliest level, the time, or the number. */
function cellOf(made: readonly { readonly source: FeatureSource | undefined; readonly value: number | null }[]): Cell {
  const [{ source, value }] = made
  if (source === undefined) return value
  if ('level' in source) {
    const levels = made.flatMap((each) =>
      each.source && 'level' in each.source ? [{ ...each.source, value: each.value ?? 0 }] : [],
    )
    return levels.reduce((best, each) => (each.value > best.value ? each : best)).level
  }
  const days = made.find((each) => each.source && 'time' in each.source && each.source.time === 'days')?.value ?? 0
  return new Date(Math.round(days * DAY_MS)).toISOString()
}

/** Five digits; null for what is not a number. */
const rounded = (x: number): number | null => (Number.isFinite(x) ? Number(x.toPrecision(5)) : null)
