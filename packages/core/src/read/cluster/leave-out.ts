import type { Backend, Rows, Watch } from '../../backend/backend.ts'
import { logarithm } from '../../map/exponential.ts'
import type { Som } from '../../som.ts'
import { matchPrepared } from '../match.ts'
import type { Clusters } from './clusters.ts'
import { drawRows, takeRows } from './conductance/draw-rows.ts'
import { landmarksOf } from './conductance/landmarks.ts'
import { renumbered } from './renumbered.ts'

/** More rows than these are drawn from, so that the cost is bounded. */
const MOST_ROWS = 10_000
/** Codebooks on which a row is judged, and their landmarks for each root of the rows. */
const CODEBOOKS = 5
const LANDMARKS_A_ROOT = 4
/** Robust z-scores above these: of a row that is noise, and of the farthest that a row may be from its unit. */
const NOISE = 3.5
const REACH = 5
/** The median absolute deviation of a normal distribution is its standard deviation over this. */
const NORMAL = 1.4826
/** The same of the mean absolute deviation. */
const NORMAL_OF_MEAN = 1.2533

/**
 * Leaves rows that are far from all others out of their clusters (`docs/design/clusters.md`). A row is noise where the
 * logarithm of its mean distance to the five nearest landmarks is more than 3.5 robust z-scores above the median of its
 * cluster. A unit most of whose rows are noise is in no cluster, and each cluster has a reach: the median distance of
 * its other rows to their units and five robust deviations.
 */
export async function leaveOut<C extends Clusters>(
  som: Som,
  rows: Rows,
  clusters: C,
  { backend, ...watch }: Watch & { readonly backend: Backend },
): Promise<C> {
  const drawn = drawRows(rows, MOST_ROWS)
  const matched = await matchPrepared(som, drawn, { backend, ...watch, second: false })
  const known = takeRows(drawn, (row) => matched.unit[row] >= 0)
  const [unit, distance] = [
    matched.unit.filter((of) => of >= 0),
    matched.distance.filter((_, i) => matched.unit[i] >= 0),
  ]
  if (unit.length === 0) return clusters
  const { codebook, metric } = som
  const draws: Float64Array[] = []
  for (let draw = 0; draw < CODEBOOKS; draw++) {
    const most = Math.ceil(LANDMARKS_A_ROOT * Math.sqrt(unit.length))
    const fill = (row: number, feature: number): number => codebook.data[unit[row] * codebook.columns + feature]
    const { nearest } = await landmarksOf(known, { metric, seed: 1, draw, most, fill }, { backend, ...watch })
    draws.push(meansOf(nearest.distance, nearest.k))
  }
  const apart = logarithms(Float64Array.from(unit, (_, row) => median(draws.map((means) => means[row]))))
  const place = unit.map((of) => clusters.of[of])
  const noise = new Uint8Array(unit.length)
  for (let cluster = 0; cluster < clusters.count; cluster++) {
    const own = membersOf(place, cluster)
    const most = limitOf(
      own.map((row) => apart[row]),
      NOISE,
    )
    for (const row of own) noise[row] = apart[row] > most ? 1 : 0
  }
  const weights = new Float64Array(codebook.rows)
  noise.forEach((is, row) => {
    weights[unit[row]] += is === 1 ? known.weights[row] : -known.weights[row]
  })
  const left = clusters.of.map((cluster, of) => (weights[of] > 0 ? -1 : cluster))
  const reach = Array.from({ length: clusters.count }, (_, cluster) =>
    limitOf(
      membersOf(place, cluster)
        .filter((row) => noise[row] === 0 && left[unit[row]] >= 0)
        .map((row) => distance[row]),
      REACH,
    ),
  )
  return renumbered({ ...clusters, reach }, left, som.seen?.hits)
}

/** ln(1 + 10 d / mean d): finite also for rows that lie on their landmarks. */
function logarithms(distances: Float64Array): Float64Array {
  const mean = distances.reduce((sum, d) => sum + d, 0) / distances.length
  return mean > 0 ? distances.map((d) => logarithm(1 + (10 * d) / mean)) : distances.fill(0)
}

function meansOf(distances: Float32Array, k: number): Float64Array {
  return Float64Array.from({ length: distances.length / k }, (_, row) => {
    let [sum, count] = [0, 0]
    for (let at = row * k; at < (row + 1) * k; at++) {
      if (Number.isNaN(distances[at])) continue
      sum += distances[at]
      count++
    }
    return count > 0 ? sum / count : 0
  })
}

const membersOf = (place: Int32Array, cluster: number): number[] =>
  Array.from(place.keys()).filter((row) => place[row] === cluster)

/**
 * The median and so many robust standard deviations, by the median absolute deviation or, where most values are equal,
 * by the mean one (B. Iglewicz, D. Hoaglin, How to detect and handle outliers, 1993).
 */
function limitOf(values: readonly number[], deviations: number): number {
  if (values.length === 0) return 0
  const middle = median(values)
  const away = values.map((x) => Math.abs(x - middle))
  const typical = NORMAL * median(away) || (NORMAL_OF_MEAN * away.reduce((sum, x) => sum + x, 0)) / away.length
  return middle + deviations * typical
}

/** The upper one of two in the middle. */
function median(values: readonly number[]): number {
  return Float64Array.from(values).sort()[Math.floor(values.length / 2)]
}
