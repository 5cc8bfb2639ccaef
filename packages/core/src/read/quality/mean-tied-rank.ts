import type { Matches } from '../../backend/backend.ts'
import { type Lattice, squaredLatticeDistance, unitCount } from '../../map/lattice.ts'
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
  const distances = Float64Array.from(best, (unit, pair) => squaredLatticeDistance(lattice, unit, second[pair]))
  const farthest = new Float64Array(unitCount(lattice))
  for (let pair = 0; pair < best.length; pair++) farthest[best[pair]] = Math.max(farthest[best[pair]], distances[pair])
  const away = new Map<number, Float64Array>()
  const ranks = distances.map((distance, pair) => {
    const sorted = away.get(best[pair]) ?? distancesFrom(lattice, best[pair], farthest[best[pair]])
    away.set(best[pair], sorted)
    return tiedRank(sorted, distance)
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

/** The squared distances of all other units up to the farthest, ascending: looked at once a unit. */
function distancesFrom(lattice: Lattice, from: number, farthest: number): Float64Array {
  const within: number[] = []
  for (let unit = 0; unit < unitCount(lattice); unit++) {
    const distance = squaredLatticeDistance(lattice, from, unit)
    if (unit !== from && distance <= farthest) within.push(distance)
  }
  return Float64Array.from(within).sort()
}

/** The mean of the ranks that those at this distance share. */
function tiedRank(sorted: Float64Array, distance: number): number {
  const nearer = countBelow(sorted, distance)
  let tied = 0
  while (sorted[nearer + tied] === distance) tied++
  return nearer + (tied + 1) / 2
}

/** How many numbers of an ascending list are below a bound. */
function countBelow(sorted: Float64Array, bound: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] < bound) low = middle + 1
    else high = middle
  }
  return low
}
