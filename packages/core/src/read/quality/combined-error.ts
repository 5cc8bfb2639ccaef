import type { Matches } from '../../backend/backend.ts'
import { defaultNeighbours, type Neighbours } from '../../map/neighbours.ts'
import type { Som } from '../../som.ts'
import { netOf, shortestPaths } from './lattice-paths.ts'
import type { MeasureOptions } from './measure-options.ts'
import { type UnitPairs, unitPairsOf } from './unit-pairs.ts'

/**
 * Mean over samples of the distance to the best-matching unit, plus the length of the shortest path from there to the
 * second-best unit along neighbours, measured between prototypes: one figure, in codebook units, for how well the map
 * fits and whether it is torn. NaN if no sample has two units. S. Kaski, K. Lagus, Comparing self-organizing maps,
 * ICANN 1996.
 */
export function combinedError(
  som: Pick<Som, 'lattice' | 'metric' | 'codebook'>,
  matches: Matches,
  { weights, neighbours = defaultNeighbours(som.lattice) }: MeasureOptions = {},
): number {
  const pairs = unitPairsOf(matches, som.codebook.rows)
  const ways = waysBetween(som, neighbours, pairs)
  const { of } = pairs
  let sum = 0
  let total = 0
  for (let i = 0; i < of.length; i++) {
    if (of[i] < 0) continue
    const weight = weights === undefined ? 1 : weights[i]
    sum += weight * (matches.distance[i] + ways[of[i]])
    total += weight
  }
  return sum / total
}

/** The length of the path between the units of each pair: one search per best unit. */
function waysBetween(
  som: Pick<Som, 'lattice' | 'metric' | 'codebook'>,
  neighbours: Neighbours,
  { best, second }: UnitPairs,
): Float64Array {
  const from = new Map<number, number[]>()
  best.forEach((unit, pair) => {
    const pairs = from.get(unit) ?? []
    pairs.push(pair)
    from.set(unit, pairs)
  })
  const ways = new Float64Array(best.length)
  const paths = shortestPaths(netOf(som, neighbours))
  for (const [unit, pairs] of from) {
    const targets = pairs.map((pair) => second[pair])
    paths(unit, targets).forEach((length, at) => {
      ways[pairs[at]] = length
    })
  }
  return ways
}
