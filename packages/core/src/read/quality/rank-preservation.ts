/** The distance from object i to object j. */
export type Between = (i: number, j: number) => number

export interface RankPreservation {
  /**
   * 1 minus the penalty for objects that are near on the map but not in the data, by their rank in the data. J. Venna,
   * S. Kaski, Neighborhood preservation in nonlinear projection methods, ICANN 2001.
   */
  readonly trustworthiness: number
  /** 1 minus the penalty for objects that are near in the data but not on the map; the same paper. */
  readonly continuity: number
  /**
   * The mean share of the nearest in the data that are among the nearest on the map. J. A. Lee, M. Verleysen, Quality
   * assessment of dimensionality reduction, 2009.
   */
  readonly neighbourhoodPreservation: number
}

/**
 * How well a map preserves the `nearest` neighbours of `count` objects. Objects at equal distance share their ranks:
 * each figure is the mean over all orders among them. Unknown distances (NaN) are the farthest. The order of the
 * objects does not change a bit of the result. NaN unless `nearest` is below half of `count`.
 */
export function rankPreservation(count: number, inData: Between, onMap: Between, nearest: number): RankPreservation {
  const [trust, continuity, kept] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
  const [data, map] = [new Float64Array(Math.max(0, count - 1)), new Float64Array(Math.max(0, count - 1))]
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count - 1; j++) {
      const other = j < i ? j : j + 1
      data[j] = known(inData(i, other))
      map[j] = known(onMap(i, other))
    }
    const near = ranked(data, nearest)
    const shown = ranked(map, nearest)
    for (const j of nearestOf(data, near, map, shown)) {
      const [within, beyond] = figuresOf(near, data[j])
      const [withinShown, beyondShown] = figuresOf(shown, map[j])
      trust[i] += withinShown * beyond
      continuity[i] += within * beyondShown
      kept[i] += within * withinShown
    }
  }
  const scale = nearest < count / 2 ? 2 / (count * nearest * (2 * count - 3 * nearest - 1)) : Number.NaN
  const share = nearest < count / 2 ? ascendingSum(kept) / (count * nearest) : Number.NaN
  return {
    trustworthiness: 1 - scale * ascendingSum(trust),
    continuity: 1 - scale * ascendingSum(continuity),
    neighbourhoodPreservation: share,
  }
}

const known = (distance: number): number => (Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance)

/**
 * The sum of numbers in ascending order, so that their original order does not affect the bits. Sorts them in place.
 */
function ascendingSum(numbers: Float64Array): number {
  return numbers.sort().reduce((sum, x) => sum + x, 0)
}

interface Ranked {
  readonly sorted: Float64Array
  readonly nearest: number
  /** The distance of the last of the nearest, and of those that tie with it. */
  readonly last: number
}

function ranked(distances: Float64Array, nearest: number): Ranked {
  const sorted = distances.slice().sort()
  return { sorted, nearest, last: sorted[Math.min(nearest, sorted.length) - 1] }
}

/**
 * For an object at a distance, the share of orders in which it is among the nearest, and its mean number of places
 * after them: 0 for the nearest themselves.
 */
function figuresOf({ sorted, nearest }: Ranked, distance: number): [within: number, beyond: number] {
  const from = firstAt(sorted, distance)
  let to = from + 1
  while (to < sorted.length && sorted[to] === distance) to++
  return tied(from, to, nearest)
}

/** The first place in an ascending list with a distance that is in it. */
function firstAt(sorted: Float64Array, distance: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] < distance) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * The objects that are among the nearest in the data or on the map, by distance in the data, with ties broken by the
 * other distance; all others have figures of 0. Objects that still tie have the same figures, so sums in this order
 * have the same bits.
 */
function nearestOf(data: Float64Array, near: Ranked, map: Float64Array, shown: Ranked): number[] {
  const found: number[] = []
  for (let j = 0; j < data.length; j++) if (data[j] <= near.last || map[j] <= shown.last) found.push(j)
  return found.sort((a, b) => compare(data[a], data[b]) || compare(map[a], map[b]))
}

/** Not by a difference, which is NaN for two infinities. */
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * For objects that share the ranks `from` + 1 … `to`: the share within the nearest, and the mean of max(0, rank -
 * nearest).
 */
function tied(from: number, to: number, nearest: number): [number, number] {
  const size = to - from
  const inside = Math.min(Math.max(nearest - from, 0), size)
  const first = Math.max(from + 1 - nearest, 1)
  const last = to - nearest
  return [inside / size, last >= first ? ((first + last) * (last - first + 1)) / 2 / size : 0]
}
