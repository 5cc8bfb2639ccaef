import type { Matches } from '../../backend/backend.ts'
import { type Lattice, quartersFrom, squaredLatticeDistance, unitCount } from '../../map/lattice.ts'
import type { Som } from '../../som.ts'
import type { MeasureOptions } from './measure-options.ts'
import { unitPairsOf } from './unit-pairs.ts'

/**
 * Mean rank of a sample's second-best unit among all units but the best, by their lattice distance from the best; units
 * at equal distance share their mean rank. Unlike the topographic error it distinguishes a near miss from a far one,
 * and it can compare maps of any cell and shape. The least is 1 on a line, 1.5 inside one, 2.5 inside a rectangular and
 * 3.5 inside a hexagonal sheet. NaN if no sample has two units. E. Ramos et al. 2018.
 */
export function meanTiedRank(
  { lattice }: Pick<Som, 'lattice'>,
  matches: Matches,
  { weights }: MeasureOptions = {},
): number {
  const { of, best, second } = unitPairsOf(matches, unitCount(lattice))
  const steps = Int32Array.from(best, (unit, pair) => QUARTERS * squaredLatticeDistance(lattice, unit, second[pair]))
  const [farthest, room] = [0, 1].map(() => new Int32Array(unitCount(lattice)))
  for (let pair = 0; pair < best.length; pair++) farthest[best[pair]] = Math.max(farthest[best[pair]], steps[pair])
  const away = new Map<number, Float64Array>()
  const ranks = Float64Array.from(steps, (step, pair) => {
    const own = away.get(best[pair]) ?? ranksFrom(lattice, best[pair], farthest[best[pair]], room)
    away.set(best[pair], own)
    return own[step]
  })
  let sum = 0
  let total = 0
  for (let i = 0; i < of.length; i++) {
    if (of[i] < 0) continue
    const weight = weights === undefined ? 1 : weights[i]
    sum += weight * ranks[of[i]]
    total += weight
  }
  return sum / total
}

/** Squared lattice distances are multiples of a quarter. */
const QUARTERS = 4

/**
 * The mean rank of other units by their squared distance from a unit, in quarters, up to the farthest: looked at once a
 * unit. `steps` is room for the distances.
 */
function ranksFrom(lattice: Lattice, from: number, farthest: number, steps: Int32Array): Float64Array {
  const counts = new Uint32Array(farthest + 1)
  quartersFrom(lattice, from, steps)
  for (let unit = 0; unit < steps.length; unit++) if (steps[unit] <= farthest) counts[steps[unit]]++
  // The unit itself.
  counts[0]--
  let nearer = 0
  return Float64Array.from(counts, (tied) => {
    const rank = nearer + (tied + 1) / 2
    nearer += tied
    return rank
  })
}
