import { type Clusters, clusterNames, componentPlane, type Som, UNCLUSTERED, uMatrix } from '@som/core'
import { categoryColours, type Pies, rangeOf } from '@som/map-view'
import { type ColumnData, shortNumber, type TableData } from '../table/table-data.ts'
import type { Measured, NewRows } from '../work/worker-api.ts'

/** What a map can be coloured by. */
export interface Layer {
  readonly key: string
  readonly name: string
  readonly values: ArrayLike<number>
  readonly colours: readonly string[] | 'viridis' | 'cividis'
  readonly sizes: Float64Array | null
  readonly pies: Pies | null
  /** Names of the colours where those are a list. */
  readonly names: readonly string[]
  readonly text: (unit: number) => string
}

/** What beside the map itself a layer may be of. */
export interface Beside {
  readonly clusters: Clusters | null
  /** The rows on the map. */
  readonly rows: { readonly unit: Int32Array; readonly distance: Float32Array } | null
  readonly table: TableData | null
  readonly measured: Measured | null
  readonly newRows: NewRows | null
}

export const LAYERS = ['u-matrix', 'hits', 'error', 'topographic error', 'new rows', 'clusters'] as const

export const NAMES: Readonly<Record<string, string>> = {
  'u-matrix': 'U-matrix',
  hits: 'rows per unit',
  error: 'distance of its rows',
  'topographic error': 'rows torn apart',
  'new rows': 'new rows per unit',
  clusters: 'clusters',
}

export const planeKey = (feature: string): string => `plane ${feature}`
export const piesKey = (column: string): string => `pies ${column}`

/** A pie of more classes says nothing. */
const MOST_CLASSES = 24

/** Columns of which pies can be drawn. */
export const classColumns = ({ table, rows }: Beside): readonly ColumnData[] =>
  table === null || rows === null || rows.unit.length !== table.rows
    ? []
    : table.columns.filter(({ codes, levels }) => codes !== null && levels.length > 1 && levels.length <= MOST_CLASSES)

/** A layer by its key; the U-matrix where there is no such. */
export function layerOf(key: string, som: Som, beside: Beside = NOTHING): Layer {
  const { clusters, rows, measured } = beside
  const feature = som.features.find(({ name }) => planeKey(name) === key)
  if (feature !== undefined) {
    const values = componentPlane(som, feature.name)
    return layer(key, feature.name, values, 'viridis', (unit) => `${feature.name} ${shortNumber(values[unit])}`)
  }
  if (key === 'clusters' && clusters !== null) {
    const names = clusterNames(clusters)
    const text = (unit: number): string => names[clusters.of[unit]] ?? UNCLUSTERED
    return { ...layer(key, NAMES.clusters, clusters.of, categoryColours(clusters.count), text), names }
  }
  if (key === 'new rows' && beside.newRows !== null) {
    const { unit, drift } = beside.newRows
    const counts = new Float64Array(som.codebook.rows)
    for (const at of unit) if (at >= 0) counts[at]++
    const before = drift?.sharesBefore
    return sized(key, counts, (at) => {
      const beside = before ? `, ${percent(drift.sharesAfter[at])} of them, ${percent(before[at])} before` : ''
      return `${counts[at]} new rows${beside}`
    })
  }
  const classes = classColumns(beside).find(({ name }) => piesKey(name) === key)
  if (classes !== undefined && rows !== null) return piesOf(classes, rows.unit, som.codebook.rows)
  if (key === 'topographic error' && measured !== null) {
    const values = measured.units.topographicError
    return layer(key, NAMES[key], values, 'viridis', (unit) =>
      Number.isNaN(values[unit]) ? 'no rows' : `${Math.round(100 * values[unit])} % of its rows`,
    )
  }
  if (key === 'hits' && som.seen !== null) {
    const { hits } = som.seen
    return sized(key, hits, (unit) => `${shortNumber(hits[unit])} rows`)
  }
  if (key === 'error' && rows !== null) {
    const values = meanDistances(rows, som.codebook.rows)
    return layer(key, NAMES.error, values, 'viridis', (unit) => shortNumber(values[unit]) || 'no rows')
  }
  const heights = uMatrix(som)
  return layer('u-matrix', NAMES['u-matrix'], heights, 'cividis', (unit) => `U-matrix ${shortNumber(heights[unit])}`)
}

/** Numbers of rows, by colour and by how much of its cell each unit fills. */
function sized(key: string, rows: ArrayLike<number>, text: Layer['text']): Layer {
  const most = Math.max(1, rangeOf(rows)[1])
  const sizes = Float64Array.from(rows, (count) => (count > 0 ? 0.25 + 0.75 * Math.sqrt(count / most) : 0))
  return { ...layer(key, NAMES[key], rows, 'viridis', text), sizes }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

const NOTHING: Beside = { clusters: null, rows: null, table: null, measured: null, newRows: null }

/** A pie of the classes of each unit's rows. */
function piesOf({ name, codes, levels }: ColumnData, unit: Int32Array, units: number): Layer {
  const classes = levels.length
  const totals = new Float64Array(classes)
  for (const code of codes ?? []) if (code >= 0) totals[code]++
  // The most frequent class first, as in pictures, so that colours are the same.
  const order = Array.from(totals.keys()).sort((a, b) => totals[b] - totals[a])
  const placeOf = new Int32Array(classes)
  order.forEach((code, place) => {
    placeOf[code] = place
  })
  const names = order.map((code) => levels[code])
  const counts = new Float32Array(units * classes)
  for (let row = 0; row < unit.length; row++) {
    const code = codes?.[row] ?? -1
    if (code >= 0 && unit[row] >= 0) counts[unit[row] * classes + placeOf[code]]++
  }
  const text = (at: number): string => {
    const found = names.flatMap((level, k) => {
      const rows = counts[at * classes + k]
      return rows > 0 ? [`${rows} ${level}`] : []
    })
    return found.join(', ') || 'no rows'
  }
  const none = new Float64Array(units).fill(Number.NaN)
  const plain = layer(piesKey(name), `classes of ${name}`, none, categoryColours(classes), text)
  return { ...plain, pies: { classes, counts }, names }
}

function layer(
  key: string,
  name: string,
  values: ArrayLike<number>,
  colours: Layer['colours'],
  text: Layer['text'],
): Layer {
  return { key, name, values, colours, sizes: null, pies: null, names: [], text }
}

function meanDistances(
  { unit, distance }: { readonly unit: Int32Array; readonly distance: Float32Array },
  units: number,
): Float64Array {
  const [sums, counts] = [new Float64Array(units), new Float64Array(units)]
  for (let row = 0; row < unit.length; row++) {
    if (unit[row] < 0) continue
    sums[unit[row]] += distance[row]
    counts[unit[row]]++
  }
  return sums.map((sum, i) => sum / counts[i])
}
