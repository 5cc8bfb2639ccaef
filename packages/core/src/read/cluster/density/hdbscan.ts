import type { Matrix } from '../../../rows/matrix.ts'
import { ballTree } from './ball-tree.ts'
import { type Condensed, condense } from './condense.ts'
import { coreDistances } from './core-distances.ts'
import { reachabilityTree } from './reachability-tree.ts'

/** A number of clusters that there are over a range of distances. */
export interface Level {
  readonly count: number
  /** The distances, in preprocessed units, within which rows reach each other: `from` is the smaller one. */
  readonly from: number
  readonly to: number
}

export interface DenseGroups {
  /** The group of each point, from 0 in no particular order; -1 for noise. */
  readonly of: Int32Array
  readonly levels: readonly Level[]
}

/** How dense groups are found. */
export interface DensityOptions {
  /** The least weight of a group. */
  readonly least: number
  /** The weight within a core distance. */
  readonly samples: number
  /** The number of groups; by default the most stable ones. */
  readonly count?: number
}

/**
 * Dense groups of weighted points by HDBSCAN (R. Campello, D. Moulavi, J. Sander 2013): what scikit-learn finds of as
 * many copies of each point. All are noise if no distance gives as many groups as `count`.
 */
export function hdbscan(
  points: Matrix,
  weights: ArrayLike<number>,
  { least, samples, count }: DensityOptions,
): DenseGroups {
  const balls = ballTree(points)
  const { order } = balls
  const reach = coreDistances(
    balls,
    Float64Array.from(order, (point) => weights[point]),
    samples,
  )
  const core = new Float64Array(points.rows)
  order.forEach((point, place) => {
    core[point] = reach[place]
  })
  const edges = reachabilityTree(balls, reach).map(({ one, other, squared }) => {
    return { one: order[one], other: order[other], squared }
  })
  const tree = condense(points, weights, core, edges, least)
  const found = levelsOf(tree)
  const level = found.find((one) => one.count === count)
  const chosen = count === undefined ? mostStable(tree) : level ? aliveAt(tree, level.density) : []
  const groups = groupsOf(tree, chosen)
  const most = level === undefined ? Number.NEGATIVE_INFINITY : level.density
  const of = tree.last.map((cluster, point) =>
    // At a level a point that has left its cluster before is noise.
    tree.left[point] > most || !chosen.includes(cluster) ? groups[cluster] : -1,
  )
  return { of, levels: found.map(({ density: _, ...level }) => level) }
}

/** Clusters none of which is in another, with the largest sum of stabilities; never all points. */
function mostStable({ clusters }: Condensed): number[] {
  const below = new Float64Array(clusters.length)
  const isChosen = new Uint8Array(clusters.length)
  for (let place = clusters.length - 1; place > 0; place--) {
    const { stability, parent } = clusters[place]
    isChosen[place] = stability >= below[place] ? 1 : 0
    below[parent] += Math.max(stability, below[place])
  }
  const isCovered = new Uint8Array(clusters.length)
  const chosen: number[] = []
  for (let place = 1; place < clusters.length; place++) {
    const { parent } = clusters[place]
    isCovered[place] = isCovered[parent] || isChosen[parent] ? 1 : 0
    if (isChosen[place] && !isCovered[place]) chosen.push(place)
  }
  return chosen
}

/** The clusters that there are at a density. */
const aliveAt = ({ clusters }: Condensed, density: number): number[] =>
  [...clusters.keys()].filter((place) => clusters[place].birth <= density && density < clusters[place].death)

/** For each cluster its place among the chosen, or that of the chosen one that it is in; -1 where it is in none. */
function groupsOf({ clusters }: Condensed, chosen: readonly number[]): Int32Array {
  const groups = new Int32Array(clusters.length).fill(-1)
  chosen.forEach((place, group) => {
    groups[place] = group
  })
  clusters.forEach(({ parent }, place) => {
    if (groups[place] < 0 && parent >= 0) groups[place] = groups[parent]
  })
  return groups
}

/** For each number of clusters the widest range of distances, as a ratio, in which there are as many. */
function levelsOf(tree: Condensed): (Level & { readonly density: number })[] {
  const densities = [...new Set(tree.clusters.flatMap(({ birth, death }) => [birth, death]))].sort((a, b) => a - b)
  const widest = new Map<number, ReturnType<typeof levelsOf>[number]>()
  for (const [i, density] of densities.slice(0, -1).entries()) {
    const count = aliveAt(tree, density).length
    const level = { count, density, from: 1 / densities[i + 1], to: 1 / density }
    const before = widest.get(count)
    if (before === undefined || level.to / level.from > before.to / before.from) widest.set(count, level)
  }
  return [...widest.values()].filter(({ count }) => count > 0).sort((a, b) => a.count - b.count)
}
