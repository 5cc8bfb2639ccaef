import { type Clusters, clusterNames, clustersOfRows, type Matches, type Samples, type Som } from '@som/core'

/** A feature in which a cluster differs from all rows. */
export interface Difference {
  readonly feature: string
  /** Mean of the cluster's rows and of all rows, in the user's units. */
  readonly mean: number
  readonly all: number
  /** Their difference, in standard deviations of all rows. */
  readonly deviations: number
}

export interface Profile {
  readonly name: string
  readonly units: number
  readonly rows: number
  /** Its distinguishing features, the largest difference first. */
  readonly differences: readonly Difference[]
}

/** What sets each cluster apart, by the means of its rows. */
export function profilesOf(
  som: Pick<Som, 'features'>,
  clusters: Clusters,
  samples: Samples,
  matches: Pick<Matches, 'unit' | 'distance'>,
): Profile[] {
  const columns = som.features.map(({ name }) => samples.features.indexOf(name))
  const group = clustersOfRows(clusters, matches)
  const all = momentsOf(samples, columns)
  const within = meansOf(samples, columns, group, clusters.count)
  const names = clusterNames(clusters)
  const [rows, units] = [group, clusters.of].map((of) => sizesOf(of, clusters.count))
  return Array.from({ length: clusters.count }, (_, cluster) => {
    const differences = columns.map((_, f): Difference => {
      const mean = within[cluster * columns.length + f]
      const deviations = all[f].deviation > 0 ? (mean - all[f].mean) / all[f].deviation : 0
      return { feature: som.features[f].name, mean, all: all[f].mean, deviations }
    })
    return {
      name: names[cluster],
      units: units[cluster],
      rows: rows[cluster],
      differences: differences
        .filter(({ deviations }) => Number.isFinite(deviations))
        .sort((a, b) => Math.abs(b.deviations) - Math.abs(a.deviations)),
    }
  })
}

/** How many are in each cluster. */
function sizesOf(of: ArrayLike<number>, count: number): number[] {
  const sizes: number[] = Array(count).fill(0)
  for (let i = 0; i < of.length; i++) if (of[i] >= 0) sizes[of[i]]++
  return sizes
}

interface Moments {
  readonly mean: number
  readonly deviation: number
}

/** Of each of `columns`, over all rows. */
function momentsOf({ data, rows, features }: Samples, columns: readonly number[]): Moments[] {
  const [counts, means, squares] = [0, 1, 2].map(() => new Float64Array(columns.length))
  for (let row = 0; row < rows; row++) {
    const at = row * features.length
    for (let f = 0; f < columns.length; f++) {
      const x = data[at + columns[f]]
      if (Number.isNaN(x)) continue
      const before = x - means[f]
      means[f] += before / ++counts[f]
      squares[f] += before * (x - means[f])
    }
  }
  return columns.map((_, f) => {
    if (counts[f] === 0) return { mean: Number.NaN, deviation: Number.NaN }
    return { mean: means[f], deviation: Math.sqrt(squares[f] / counts[f]) }
  })
}

/** The mean of each of `columns` in each group of rows: groups × columns, NaN without a value. */
function meansOf(
  { data, features }: Samples,
  columns: readonly number[],
  group: Int32Array,
  groups: number,
): Float64Array {
  const means = new Float64Array(groups * columns.length)
  const counts = new Float64Array(groups * columns.length)
  for (let row = 0; row < group.length; row++) {
    if (group[row] < 0) continue
    const at = row * features.length
    const start = group[row] * columns.length
    for (let f = 0; f < columns.length; f++) {
      const x = data[at + columns[f]]
      if (!Number.isNaN(x)) means[start + f] += (x - means[start + f]) / ++counts[start + f]
    }
  }
  return means.map((mean, at) => (counts[at] > 0 ? mean : Number.NaN))
}
