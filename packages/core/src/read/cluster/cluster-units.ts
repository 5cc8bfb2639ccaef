import Result from 'true-myth/result'
import { checkSom } from '../../check-som.ts'
import { type Issue, Issues, show } from '../../issue.ts'
import { neighboursOf } from '../../map/neighbours.ts'
import { checkByTable } from '../../plan/check-value.ts'
import type { Option } from '../../plan/option-table.ts'
import type { FeatureSource } from '../../rows/feature-source.ts'
import { chooseRows, type Matrix } from '../../rows/matrix.ts'
import type { Som } from '../../som.ts'
import { drain } from './basins/drain.ts'
import { bySize, type Clusters } from './clusters.ts'
import { consensus } from './consensus.ts'
import { hdbscan, type Level } from './density/hdbscan.ts'
import { type Separation, separations } from './indices.ts'
import { kMeans } from './k-means.ts'
import { type Mixture, mix } from './mixture/mix.ts'
import { nearestPoints } from './points.ts'
import { cut } from './tree.ts'
import { ward } from './ward.ts'

/** Methods that look at prototypes alone. */
export const UNIT_METHODS = [
  'ward',
  'contiguous-ward',
  'k-means',
  'consensus',
  'gmm',
  'hdbscan',
  'watershed',
  'u-star',
] as const
/** All methods; the first needs rows. */
export const CLUSTER_METHODS: readonly ['conductance', ...typeof UNIT_METHODS] = ['conductance', ...UNIT_METHODS]
export type ClusterMethod = (typeof CLUSTER_METHODS)[number]
type UnitMethod = (typeof UNIT_METHODS)[number]

export interface ClusterOptions {
  /**
   * `conductance` finds groups of any shape in rows, and is the default of `clusterRows` where no number is given and
   * no feature is a category; `ward` is the default otherwise. `contiguous-ward` only merges neighbours on the lattice;
   * `consensus` is FlowSOM's method; `gmm` fits mixtures of Gaussians to units, weighted by their training rows;
   * `hdbscan` finds dense groups of them, and leaves the others unclustered; `watershed` finds basins of the U-matrix,
   * `u-star` those of the U*-matrix.
   */
  readonly method?: ClusterMethod
  /**
   * How many clusters; by default as many as `conductance` finds, as are most stable for `hdbscan`, as have the least
   * Bayesian information criterion for `gmm`, as there are basins behind borders for `watershed` and `u-star`, or as
   * three indices together propose.
   */
  readonly count?: number
  /** The largest number to try if `count` is not given: √(2 units) by default, at most 20; for `conductance` 40. */
  readonly most?: number
  /** The seed of conductance, k-means, gmm and consensus: 1 by default. */
  readonly seed?: number
  /**
   * Of `conductance`: the number of codebooks on which groups are checked. 10 by default, 5 for more than 2,000 rows;
   * fewer are faster and err more often.
   */
  readonly checks?: number
  /**
   * Of `hdbscan`, `watershed` and `u-star`: the weight of the training rows that a cluster has at least; 2 % of all by
   * default, at least 5.
   */
  readonly least?: number
  /**
   * Whether rows far from all others are left out of the clusters: `unclustered`. Needs rows. False by default, since
   * up to 2 % of rows that belong to a group are left out too.
   */
  readonly noise?: boolean
}

/**
 * The method that `clusterRows` takes for these options, and for features from these sources: `conductance`, but `ward`
 * where a number is given or a category takes part. Levels of a category leave rows apart whatever they are, so that
 * each combination of levels would be a group.
 */
export function methodFor(
  { method, count }: Pick<ClusterOptions, 'method' | 'count'>,
  sources: readonly (FeatureSource | undefined)[],
): ClusterMethod {
  const hasCategory = sources.some((source) => source !== undefined && 'level' in source)
  return method ?? (count === undefined && !hasCategory ? 'conductance' : 'ward')
}

/** A number of clusters that was tried, and how well separated they are. */
export interface Tried extends Separation {
  readonly count: number
  /** Mean rank of this number among those tried, over the three indices: the lowest is proposed. */
  readonly place: number
}

/** Groups that `conductance` finds linked as strongly as this, or more strongly, are one. */
export const LEAST_LINK = 0.36

/** How strongly the two most alike of a number of groups are linked, by `conductance`. */
export interface Link {
  readonly count: number
  /** What joins the two, relative to what joins each within itself: `LEAST_LINK` or more makes them one. */
  readonly link: number
}

