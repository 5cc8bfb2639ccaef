import { distanceFunction } from '../../map/distance.ts'
import { rowOf } from '../../rows/matrix.ts'
import type { Som } from '../../som.ts'
import { sammon } from './sammon.ts'

/**
 * Places of the units by Sammon's mapping of the distances between their prototypes, spread as widely as on the
 * lattice, whose places are given: units × 2.
 */
export function sammonPlaces(
  { codebook, metric }: Pick<Som, 'codebook' | 'metric'>,
  lattice: Float64Array,
): Float64Array {
  const { rows } = codebook
  const distance = distanceFunction(metric)
  const prototypes = Array.from({ length: rows }, (_, unit) => rowOf(codebook, unit))
  const distances = new Float64Array(rows * rows)
  for (let a = 0; a < rows; a++)
    for (let b = 0; b < a; b++) {
      const apart = distance(prototypes[a], prototypes[b])
      distances[a * rows + b] = apart
      distances[b * rows + a] = apart
    }
  const { x, y } = sammon(distances, rows)
  const places = Float64Array.from({ length: 2 * rows }, (_, at) => (at % 2 === 0 ? x : y)[at >> 1])
  const spread = spreadOf(places)
  // Units in one place stay there.
  const scale = spread > 0 ? Math.sqrt(spreadOf(lattice) / spread) : 1
  return places.map((at) => at * scale)
}

/** The sum of the squared distances from the middle. */
function spreadOf(places: Float64Array): number {
  const middle = [0, 0]
  places.forEach((at, i) => {
    middle[i % 2] += (2 * at) / places.length
  })
  return places.reduce((sum, at, i) => sum + (at - middle[i % 2]) * (at - middle[i % 2]), 0)
}
