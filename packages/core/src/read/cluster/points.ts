import { type Matrix, rowOf } from '../../rows/matrix.ts'

/** Σ(x - y)² */
export function squaredDistance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0
  for (let f = 0; f < x.length; f++) sum += (x[f] - y[f]) ** 2
  return sum
}

/** Σ(x - y)² of row `i` of one matrix and row `j` of another, without creating views: for loops over pairs. */
export function squaredDistanceOfRows(a: Matrix, i: number, b: Matrix, j: number): number {
  const width = a.columns
  let sum = 0
  for (let f = 0, p = i * width, q = j * width; f < width; f++, p++, q++) {
    const d = a.data[p] - b.data[q]
    sum += d * d
  }
  return sum
}

/** For each of these units its own point, or the nearest one; `used` has the unit of each point. */
export function nearestPoints(
  codebook: Matrix,
  units: ArrayLike<number>,
  points: Matrix,
  used: ArrayLike<number>,
): Uint32Array {
  const place = new Map(Array.from(used, (unit, point) => [unit, point]))
  return Uint32Array.from(units, (unit) => {
    const own = place.get(unit)
    if (own !== undefined) return own
    let [nearest, least] = [0, Number.POSITIVE_INFINITY]
    for (let point = 0; point < points.rows; point++) {
      const d = squaredDistanceOfRows(codebook, unit, points, point)
      if (d < least) [nearest, least] = [point, d]
    }
    return nearest
  })
}

/** The mean of the points of each group; NaN for a group without a point. */
export function centresOf(points: Matrix, groups: ArrayLike<number>, count: number): Float64Array[] {
  const sums = Array.from({ length: count }, () => new Float64Array(points.columns))
  const sizes = new Float64Array(count)
  for (let i = 0; i < points.rows; i++) {
    const x = rowOf(points, i)
    for (let f = 0; f < x.length; f++) sums[groups[i]][f] += x[f]
    sizes[groups[i]]++
  }
  return sums.map((sum, group) => sum.map((x) => x / sizes[group]))
}

/** The number of points of each group. */
export function sizesOf(groups: ArrayLike<number>, count: number): Float64Array {
  const sizes = new Float64Array(count)
  for (let i = 0; i < groups.length; i++) sizes[groups[i]]++
  return sizes
}
