import { type Lattice, unitPosition } from '@som/core'
import { blocksOf } from './blocks.ts'

/** Moves from one place to another. */
export interface Flow {
  /** The places, each by the unit of it that is nearest to the middle of its rows. */
  readonly from: number
  readonly to: number
  readonly count: number
  /** Mean position of the rows that arrive, from 0. */
  readonly row: number
}

/** A long sequence of rows as moves between places. */
export interface Flows {
  /** A place is a block of so many rows and columns of units: 1 is a unit. */
  readonly every: number
  /** The flow of most moves first. */
  readonly flows: readonly Flow[]
  /** The places that have rows, by their units, and how many rows. */
  readonly stops: readonly { readonly unit: number; readonly rows: number }[]
}

/**
 * The moves between units in a sequence of rows; between blocks of units, no larger than they must be, where there
 * would be more than `most` flows. A row without a unit, -1, breaks the sequence.
 */
export function flowsOf(lattice: Lattice, units: ArrayLike<number>, most: number): Flows {
  const largest = Math.max(lattice.rows, lattice.columns)
  for (let every = 1; ; every++) {
    const found = flowsBetween(lattice, units, every)
    if (found.flows.length <= most || every >= largest) return found
  }
}

function flowsBetween(lattice: Lattice, units: ArrayLike<number>, every: number): Flows {
  const placeOf = new Int32Array(lattice.rows * lattice.columns)
  const places = blocksOf(lattice, every).units
  places.forEach((block, place) => {
    for (const unit of block) placeOf[unit] = place
  })
  const rows = new Int32Array(placeOf.length)
  const moves = new Map<number, { count: number; sum: number }>()
  for (let i = 0; i < units.length; i++) {
    if (units[i] < 0) continue
    rows[units[i]]++
    if (i === 0 || units[i - 1] < 0 || placeOf[units[i]] === placeOf[units[i - 1]]) continue
    const key = placeOf[units[i - 1]] * places.length + placeOf[units[i]]
    const move = moves.get(key) ?? { count: 0, sum: 0 }
    moves.set(key, { count: move.count + 1, sum: move.sum + i })
  }
  const unitOf = places.map((block) => middleOf(lattice, block, rows))
  const flows = Array.from(moves, ([key, { count, sum }]) => ({
    from: unitOf[Math.floor(key / places.length)],
    to: unitOf[key % places.length],
    count,
    row: sum / count,
  })).sort((a, b) => b.count - a.count || a.row - b.row)
  const stops = places
    .map((block, place) => ({ unit: unitOf[place], rows: block.reduce((sum, unit) => sum + rows[unit], 0) }))
    .filter((stop) => stop.rows > 0)
  return { every, flows, stops }
}

/** The unit of a block that is nearest to the mean place of its rows; the lower of two. */
function middleOf(lattice: Lattice, block: readonly number[], rows: ArrayLike<number>): number {
  const places = block.map((unit) => unitPosition(lattice, unit))
  const total = block.reduce((sum, unit) => sum + rows[unit], 0)
  const mean = (of: (place: { x: number; y: number }) => number): number =>
    block.reduce((sum, unit, i) => sum + (rows[unit] * of(places[i])) / Math.max(1, total), 0)
  const [x, y] = [mean((place) => place.x), mean((place) => place.y)]
  const away = (i: number): number => (places[i].x - x) ** 2 + (places[i].y - y) ** 2
  return block[places.reduce((best, _, i) => (away(i) < away(best) ? i : best), 0)]
}
