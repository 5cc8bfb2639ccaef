import { type Clusters, clusterNames, type Matches, type Samples, type Som } from '@som/core'

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
  matches: Pick<Matches, 'unit'>,
): Profile[] {
  const columns = som.features.map(({ name }) => samples.features.indexOf(name))
  const group = Array.from(matches.unit, (unit) => (unit < 0 ? -1 : clusters.of[unit]))
  const all = columns.map((column) => momentsOf(samples, column, () => true))
  const names = clusterNames(clusters)
  return Array.from({ length: clusters.count }, (_, cluster) => {
    const inside = (row: number): boolean => group[row] === cluster
    const differences = columns.map((column, f): Difference => {
      const { mean } = momentsOf(samples, column, inside)
      const deviations = all[f].deviation > 0 ? (mean - all[f].mean) / all[f].deviation : 0
      return { feature: som.features[f].name, mean, all: all[f].mean, deviations }
    })
    return {
      name: names[cluster],
      units: clusters.of.filter((of) => of === cluster).length,
      rows: group.filter((of) => of === cluster).length,
      differences: differences
        .filter(({ deviations }) => Number.isFinite(deviations))
        .sort((a, b) => Math.abs(b.deviations) - Math.abs(a.deviations)),
    }
  })
}

function momentsOf(
  { data, rows, features }: Samples,
  column: number,
  isIn: (row: number) => boolean,
): { mean: number; deviation: number } {
  let [count, mean, squares] = [0, 0, 0]
  for (let row = 0; row < rows; row++) {
    const x = data[row * features.length + column]
    if (Number.isNaN(x) || !isIn(row)) continue
    count++
    const before = x - mean
    mean += before / count
    squares += before * (x - mean)
  }
  return count === 0 ? { mean: Number.NaN, deviation: Number.NaN } : { mean, deviation: Math.sqrt(squares / count) }
}
