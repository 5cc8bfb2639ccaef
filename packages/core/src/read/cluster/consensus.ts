import { random, sampleIndices } from '../../random.ts'
import { chooseRows, type Matrix, rowOf } from '../../rows/matrix.ts'
import { averageLinkage } from './average-linkage.ts'
import { squaredDistance } from './points.ts'
import { cut, type Merge } from './tree.ts'

const DRAWS = 100
const SHARE = 0.9

/**
 * Groups that many resamples agree on: a hundred times, nine tenths of the points are clustered by average linkage into
 * `count` groups. The similarity of two points is how often they came together, of the times that both were drawn;
 * average linkage groups the points by it. S. Monti et al., Consensus clustering, 2003, with the settings that FlowSOM
 * established in cytometry (S. Van Gassen et al., 2015).
 */
export function consensus(points: Matrix, count: number, seed: number): Uint32Array {
  const { rows } = points
  const drawn = Math.max(Math.min(rows, count), Math.round(SHARE * rows))
  const together = new Float64Array(rows * rows)
  const both = new Float64Array(rows * rows)
  for (let draw = 0; draw < DRAWS; draw++) {
    const chosen = sampleIndices(random(seed, 'consensus', draw), rows, drawn)
    const some = chooseRows(points, chosen)
    const groups = cut(some.rows, averageLinkage(some.rows, distancesOf(some)), count)
    for (let a = 0; a < chosen.length; a++) {
      for (let b = 0; b < chosen.length; b++) {
        both[chosen[a] * rows + chosen[b]]++
        if (groups[a] === groups[b]) together[chosen[a] * rows + chosen[b]]++
      }
    }
  }
  const unlike = together.map((times, at) => (both[at] > 0 ? 1 - times / both[at] : 1))
  return cut(rows, averageLinkage(rows, unlike), count)
}

/** points × points euclidean distances. */
export function distancesOf(points: Matrix): Float64Array {
  const apart = new Float64Array(points.rows * points.rows)
  for (let a = 0; a < points.rows; a++) {
    for (let b = 0; b < a; b++) {
      const d = Math.sqrt(squaredDistance(rowOf(points, a), rowOf(points, b)))
      apart[a * points.rows + b] = d
      apart[b * points.rows + a] = d
    }
  }
  return apart
}

/** Average linkage of points, by euclidean distance. */
export function averageTree(points: Matrix): Merge[] {
  return averageLinkage(points.rows, distancesOf(points))
}
