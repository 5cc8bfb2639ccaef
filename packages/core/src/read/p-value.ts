import type { Seen } from '../som.ts'

/**
 * The share of rows like those of training that are as far from the map as this distance, or farther: (1 + #{training distances ≥ d}) / (n + 1). Below α for no more than a
 * share α of such rows, if they were not trained on. Where training had more rows than `seen` keeps distances, n is the number of those kept.
 * NaN for a row without a unit. V. Vovk, A. Gammerman, G. Shafer, Algorithmic learning in a random world, 2005.
 */
export function pValue({ distances }: Pick<Seen, 'distances'>, distance: number): number {
  if (Number.isNaN(distance)) return Number.NaN
  let [low, high] = [0, distances.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (distances[middle] < distance) low = middle + 1
    else high = middle
  }
  return (1 + distances.length - low) / (1 + distances.length)
}
