import type { Matches } from '../../backend/backend.ts'
import { defaultNeighbours, type Neighbours } from '../../map/neighbours.ts'
import type { Som } from '../../som.ts'
import { netOf, shortestPaths } from './lattice-paths.ts'
import type { MeasureOptions } from './measure-options.ts'
import { secondUnitsOf } from './second-units.ts'

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
  const seconds = secondUnitsOf(matches)
  const ways = waysBetween(som, neighbours, matches.unit, seconds)
  let sum = 0
  let total = 0
  for (let i = 0; i < matches.unit.length; i++) {
    const [best, second] = [matches.unit[i], seconds[i]]
    if (second < 0) continue
    const weight = weights?.[i] ?? 1
    sum += weight * (matches.distance[i] + (ways[best].get(second) ?? Number.NaN))
    total += weight
  }
  return sum / total
}

/**
 * For each unit, the lengths of the paths to the second-best units of its samples: one search per unit, however many
 * rows there are.
 */
function waysBetween(
  som: Pick<Som, 'lattice' | 'metric' | 'codebook'>,
  neighbours: Neighbours,
  best: Int32Array,
  seconds: Int32Array,
): Map<number, number>[] {
  const ways = Array.from({ length: som.codebook.rows }, () => new Map<number, number>())
  for (let i = 0; i < best.length; i++) if (seconds[i] >= 0) ways[best[i]].set(seconds[i], 0)
  const paths = shortestPaths(netOf(som, neighbours))
  ways.forEach((known, unit) => {
    const targets = [...known.keys()]
    if (targets.length === 0) return
    paths(unit, targets).forEach((length, at) => {
      known.set(targets[at], length)
    })
  })
  return ways
}
