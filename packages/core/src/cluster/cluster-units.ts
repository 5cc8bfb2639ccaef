import Result from 'true-myth/result'
import { type Issue, Issues } from '../issue.ts'
import type { Matrix } from '../matrix.ts'
import { neighboursOf } from '../neighbours.ts'
import type { Som } from '../som.ts'
import { type Clusters, inOrder } from './clusters.ts'
import { consensus } from './consensus.ts'
import { type Separation, separation } from './indices.ts'
import { kMeans } from './k-means.ts'
import { cut } from './tree.ts'
import { ward } from './ward.ts'

export const CLUSTER_METHODS = ['ward', 'contiguous-ward', 'k-means', 'consensus'] as const
export type ClusterMethod = (typeof CLUSTER_METHODS)[number]

export interface ClusterOptions {
  /** `ward` by default; `contiguous-ward` merges neighbours on the lattice alone; `consensus` is what FlowSOM does. */
  readonly method?: ClusterMethod
  /** How many clusters; by default the number that three indices together propose. */
  readonly count?: number
  /** The largest number that is tried where none is given: √(2 units) by default, at most 20. */
  readonly most?: number
  /** Decides what k-means and consensus draw: 1 by default. */
  readonly seed?: number
}

/** A number of clusters that was tried, and how well they were told apart. */
export interface Tried extends Separation {
  readonly count: number
  /** Mean place of this number among those tried, by the three indices: lowest is proposed. */
  readonly place: number
}

export interface Clustering {
  readonly clusters: Clusters
  /** The numbers that were tried; empty where one was asked for. */
  readonly tried: readonly Tried[]
}

const MOST = 20
/** Above this, likenesses of all pairs of units take gigabytes, and hours. */
const MOST_CONSENSUS_UNITS = 4096

/**
 * Groups a map's units by their prototypes, those without a training row as well. Where no number is asked for, Davies-Bouldin, silhouette and Caliński-Harabasz each
 * rank the numbers from 2 on, and the one of the least mean place is taken, the smaller of two.
 */
export function clusterUnits(
  som: Pick<Som, 'lattice' | 'codebook'>,
  options: ClusterOptions = {},
): Result<Clustering, readonly Issue[]> {
  const { codebook } = som
  const { method = 'ward', seed = 1, count } = options
  const issues = new Issues()
  issues.choice('method', method, CLUSTER_METHODS)
  if (count !== undefined) issues.integer('count', count, 1, codebook.rows)
  if (options.most !== undefined) issues.integer('most', options.most, 2)
  if (method === 'consensus' && codebook.rows > MOST_CONSENSUS_UNITS)
    issues.add('method', `consensus: expected at most ${MOST_CONSENSUS_UNITS} units, found ${codebook.rows}; take ward`)
  if (issues.list.length > 0) return Result.err(issues.list)

  const groupsOf = grouping(som, method, seed)
  const clustersOf = (wanted: number): Clusters => {
    const of = inOrder(groupsOf(wanted))
    return { method, count: of.reduce((most, group) => Math.max(most, group + 1), 1), of, seed }
  }
  if (count !== undefined) return Result.ok({ clusters: clustersOf(count), tried: [] })
  const usual = Math.min(MOST, Math.max(2, Math.floor(Math.sqrt(2 * codebook.rows))))
  const most = Math.min(options.most ?? usual, codebook.rows - 1)
  const found = Array.from({ length: Math.max(0, most - 1) }, (_, i) => clustersOf(i + 2)).filter(
    ({ count }, i) => count === i + 2,
  )
  if (found.length === 0) return Result.ok({ clusters: clustersOf(1), tried: [] })
  const tried = placed(codebook, found)
  const best = tried.reduce((best, each, i) => (each.place < tried[best].place ? i : best), 0)
  return Result.ok({ clusters: found[best], tried })
}

function grouping(
  { lattice, codebook }: Pick<Som, 'lattice' | 'codebook'>,
  method: ClusterMethod,
  seed: number,
): (count: number) => Uint32Array {
  if (method === 'k-means') return (count) => kMeans(codebook, count, seed)
  if (method === 'consensus') return (count) => consensus(codebook, count, seed)
  const touching = lattice.cell === 'hexagonal' ? 6 : 4
  const merges = ward(codebook, method === 'ward' ? undefined : (unit) => neighboursOf(lattice, unit, touching))
  return (count) => cut(codebook.rows, merges, count)
}

function placed(points: Matrix, found: readonly Clusters[]): Tried[] {
  const figures = found.map(({ of, count }) => separation(points, of, count))
  const places = [
    ranks(figures.map(({ daviesBouldin }) => daviesBouldin)),
    ranks(figures.map(({ silhouette }) => -silhouette)),
    ranks(figures.map(({ calinskiHarabasz }) => -calinskiHarabasz)),
  ]
  return figures.map((figure, i) => ({
    count: found[i].count,
    ...figure,
    place: (places[0][i] + places[1][i] + places[2][i]) / 3,
  }))
}

/** The place of each figure, the least first; equal ones share the best place, NaN comes last. */
function ranks(figures: readonly number[]): number[] {
  const known = figures.map((x) => (Number.isNaN(x) ? Number.POSITIVE_INFINITY : x))
  return known.map((x) => 1 + known.filter((other) => other < x).length)
}
