import { type Rows, rowDistance, type Som, uMatrix } from '@som/core'
import { checkNumber } from '../check.ts'
import { checkRows, counts, denseRow, forEachRow } from './row-distances.ts'

/**
 * Share of the rows within a Pareto sphere: the smallest share with the most information. A. Ultsch, Pareto density
 * estimation, 2003.
 */
const PARETO_SHARE = 0.2013
/** The most rows for computing the radius, evenly spaced, since it needs the distances of all pairs. */
const MOST_ROWS = 1000

/**
 * The radius within which the median row has 20.13 % of the rows, including itself, in the map's metric; 0 without
 * rows. Rows with weight 0 or without any value are ignored. Rows that share no feature are farther from each other
 * than any others; a row that reaches its share only through such rows does not count for the median. A. Ultsch, Pareto
 * density estimation: a density estimation for knowledge discovery, 2003.
 */
export function paretoRadius(som: Pick<Som, 'metric' | 'codebook'>, rows: Rows): number {
  checkRows(som, rows)
  const distance = rowDistance(som.metric)
  const used = Array.from({ length: rows.matrix.rows }, (_, i) => i).filter((i) => counts(rows, i))
  const count = Math.min(used.length, MOST_ROWS)
  const sample = Array.from({ length: count }, (_, i) =>
    denseRow(rows.matrix, used[Math.floor((i * used.length) / count)]),
  )
  const nth = Math.ceil(PARETO_SHARE * count) - 1
  const reaches = sample.map((row) => Float64Array.from(sample, (other) => distance(row, other)).sort()[nth])
  const known = Float64Array.from(reaches.filter(Number.isFinite)).sort()
  return known.length === 0 ? 0 : known[Math.floor((known.length - 1) / 2)]
}

/**
 * The P-matrix: total weight of rows nearer than `radius` to each prototype, P(k) = #{i: d(xᵢ, wₖ) < radius}: the
 * density of the data there. A. Ultsch, Maps for the visualization of high-dimensional data spaces, WSOM 2003.
 */
export function pMatrix(
  som: Pick<Som, 'metric' | 'codebook'>,
  rows: Rows,
  radius: number = paretoRadius(som, rows),
): Float64Array {
  checkRows(som, rows)
  checkNumber('radius', radius, 0)
  const density = new Float64Array(som.codebook.rows)
  forEachRow(som, rows, (distances, weight) => {
    for (let unit = 0; unit < density.length; unit++) if (distances[unit] < radius) density[unit] += weight
  })
  return density
}

/**
 * The U*-matrix: U*(k) = U(k) · ((P(k) - mean P) / (mean P - max P) + 1). Heights are as in the U-matrix where the
 * density is its mean, 0 where it is greatest, and more where there are few rows: distances within dense regions no
 * longer look like borders. Where the density is everywhere the same, the U-matrix. A. Ultsch, U*-matrix: a tool to
 * visualize clusters in high dimensional data, 2003.
 */
export function uStarMatrix(
  som: Pick<Som, 'lattice' | 'metric' | 'codebook'>,
  density: ArrayLike<number>,
): Float64Array {
  const heights = uMatrix(som)
  const values = Array.from(density)
  const mean = values.reduce((sum, p) => sum + p, 0) / values.length
  const most = values.reduce((largest, p) => Math.max(largest, p), 0)
  if (!(mean < most)) return heights
  return heights.map((height, unit) => height * ((values[unit] - mean) / (mean - most) + 1))
}
