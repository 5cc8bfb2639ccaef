import { type Matrix, rowOf } from '../../rows/matrix.ts'
import { centresOf, sizesOf, squaredDistance } from './points.ts'

/** How well groups of points are told apart; NaN for one group, or as many groups as points. */
export interface Separation {
  /** Mean over groups of their widths over the distance to the most alike other: lower is better. D. L. Davies, D. W. Bouldin, 1979. */
  readonly daviesBouldin: number
  /** Mean over points of (b - a) / max(a, b), a the mean distance in its group, b to the nearest other: higher is better. P. J. Rousseeuw, 1987. */
  readonly silhouette: number
  /** Variance between groups over that within, by their degrees of freedom: higher is better. T. Caliński, J. Harabasz, 1974. */
  readonly calinskiHarabasz: number
}

/** The three indices of groups 0 … count - 1, none of them empty, in euclidean distances. */
export function separation(points: Matrix, groups: ArrayLike<number>, count: number): Separation {
  if (count < 2 || count >= points.rows) {
    return { daviesBouldin: Number.NaN, silhouette: Number.NaN, calinskiHarabasz: Number.NaN }
  }
  const sizes = sizesOf(groups, count)
  const centres = centresOf(points, groups, count)
  return {
    daviesBouldin: daviesBouldin(points, groups, centres, sizes),
    silhouette: silhouette(points, groups, sizes),
    calinskiHarabasz: calinskiHarabasz(points, groups, centres, sizes),
  }
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

function silhouette(points: Matrix, groups: ArrayLike<number>, sizes: Float64Array): number {
  let sum = 0
  const total = new Float64Array(sizes.length)
  for (let i = 0; i < points.rows; i++) {
    const own = groups[i]
    if (sizes[own] === 1) continue
    total.fill(0)
    for (let j = 0; j < points.rows; j++)
      total[groups[j]] += Math.sqrt(squaredDistance(rowOf(points, i), rowOf(points, j)))
    const inside = total[own] / (sizes[own] - 1)
    const outside = Math.min(...Array.from(total, (d, k) => (k === own ? Number.POSITIVE_INFINITY : d / sizes[k])))
    const largest = Math.max(inside, outside)
    if (largest > 0) sum += (outside - inside) / largest
  }
  return sum / points.rows
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
