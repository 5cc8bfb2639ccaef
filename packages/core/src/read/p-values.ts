import type { Seen } from '../som.ts'
import { pValue } from './p-value.ts'

/** Buckets per distance kept from training. */
const BUCKETS = 4

/**
 * `pValue` for many distances. Each is searched only within its own bucket: the bucket number never falls as the
 * distance rises, so everything in lower buckets is less and nothing in higher ones is.
 */
export function pValuesOf(seen: Pick<Seen, 'distances'>): (distance: number) => number {
  const { distances } = seen
  const count = distances.length
  const least = distances[0]
  const buckets = BUCKETS * count
  const factor = buckets / (distances[count - 1] - least)
  if (!(factor > 0 && factor < Number.MAX_VALUE)) return (distance) => pValue(seen, distance)
  const bucketOf = (distance: number): number => Math.floor(Math.min((distance - least) * factor, buckets))
  const starts = new Int32Array(buckets + 2).fill(count)
  for (let i = count - 1; i >= 0; i--) starts[bucketOf(distances[i])] = i
  for (let b = buckets; b >= 0; b--) starts[b] = Math.min(starts[b], starts[b + 1])
  const shares = Float64Array.from({ length: count + 1 }, (_, less) => (1 + count - less) / (1 + count))
  return (distance) => {
    if (!(distance > least)) return Number.isNaN(distance) ? Number.NaN : shares[0]
    const bucket = bucketOf(distance)
    const end = starts[bucket + 1]
    let at = starts[bucket]
    while (at < end && distances[at] < distance) at++
    return shares[at]
  }
}
