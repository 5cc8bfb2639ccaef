import type { Matches } from './backend.ts'
import type { Lattice } from './lattice.ts'
import { areNeighbours, defaultNeighbours, type Neighbours } from './neighbours.ts'

/**
 * Mean distance of samples to their best-matching units, in the map's own metric (euclidean: not squared), weighted where weights are given.
 * Samples without a unit are left out; NaN when none has one. T. Kohonen, Self-Organizing Maps, 3rd ed. 2001.
 */
export function quantizationError(matches: Matches, weights?: Float32Array): number {
  let sum = 0
  let total = 0
  for (let i = 0; i < matches.unit.length; i++) {
    if (matches.unit[i] < 0) continue
    const weight = weights === undefined ? 1 : weights[i]
    sum += weight * matches.distance[i]
    total += weight
  }
  return sum / total
}

/**
 * Share of samples whose best and second-best units are not neighbours. Samples without two units are left out; NaN when none has two, as on a map of one unit.
 * State `neighbours` with the figure: 4, 8 or 6 give different ones. K. Kiviluoto, Topology preservation in self-organizing maps, ICNN 1996.
 */
export function topographicError(
  lattice: Lattice,
  matches: Matches,
  options: { readonly neighbours?: Neighbours; readonly weights?: Float32Array } = {},
): number {
  const neighbours = options.neighbours ?? defaultNeighbours(lattice)
  let apart = 0
  let total = 0
  for (let i = 0; i < matches.unit.length; i++) {
    if (matches.secondUnit[i] < 0) continue
    const weight = options.weights === undefined ? 1 : options.weights[i]
    if (!areNeighbours(lattice, matches.unit[i], matches.secondUnit[i], neighbours)) apart += weight
    total += weight
  }
  return apart / total
}

/** Total weight of samples per unit: their number where no weights are given. */
export function hits(units: number, matches: Matches, weights?: Float32Array): Float64Array {
  const counts = new Float64Array(units)
  for (let i = 0; i < matches.unit.length; i++) {
    if (matches.unit[i] >= 0) counts[matches.unit[i]] += weights === undefined ? 1 : weights[i]
  }
  return counts
}
