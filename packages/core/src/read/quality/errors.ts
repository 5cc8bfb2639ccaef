import type { Matches } from '../../backend/backend.ts'
import { type Lattice, unitCount } from '../../map/lattice.ts'
import { areNeighbours, defaultNeighbours, type Neighbours } from '../../map/neighbours.ts'
import type { Som } from '../../som.ts'
import type { MeasureOptions } from './measure-options.ts'
import { secondUnitsOf } from './second-units.ts'

/** The map that rows were matched to: what a measure of matches needs of it. */
type MapOfMatches = Pick<Som, 'lattice'>

/**
 * Mean distance of samples to their best-matching units, in the map's own metric (euclidean: not squared), weighted if
 * there are weights. Samples without a unit are ignored; NaN if there are no others. T. Kohonen, Self-Organizing Maps,
 * 3rd ed. 2001.
 */
export function quantizationError(_: MapOfMatches, matches: Matches, { weights }: MeasureOptions = {}): number {
  const [sum, total] = quantizationTally(matches, weights)
  return sum / total
}

/** Weighted sum of the samples' distances, and their weight. Tallies of parts can be added. */
export function quantizationTally(matches: Matches, weights?: Float32Array): [number, number] {
  let sum = 0
  let total = 0
  for (let i = 0; i < matches.unit.length; i++) {
    if (matches.unit[i] < 0) continue
    const weight = weights === undefined ? 1 : weights[i]
    sum += weight * matches.distance[i]
    total += weight
  }
  return [sum, total]
}

/** As `quantizationError`, with squared distances: the error that k-means packages report. */
export function meanSquaredQuantizationError(
  som: MapOfMatches,
  matches: Matches,
  options: MeasureOptions = {},
): number {
  return quantizationError(som, { ...matches, distance: matches.distance.map((d) => d * d) }, options)
}

/** The mean distance of each unit's samples, weighted if there are weights; NaN for a unit without samples. */
export function unitQuantizationError(som: MapOfMatches, matches: Matches, options: MeasureOptions = {}): Float64Array {
  const { weights } = options
  const sums = new Float64Array(unitCount(som.lattice))
  for (let i = 0; i < matches.unit.length; i++) {
    if (matches.unit[i] >= 0) sums[matches.unit[i]] += (weights?.[i] ?? 1) * matches.distance[i]
  }
  const counts = hits(som, matches, options)
  return sums.map((sum, unit) => sum / counts[unit])
}

/** The share of each unit's samples whose second-best unit is not its neighbour; NaN for a unit without samples. */
export function unitTopographicError(
  { lattice }: MapOfMatches,
  matches: Matches,
  { weights, neighbours = defaultNeighbours(lattice) }: MeasureOptions = {},
): Float64Array {
  const seconds = secondUnitsOf(matches)
  const apart = new Float64Array(unitCount(lattice))
  const total = new Float64Array(unitCount(lattice))
  for (let i = 0; i < matches.unit.length; i++) {
    const [best, second] = [matches.unit[i], seconds[i]]
    if (second < 0) continue
    const weight = weights?.[i] ?? 1
    total[best] += weight
    if (!areNeighbours(lattice, best, second, neighbours)) apart[best] += weight
  }
  return apart.map((weight, unit) => weight / total[unit])
}

/**
 * Share of samples whose best and second-best units are not neighbours. Samples without two units are ignored; NaN if
 * there are no others, as on a map of one unit. Report `neighbours` with the figure: 4, 8 and 6 give different ones. K.
 * Kiviluoto, Topology preservation in self-organizing maps, ICNN 1996.
 */
export function topographicError(
  { lattice }: MapOfMatches,
  matches: Matches,
  { weights, neighbours = defaultNeighbours(lattice) }: MeasureOptions = {},
): number {
  secondUnitsOf(matches)
  const [apart, total] = topographicTally(lattice, matches, neighbours, weights)
  return apart / total
}

/**
 * Weight of the samples whose two best units are not neighbours, and of all with two units. Tallies of parts can be
 * added.
 */
export function topographicTally(
  lattice: Lattice,
  matches: Matches,
  neighbours: Neighbours,
  weights?: Float32Array,
): [number, number] {
  let apart = 0
  let total = 0
  for (let i = 0; i < matches.unit.length; i++) {
    if (matches.secondUnit[i] < 0) continue
    const weight = weights === undefined ? 1 : weights[i]
    if (!areNeighbours(lattice, matches.unit[i], matches.secondUnit[i], neighbours)) apart += weight
    total += weight
  }
  return [apart, total]
}

/** Total weight of samples per unit: their number if there are no weights. */
export function hits(som: MapOfMatches, matches: Matches, { weights }: MeasureOptions = {}): Float64Array {
  const counts = new Float64Array(unitCount(som.lattice))
  for (let i = 0; i < matches.unit.length; i++) {
    if (matches.unit[i] >= 0) counts[matches.unit[i]] += weights === undefined ? 1 : weights[i]
  }
  return counts
}
