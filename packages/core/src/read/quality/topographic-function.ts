import type { Matches } from '../../backend/backend.ts'
import { columnGap, type Lattice, rowGap, squaredLatticeDistance, unitCount } from '../../map/lattice.ts'
import { neighboursOf } from '../../map/neighbours.ts'
import type { Som } from '../../som.ts'
import { unitPairsOf } from './unit-pairs.ts'

/** Φ at steps … -2, -1, 0, 1, 2 …; 0 everywhere for a map that preserves neighbourhoods both ways. */
export interface TopographicFunction {
  readonly steps: readonly number[]
  readonly values: Float64Array
}

/**
 * Villmann's topographic function. For k > 0, Φ(k) is the mean number of units per unit that are adjacent in the data
 * but more than k steps away on the lattice: if it stays above 0 for large k, the map is folded. Φ(-k) counts
 * neighbours on the lattice that are more than k steps apart in the data: the lattice has too many dimensions. Φ(0) =
 * Φ(1) + Φ(-1). Two units are adjacent in the data if they are the best and second best of a sample (competitive
 * Hebbian learning). Steps on the lattice go to 8 neighbours of a rectangular cell, 6 of a hexagonal one; lattice
 * neighbours are 4 and 6. T. Villmann, R. Der, M. Herrmann, T. Martinetz, Topology preservation in self-organizing
 * feature maps, IEEE Trans. Neural Networks 8, 1997.
 */
export function topographicFunction({ lattice }: Pick<Som, 'lattice'>, matches: Matches): TopographicFunction {
  const units = unitCount(lattice)
  const { best, second } = unitPairsOf(matches, units)
  const adjacent = Array.from({ length: units }, () => new Set<number>())
  best.forEach((unit, pair) => {
    adjacent[unit].add(second[pair])
    adjacent[second[pair]].add(unit)
  })
  const most = Math.max(lattice.rows, lattice.columns) - 1
  const folded = new Float64Array(most + 1)
  const torn = new Float64Array(most + 1)
  for (let unit = 0; unit < units; unit++) {
    for (const other of adjacent[unit]) {
      const away = latticeSteps(lattice, unit, other)
      for (let k = 1; k <= most && away > k; k++) folded[k] += 1 / units
    }
    const apart = stepsFrom(adjacent, unit)
    for (const other of neighboursOf(lattice, unit, lattice.cell === 'hexagonal' ? 6 : 4)) {
      for (let k = 1; k <= most && apart[other] > k; k++) torn[k] += 1 / units
    }
  }
  const steps = Array.from({ length: 2 * most + 1 }, (_, at) => at - most)
  const values = steps.map((k) => (k > 0 ? folded[k] : k < 0 ? torn[-k] : most > 0 ? folded[1] + torn[1] : 0))
  return { steps, values: Float64Array.from(values) }
}

/** Steps between two units over 8 neighbours of a rectangular cell, 6 of a hexagonal one. */
function latticeSteps(lattice: Lattice, a: number, b: number): number {
  if (squaredLatticeDistance(lattice, a, b) === 0) return 0
  const [rowA, rowB] = [Math.floor(a / lattice.columns), Math.floor(b / lattice.columns)]
  const down = rowGap(lattice, rowA, rowB)
  const across = columnGap(lattice, rowA, a % lattice.columns, rowB, b % lattice.columns)
  return lattice.cell === 'hexagonal' ? down + Math.max(0, across - down / 2) : Math.max(down, across)
}

function stepsFrom(adjacent: readonly ReadonlySet<number>[], from: number): Float64Array {
  const steps = new Float64Array(adjacent.length).fill(Number.POSITIVE_INFINITY)
  steps[from] = 0
  const queue = [from]
  for (const unit of queue) {
    for (const other of adjacent[unit]) {
      if (steps[other] !== Number.POSITIVE_INFINITY) continue
      steps[other] = steps[unit] + 1
      queue.push(other)
    }
  }
  return steps
}
