import type { Seen } from '../som.ts'

/**
 * The share of rows like the training rows that are at least this far from the map: (1 + #{training distances ≥ d}) /
 * (n + 1). It is below α for at most a share α of such rows, if they were not trained on. If there were more training
 * rows than `seen` keeps distances, n is the number kept. NaN for a row without a unit. V. Vovk, A. Gammerman, G.
 * Shafer, Algorithmic learning in a random world, 2005.
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
