import { type Matrix, rowOf } from '../../rows/matrix.ts'
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

/** Of each grouping. A pair of points adds its distance to the sums of both, which come in the order of the points. */
function silhouettes(points: Matrix, groupings: readonly Grouping[]): number[] {
  const { rows } = points
  const all = groupings.map(({ groups, count }) => ({
    groups: Uint32Array.from(groups),
    sizes: sizesOf(groups, count),
    count,
    /** rows × groups: the sum of the distances of each point to those of each group. */
    totals: new Float64Array(rows * count),
  }))
  const distances = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    for (let j = i + 1; j < rows; j++) distances[j] = Math.sqrt(squaredDistanceOfRows(points, i, points, j))
    for (const { groups, count, totals } of all) {
      const [own, start] = [groups[i], i * count]
      for (let j = i + 1, at = j * count + own; j < rows; j++, at += count) {
        totals[start + groups[j]] += distances[j]
        totals[at] += distances[j]
      }
    }
  }
  return all.map(({ groups, sizes, count, totals }) => {
    let sum = 0
    for (let i = 0; i < rows; i++) sum += silhouetteOf(groups[i], totals.subarray(i * count, (i + 1) * count), sizes)
    return sum / rows
  })
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
