import { type RandomSource, random, randomBelow } from '../../random.ts'
import { type Matrix, rowOf } from '../../rows/matrix.ts'
import { centresOf, squaredDistance } from './points.ts'

const RESTARTS = 10
const MOST_ROUNDS = 300

/**
 * The best of ten runs of Lloyd's rounds (S. P. Lloyd, Least squares quantization in PCM, 1982), each started by
 * k-means++ (D. Arthur, S. Vassilvitskii, 2007). If there are fewer distinct points than requested groups, there are
 * fewer groups.
 */
export function kMeans(points: Matrix, count: number, seed: number, restarts: number = RESTARTS): Uint32Array {
  let best: Found = { groups: new Uint32Array(points.rows), error: Number.POSITIVE_INFINITY }
  for (let run = 0; run < restarts; run++) {
    const found = lloyd(points, spreadOut(points, count, random(seed, 'k-means', run)))
    if (found.error < best.error) best = found
  }
  return best.groups
}

/** Points drawn one after another, each with a chance proportional to its squared distance from those before. */
function spreadOut(points: Matrix, count: number, source: RandomSource): Float64Array[] {
  const centres = [Float64Array.from(rowOf(points, randomBelow(source, points.rows)))]
  const nearest = new Float64Array(points.rows).fill(Number.POSITIVE_INFINITY)
  while (centres.length < count) {
    let total = 0
    for (let i = 0; i < points.rows; i++) {
      nearest[i] = Math.min(nearest[i], squaredDistance(rowOf(points, i), centres[centres.length - 1]))
      total += nearest[i]
    }
    if (total === 0) break
    let left = source() * total
    let chosen = nearest.findLastIndex((d) => d > 0)
    for (let i = 0; i < points.rows; i++) {
      left -= nearest[i]
      if (left < 0) {
        chosen = i
        break
      }
    }
    centres.push(Float64Array.from(rowOf(points, chosen)))
  }
  return centres
}

interface Found {
  readonly groups: Uint32Array
  /** Sum of squared distances to the means. */
  readonly error: number
}

function lloyd(points: Matrix, start: Float64Array[]): Found {
  const groups = new Uint32Array(points.rows)
  let centres = start
  let error = Number.POSITIVE_INFINITY
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let sum = 0
    for (let i = 0; i < points.rows; i++) {
      let least = Number.POSITIVE_INFINITY
      centres.forEach((centre, k) => {
        const d = squaredDistance(rowOf(points, i), centre)
        if (d < least) {
          least = d
          groups[i] = k
        }
      })
      sum += least
    }
    if (sum >= error) break
    error = sum
    // A group that has lost all its points stays in place.
    const next = centresOf(points, groups, centres.length)
    centres = next.map((centre, k) => (Number.isNaN(centre[0]) ? centres[k] : centre))
  }
  return { groups, error }
}
