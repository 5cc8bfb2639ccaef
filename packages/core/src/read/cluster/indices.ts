import { chooseRows, type Matrix, rowOf } from '../../rows/matrix.ts'
import { centresOf, sizesOf, squaredDistance, squaredDistanceOfRows } from './points.ts'

/** How well groups of points are separated; NaN for one group, or as many groups as points. */
export interface Separation {
  /**
   * Mean over groups of their widths over the distance to the most similar other group: lower is better. D. L. Davies,
   * D. W. Bouldin, 1979.
   */
  readonly daviesBouldin: number
  /**
   * Mean over points of (b - a) / max(a, b), a is the mean distance within its group, b to the nearest other group:
   * higher is better. P. J. Rousseeuw, 1987.
   */
  readonly silhouette: number
  /**
   * Variance between groups over variance within, each by its degrees of freedom: higher is better. T. Caliński, J.
   * Harabasz, 1974.
   */
  readonly calinskiHarabasz: number
}

/** Groups 0 … count - 1 of points, all non-empty. */
export interface Grouping {
  readonly groups: ArrayLike<number>
  readonly count: number
}

/** The three indices of groups 0 … count - 1, all non-empty, by euclidean distance. */
export function separation(points: Matrix, groups: ArrayLike<number>, count: number): Separation {
  return separations(points, [{ groups, count }])[0]
}

/**
 * As `separation`, for several groupings of the same points: the distance of each pair of points is computed once for
 * all of them.
 */
export function separations(points: Matrix, groupings: readonly Grouping[]): Separation[] {
  const isProper = ({ count }: Grouping): boolean => count >= 2 && count < points.rows
  const widths = silhouettes(points, groupings.filter(isProper))
  return groupings.map((grouping) => {
    if (!isProper(grouping)) return { daviesBouldin: Number.NaN, silhouette: Number.NaN, calinskiHarabasz: Number.NaN }
    const { groups, count } = grouping
    const sizes = sizesOf(groups, count)
    const centres = centresOf(points, groups, count)
    return {
      daviesBouldin: daviesBouldin(points, groups, centres, sizes),
      silhouette: widths.shift() ?? Number.NaN,
      calinskiHarabasz: calinskiHarabasz(points, groups, centres, sizes),
    }
  })
}

function daviesBouldin(
  points: Matrix,
  groups: ArrayLike<number>,
  centres: Float64Array[],
  sizes: Float64Array,
): number {
  const widths = new Float64Array(centres.length)
  for (let i = 0; i < points.rows; i++) {
    widths[groups[i]] += Math.sqrt(squaredDistance(rowOf(points, i), centres[groups[i]])) / sizes[groups[i]]
  }
  const worst = centres.map((a, k) => {
    const ratios = centres.map((b, m) => {
      const apart = Math.sqrt(squaredDistance(a, b))
      return m === k || apart === 0 ? 0 : (widths[k] + widths[m]) / apart
    })
    return Math.max(...ratios)
  })
  return worst.reduce((sum, x) => sum + x, 0) / centres.length
}

/**
 * Of each grouping. Points that are together in all groupings are a cell: distances are added up by cells, and then by
 * the groups that cells are in, which for cuts of one tree are few additions.
 */
function silhouettes(points: Matrix, groupings: readonly Grouping[]): number[] {
  const { rows } = points
  const { cells, count: width } = cellsOf(rows, groupings)
  const half = groupings.length >> 1
  if (width > MOST_CELLS && half > 0)
    return [...silhouettes(points, groupings.slice(0, half)), ...silhouettes(points, groupings.slice(half))]
  const all = groupings.map(({ groups, count }) => {
    const groupOf = new Uint32Array(width)
    for (let i = 0; i < rows; i++) groupOf[cells[i]] = groups[i]
    return { groups, groupOf, sizes: sizesOf(groups, count), total: new Float64Array(count), sum: 0 }
  })
  const order = Uint32Array.from({ length: rows }, (_, i) => i).sort((a, b) => cells[a] - cells[b] || a - b)
  const sorted = chooseRows(points, order)
  const totals = new Float64Array(rows * width)
  for (let i = 0; i < rows; i++) {
    const own = cells[order[i]]
    for (let j = i + 1; j < rows; j++) {
      const distance = Math.sqrt(squaredDistanceOfRows(sorted, i, sorted, j))
      totals[i * width + cells[order[j]]] += distance
      totals[j * width + own] += distance
    }
    for (const one of all) {
      one.total.fill(0)
      for (let cell = 0; cell < width; cell++) one.total[one.groupOf[cell]] += totals[i * width + cell]
      one.sum += silhouetteOf(one.groups[order[i]], one.total, one.sizes)
    }
  }
  return all.map(({ sum }) => sum / rows)
}

/** More cells than these take more memory than they save time. */
const MOST_CELLS = 512

/** The cell of each point: points of one cell are in one group of every grouping. */
function cellsOf(
  rows: number,
  groupings: readonly Grouping[],
): { readonly cells: Uint32Array; readonly count: number } {
  let [cells, count] = [new Uint32Array(rows), 1]
  for (const { groups, count: width } of groupings) {
    const found = new Map<number, number>()
    cells = cells.map((cell, i) => {
      const pair = cell * width + groups[i]
      const known = found.get(pair) ?? found.size
      found.set(pair, known)
      return known
    })
    count = found.size
  }
  return { cells, count }
}

/** (b - a) / max(a, b) of a point of group `own`, by its total distances to each group; 0 for a group of one. */
function silhouetteOf(own: number, total: Float64Array, sizes: Float64Array): number {
  if (sizes[own] === 1) return 0
  const inside = total[own] / (sizes[own] - 1)
  let outside = Number.POSITIVE_INFINITY
  for (let k = 0; k < total.length; k++) if (k !== own) outside = Math.min(outside, total[k] / sizes[k])
  const largest = Math.max(inside, outside)
  return largest > 0 ? (outside - inside) / largest : 0
}

function calinskiHarabasz(
  points: Matrix,
  groups: ArrayLike<number>,
  centres: Float64Array[],
  sizes: Float64Array,
): number {
  const [middle] = centresOf(points, new Uint8Array(points.rows), 1)
  const between = centres.reduce((sum, centre, k) => sum + sizes[k] * squaredDistance(centre, middle), 0)
  let within = 0
  for (let i = 0; i < points.rows; i++) within += squaredDistance(rowOf(points, i), centres[groups[i]])
  return within === 0 ? 1 : between / (centres.length - 1) / (within / (points.rows - centres.length))
}
