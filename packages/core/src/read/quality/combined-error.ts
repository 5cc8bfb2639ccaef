import type { Matches } from '../../backend/backend.ts'
import { defaultNeighbours, type Neighbours } from '../../map/neighbours.ts'
import type { Som } from '../../som.ts'
import { netOf, shortestPath } from './lattice-paths.ts'
import { secondUnitsOf } from './second-units.ts'

/**
 * Mean over samples of the distance to the best-matching unit, plus the length of the shortest way from there to the second-best unit along neighbours, measured
 * between prototypes: how well the map fits, and whether it is torn, in one figure in the units of the codebook. NaN where no sample has two units.
 * S. Kaski, K. Lagus, Comparing self-organizing maps, ICANN 1996.
 */
export function combinedError(
  som: Pick<Som, 'lattice' | 'metric' | 'codebook'>,
  matches: Matches,
  options: { readonly neighbours?: Neighbours; readonly weights?: Float32Array } = {},
): number {
  const net = netOf(som, options.neighbours ?? defaultNeighbours(som.lattice))
  const seconds = secondUnitsOf(matches)
  const known = new Map<number, number>()
  let sum = 0
  let total = 0
  for (let i = 0; i < matches.unit.length; i++) {
    const [best, second] = [matches.unit[i], seconds[i]]
    if (second < 0) continue
    const key = best * som.codebook.rows + second
    const way = known.get(key) ?? shortestPath(net, best, second)
    known.set(key, way)
    const weight = options.weights?.[i] ?? 1
    sum += weight * (matches.distance[i] + way)
    total += weight
  }
  return sum / total
}
