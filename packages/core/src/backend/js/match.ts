import type { Metric } from '../../map/distance.ts'
import { isSparse, type Matrix, rowOf } from '../../rows/matrix.ts'
import type { Matches, Rows, Watch } from '../backend.ts'
import { denseSearch, distanceOf, type Nearest } from './dense-search.ts'
import { pacer } from './pacer.ts'
import { sparseSearch } from './sparse-search.ts'

/**
 * Best units and distances of samples, and second-best ones if requested, found by checking every unit. `hints` are
 * units expected to be near.
 */
export async function matchRows(
  metric: Metric,
  codebook: Matrix,
  samples: Rows,
  options: { readonly second: boolean; readonly hints?: Int32Array; readonly watch?: Watch },
): Promise<Matches> {
  const { matrix } = samples
  const seconds = options.second ? matrix.rows : 0
  const matches: Matches = {
    unit: new Int32Array(matrix.rows),
    distance: new Float32Array(matrix.rows),
    secondUnit: new Int32Array(seconds),
    secondDistance: new Float32Array(seconds),
  }
  const nearest: Nearest = { unit: -1, score: 0, secondUnit: -1, secondScore: 0 }
  const find = isSparse(matrix)
    ? sparseSearch(metric, codebook, matrix)
    : overRows(matrix, denseSearch(metric, codebook))
  const pace = pacer(options.watch)

  for (let i = 0; i < matrix.rows; i++) {
    find(i, options.hints?.[i] ?? -1, options.second, nearest)
    matches.unit[i] = nearest.unit
    matches.distance[i] = distanceOf(metric, nearest.score)
    if (options.second) {
      matches.secondUnit[i] = nearest.secondUnit
      matches.secondDistance[i] = distanceOf(metric, nearest.secondScore)
    }
    if (pace.due(codebook.data.length)) await pace.pause((i + 1) / matrix.rows)
  }
  return matches
}

function overRows(matrix: Matrix, search: ReturnType<typeof denseSearch>): ReturnType<typeof sparseSearch> {
  return (i, hint, wantSecond, found) => search(rowOf(matrix, i), hint, wantSecond, found)
}
