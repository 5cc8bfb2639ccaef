import { type Clusters, clusterNames, componentPlane, type Som, UNCLUSTERED, uMatrix } from '@som/core'
import { categoryColours } from '@som/map-view'
import { shortNumber } from '../table/table-data.ts'

/** What a map can be coloured by. */
export interface Layer {
  readonly key: string
  readonly name: string
  readonly values: ArrayLike<number>
  readonly colours: readonly string[] | 'viridis' | 'cividis'
  readonly sizes: Float64Array | null
  readonly text: (unit: number) => string
}

export const LAYERS = ['u-matrix', 'hits', 'error', 'clusters'] as const

export const NAMES: Readonly<Record<string, string>> = {
  'u-matrix': 'U-matrix',
  hits: 'rows per unit',
  error: 'distance of its rows',
  clusters: 'clusters',
}

export const planeKey = (feature: string): string => `plane ${feature}`

/** A layer by its key; the U-matrix where there is no such. */
export function layerOf(
  key: string,
  som: Som,
  clusters: Clusters | null,
  rows: { readonly unit: Int32Array; readonly distance: Float32Array } | null,
): Layer {
  const feature = som.features.find(({ name }) => planeKey(name) === key)
  if (feature !== undefined) {
    const values = componentPlane(som, feature.name)
    return layer(key, feature.name, values, 'viridis', (unit) => `${feature.name} ${shortNumber(values[unit])}`)
  }
  if (key === 'clusters' && clusters !== null) {
    const names = clusterNames(clusters)
    return layer(
      key,
      NAMES.clusters,
      clusters.of,
      categoryColours(clusters.count),
      (unit) => names[clusters.of[unit]] ?? UNCLUSTERED,
    )
  }
  if (key === 'hits' && som.seen !== null) {
    const { hits } = som.seen
    const most = hits.reduce((a, b) => Math.max(a, b), 1)
    const sizes = hits.map((hit) => (hit > 0 ? 0.25 + 0.75 * Math.sqrt(hit / most) : 0))
    return { ...layer(key, NAMES.hits, hits, 'viridis', (unit) => `${shortNumber(hits[unit])} rows`), sizes }
  }
  if (key === 'error' && rows !== null) {
    const values = meanDistances(rows, som.codebook.rows)
    return layer(key, NAMES.error, values, 'viridis', (unit) => shortNumber(values[unit]) || 'no rows')
  }
  const heights = uMatrix(som)
  return layer('u-matrix', NAMES['u-matrix'], heights, 'cividis', (unit) => `U-matrix ${shortNumber(heights[unit])}`)
}

function layer(
  key: string,
  name: string,
  values: ArrayLike<number>,
  colours: Layer['colours'],
  text: Layer['text'],
): Layer {
  return { key, name, values, colours, sizes: null, text }
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
