import type { Matches } from '../../backend/backend.ts'
import { type Lattice, squaredLatticeDistance, unitCount } from '../../map/lattice.ts'
import type { Som } from '../../som.ts'
import type { MeasureOptions } from './measure-options.ts'
import { secondUnitsOf } from './second-units.ts'

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
  const units = unitCount(lattice)
  const seconds = secondUnitsOf(matches)
  const known = new Map<number, number>()
  let sum = 0
  let total = 0
  for (let i = 0; i < matches.unit.length; i++) {
    const [best, second] = [matches.unit[i], seconds[i]]
    if (second < 0) continue
    const key = best * units + second
    const rank = known.get(key) ?? tiedRank(lattice, best, second)
    known.set(key, rank)
    const weight = weights?.[i] ?? 1
    sum += weight * rank
    total += weight
  }
  return sum / total
}

function tiedRank(lattice: Lattice, from: number, to: number): number {
  const distance = squaredLatticeDistance(lattice, from, to)
  let nearer = 0
  let tied = 0
  for (let unit = 0; unit < unitCount(lattice); unit++) {
    if (unit === from) continue
    const other = squaredLatticeDistance(lattice, from, unit)
    if (other < distance) nearer++
    else if (other === distance) tied++
  }
  return nearer + (tied + 1) / 2
}