export interface Clustering {
  readonly clusters: Clusters & { readonly method: ClusterMethod }
  /** The numbers tried by the three indices; empty if `count` was given. */
  readonly tried: readonly Tried[]
  /** Of `conductance`: the numbers of groups from the parts first found down to two. */
  readonly links: readonly Link[]
  /**
   * Of `hdbscan`: the numbers of clusters there are, each over a range of distances. Of `watershed` and `u-star`: each
   * over a range of depths, how many times as high a pass is as the basins beside it are on average.
   */
  readonly levels: readonly Level[]
  /** Of `gmm`: the best mixture of each number of clusters that was tried. */
  readonly mixtures: readonly Mixture[]
}

/** What a method has not looked at. */
export const NO_FIGURES = { tried: [], links: [], levels: [], mixtures: [] } as const

const MOST = 20
/** Above this, the similarities of all pairs of units take gigabytes, and hours. */
const MOST_CONSENSUS_UNITS = 4096

/**
 * Groups a map's units by their prototypes. Units without a training row lie between groups and would blur them, so
 * they join the cluster of the nearest prototype that has one (`contiguous-ward`, which needs the whole lattice, groups
 * them with the others). If no number is given, Davies-Bouldin, silhouette and Caliński-Harabasz each rank the numbers
 * from 2 up, and the best average rank is chosen, the smaller number in a tie. Clusters are numbered by the weight of
 * their training rows, the largest first, where there are any, else by their units; those of one size by their first
 * units.
 */
export function clusterUnits(
  som: Pick<Som, 'lattice' | 'codebook'> & Partial<Pick<Som, 'seen'>>,
  options: ClusterOptions = {},
): Result<Clustering, readonly Issue[]> {
  const issues = new Issues()
  if (!checkSom(som, issues, ['lattice', 'codebook'])) return Result.err(issues.list)
  const { method: asked = 'ward', seed = 1, count, most: largest, noise } = options ?? {}
  if (asked === 'conductance') return Result.err([NEEDS_ROWS])
  const method: UnitMethod = asked
  const used = usedUnits(som, method)
  const points = chooseRows(som.codebook, used)
  checkByTable(options, optionsFor(points.rows, UNIT_METHODS, 'ward'), issues)
  checkNoise(noise, issues)
  if (noise === true) issues.add('noise', 'looks at rows, and a map alone has none; give rows too')
  if (method === 'consensus' && points.rows > MOST_CONSENSUS_UNITS)
    issues.add('method', `consensus: expected at most ${MOST_CONSENSUS_UNITS} units, found ${points.rows}; use ward`)
  if (issues.list.length > 0) return Result.err(issues.list)

  const nearest = nearestPoints(som.codebook, allUnits(som.codebook), points, used)
  const weights = weightsOf(som, used)
  const least = leastOf(weights, options?.least)
  /** What a method has found of the points, or of all units. */
  const clustering = (groups: ArrayLike<number>, figures: Partial<Clustering>): Clustering => {
    const of = bySize(
      Int32Array.from(nearest, (point) => groups[point]),
      som.seen?.hits,
    )
    return { clusters: { method, count: countOf(of), of, seed }, ...NO_FIGURES, ...figures }
  }
  if (method === 'hdbscan') {
    const { of, levels } = hdbscan(points, weights, { least, samples: least, count })
    if (count !== undefined && !levels.some((level) => level.count === count)) {
      const counts = levels.map((level) => level.count).join(', ')
      const message = `expected one of the numbers of dense groups in these rows: ${counts || 'none'}; found ${count}`
      return Result.err([{ path: 'count', message }])
    }
    return Result.ok(clustering(of, { levels }))
  }
  if (method === 'watershed' || method === 'u-star') {
    const { groups, levels, most } = drain(som, weights, { isStar: method === 'u-star', least, count })
    const message = `expected at most ${most}, the basins of this map, found ${count}`
    if (count !== undefined && count > most) return Result.err([{ path: 'count', message }])
    return Result.ok(clustering(groups, { levels }))
  }
  if (method === 'gmm') {
    const most = Math.min(largest ?? usualMost(points.rows), points.rows)
    const counts = count === undefined ? Array.from({ length: most }, (_, i) => i + 1) : [Math.min(count, points.rows)]
    const { groups, mixtures } = mix(points, weights, counts, seed)
    return Result.ok(clustering(groups, { mixtures: count === undefined ? mixtures : [] }))
  }
  const groupsOf = grouping(som, points, method, seed)
  const clustersOf = (wanted: number): Clustering['clusters'] => clustering(groupsOf(wanted), {}).clusters
  if (count !== undefined) return Result.ok({ clusters: clustersOf(count), ...NO_FIGURES })
  const most = Math.min(largest ?? usualMost(points.rows), points.rows - 1)
  const found = Array.from({ length: Math.max(0, most - 1) }, (_, i) => clustersOf(i + 2)).filter(
    ({ count }, i) => count === i + 2,
  )
  if (found.length === 0) return Result.ok({ clusters: clustersOf(1), ...NO_FIGURES })
  const tried = placed(points, found, used)
  const best = tried.reduce((best, each, i) => (each.place < tried[best].place ? i : best), 0)
  return Result.ok({ clusters: found[best], ...NO_FIGURES, tried })
}

