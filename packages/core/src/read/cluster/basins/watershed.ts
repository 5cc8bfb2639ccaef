import { type Lattice, unitCount } from '../../../map/lattice.ts'
import { defaultNeighbours, neighboursOf } from '../../../map/neighbours.ts'
import type { Level } from '../density/hdbscan.ts'

/** A pass between two basins of a map's heights: the lowest way from one to the other. */
interface Pass {
  /** A unit on each side. */
  readonly one: number
  readonly other: number
  /** Its height over the mean height of the side where that is more, 0 where a side has too few rows. */
  readonly depth: number
}

/** Basins of heights on a lattice, joined to each other by passes. */
export interface Basins {
  /** A unit of the basin that each unit drains into. */
  readonly basin: Uint32Array
  /** As many passes as there are basins, less one: the deepest first. */
  readonly passes: readonly Pass[]
}

/**
 * The basins of heights, by flooding them from below (L. Vincent, P. Soille, Watersheds in digital spaces, 1991). A
 * side of a pass with less weight than `least` has no border.
 */
export function basinsOf(lattice: Lattice, heights: Float64Array, weights: Float64Array, least: number): Basins {
  const around = defaultNeighbours(lattice)
  const order = Uint32Array.from({ length: unitCount(lattice) }, (_, unit) => unit)
  order.sort((a, b) => heights[a] - heights[b] || a - b)
  const basin = new Uint32Array(order.length)
  const pool = Int32Array.from(order, () => -1)
  const find = (unit: number): number => {
    let root = unit
    while (pool[root] !== root) root = pool[root]
    return root
  }
  const total = heights.slice()
  const weight = weights.slice()
  const size = new Float64Array(order.length).fill(1)
  const passes: Pass[] = []
  for (const unit of order) {
    const wet = neighboursOf(lattice, unit, around).filter((other) => pool[other] >= 0)
    pool[unit] = unit
    if (wet.length === 0) {
      basin[unit] = unit
      continue
    }
    // The lowest neighbour: where water from here flows to.
    wet.sort((a, b) => heights[a] - heights[b] || a - b)
    basin[unit] = basin[wet[0]]
    const sides = new Map(wet.map((other) => [find(other), other]))
    const [[first, start], ...rest] = sides
    for (const [side, other] of rest) {
      const root = find(first)
      const isSmall = weight[root] < least || weight[side] < least
      const floor = Math.max(total[root] / size[root], total[side] / size[side])
      const depth = isSmall ? 0 : floor > 0 ? heights[unit] / floor : heights[unit] > 0 ? Number.POSITIVE_INFINITY : 0
      passes.push({ one: basin[start], other: basin[other], depth })
      pour(side, root)
    }
    pour(unit, find(first))
  }
  return { basin, passes: passes.sort((a, b) => b.depth - a.depth) }

  function pour(from: number, into: number): void {
    pool[from] = into
    total[into] += total[from]
    weight[into] += weight[from]
    size[into] += size[from]
  }
}

/** Where basins become one group: all but the passes of at least the depth are open. */
export function groupsOfBasins({ basin, passes }: Basins, closed: number): Uint32Array {
  const parent = Uint32Array.from(basin, (_, unit) => unit)
  const find = (unit: number): number => {
    let root = unit
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]]
      root = parent[root]
    }
    return root
  }
  for (const { one, other } of passes.slice(closed)) parent[find(one)] = find(other)
  return basin.map((of) => find(of))
}

/** The numbers of groups, each over a range of depths of passes that are borders. */
export function levelsOfBasins({ passes }: Basins): Level[] {
  const depths = [Number.POSITIVE_INFINITY, ...passes.map(({ depth }) => depth), 0].filter(
    (depth, i) => i === 0 || depth >= 0,
  )
  return depths
    .slice(1)
    .map((from, i) => ({ count: i + 1, from, to: depths[i] }))
    .filter(({ from, to }) => to > from)
}
