import type { EpochSums } from './backend.ts'

/**
 * The sums of two chunks as if they had been one. Chunks with and without missing values can be merged: counts are then
 * per unit and feature.
 */
export function mergeSums(a: EpochSums, b: EpochSums): EpochSums {
  const perFeature = Math.max(a.counts.length, b.counts.length)
  const countsA = spread(a, perFeature)
  const countsB = spread(b, perFeature)
  return {
    sums: a.sums.map((value, i) => value + b.sums[i]),
    counts: countsA.map((value, i) => value + countsB[i]),
    distance: a.distance + b.distance,
    weight: a.weight + b.weight,
  }
}

function spread(sums: EpochSums, length: number): Float64Array {
  if (sums.counts.length === length) return sums.counts
  const features = length / sums.counts.length
  const wide = new Float64Array(length)
  for (let i = 0; i < length; i++) wide[i] = sums.counts[Math.floor(i / features)]
  return wide
}