const NEEDS_ROWS = {
  path: 'method',
  message: `conductance: looks at rows, and a map alone has none; give rows too, or choose one of ${UNIT_METHODS.join(', ')}`,
}

/** The least share of the rows in a dense group, and the least weight. */
const LEAST_SHARE = 0.02
const LEAST_WEIGHT = 5

/** The least weight of a cluster, of the weights of all units. */
function leastOf(weights: Float64Array, least: number | undefined): number {
  return least ?? Math.max(LEAST_WEIGHT, LEAST_SHARE * weights.reduce((sum, weight) => sum + weight, 0))
}

/** The training rows of units; 1 each where there are none. */
function weightsOf(som: Partial<Pick<Som, 'seen'>>, units: Uint32Array): Float64Array {
  const weights = Float64Array.from(units, (unit) => som.seen?.hits[unit] ?? 1)
  return weights.some((weight) => weight > 0) ? weights : weights.fill(1)
}

const countOf = (of: Int32Array): number => of.reduce((most, group) => Math.max(most, group + 1), 0)

/** What options of clustering must be. */
export const optionsFor = (
  units: number,
  methods: readonly ClusterMethod[],
  method: ClusterMethod,
): Readonly<Record<keyof ClusterOptions, Option>> => ({
  method: { kind: 'choice', of: methods, default: method },
  count: { kind: 'integer', least: 1, most: units },
  most: { kind: 'integer', least: 2 },
  seed: { kind: 'integer', least: 0, default: 1 },
  checks: { kind: 'integer', least: 0, default: 10 },
  least: { kind: 'number', least: 2 },
  noise: { kind: 'object' },
})

export function checkNoise(noise: unknown, issues: Issues): void {
  if (noise !== undefined && typeof noise !== 'boolean')
    issues.add('noise', `expected true or false, found ${show(noise)}`)
}

/** Methods that look at the whole lattice. */
const WHOLE: ReadonlySet<UnitMethod> = new Set<UnitMethod>(['contiguous-ward', 'watershed', 'u-star'])

/** The largest number to try where none is given. */
const usualMost = (units: number): number => Math.min(MOST, Math.max(2, Math.floor(Math.sqrt(2 * units))))

const allUnits = ({ rows }: Matrix): Uint32Array => Uint32Array.from({ length: rows }, (_, unit) => unit)

/** The units to group: those with a training row, if training is finished and there are any. */
function usedUnits(
  { codebook, seen }: Pick<Som, 'codebook'> & Partial<Pick<Som, 'seen'>>,
  method: UnitMethod,
): Uint32Array {
  const all = allUnits(codebook)
  if (!seen || WHOLE.has(method)) return all
  const used = all.filter((unit) => seen.hits[unit] > 0)
  return used.length > 0 ? used : all
}

function grouping(
  { lattice }: Pick<Som, 'lattice'>,
  points: Matrix,
  method: 'ward' | 'contiguous-ward' | 'k-means' | 'consensus',
  seed: number,
): (count: number) => Uint32Array {
  if (method === 'k-means') return (count) => kMeans(points, count, seed)
  if (method === 'consensus') return (count) => consensus(points, count, seed)
  const touching = lattice.cell === 'hexagonal' ? 6 : 4
  const merges = ward(points, method === 'ward' ? undefined : (unit) => neighboursOf(lattice, unit, touching))
  return (count) => cut(points.rows, merges, count)
}

function placed(points: Matrix, found: readonly Clusters[], used: Uint32Array): Tried[] {
  const figures = separations(
    points,
    found.map(({ of, count }) => ({ groups: used.map((unit) => of[unit]), count })),
  )
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

/** The rank of each figure, the smallest first; equal ones share the best rank, NaN comes last. */
function ranks(figures: readonly number[]): number[] {
  const known = figures.map((x) => (Number.isNaN(x) ? Number.POSITIVE_INFINITY : x))
  return known.map((x) => 1 + known.filter((other) => other < x).length)
}
