import { type Lattice, rowGap, squaredLatticeDistance, wrapsColumns } from './lattice.ts'

/** Which units count as neighbours: 4 (sides) or 8 (sides and corners) of a rectangular cell, 6 of a hexagonal one. */
export type Neighbours = 4 | 6 | 8

/** 8 on a rectangular lattice, as in most packages; 6 on a hexagonal one. */
export function defaultNeighbours(lattice: Lattice): Neighbours {
  return lattice.cell === 'hexagonal' ? 6 : 8
}

/**
 * Whether two different units are neighbours, also across the seam of a wrapped shape. Throws if the cell does not have
 * this many neighbours.
 */
export function areNeighbours(lattice: Lattice, a: number, b: number, neighbours: Neighbours): boolean {
  checkNeighbours(lattice, neighbours)
  if (a === b) return false
  if (neighbours !== 8) return squaredLatticeDistance(lattice, a, b) <= 1
  const rowA = Math.floor(a / lattice.columns)
  const rowB = Math.floor(b / lattice.columns)
  const columns = Math.abs(a - rowA * lattice.columns - (b - rowB * lattice.columns))
  const columnsApart = wrapsColumns(lattice) ? Math.min(columns, lattice.columns - columns) : columns
  return rowGap(lattice, rowA, rowB) <= 1 && columnsApart <= 1
}

/** The neighbours of a unit, ascending. */
export function neighboursOf(lattice: Lattice, unit: number, neighbours: Neighbours): number[] {
  const { rows, columns } = lattice
  const row = Math.floor(unit / columns)
  const column = unit - row * columns
  const found = new Set<number>()
  for (let dr = -1; dr <= 1; dr++) {
    for (let dc = -1; dc <= 1; dc++) {
      const other = ((row + dr + rows) % rows) * columns + ((column + dc + columns) % columns)
      if (areNeighbours(lattice, unit, other, neighbours)) found.add(other)
    }
  }
  return [...found].sort((a, b) => a - b)
}

function checkNeighbours(lattice: Lattice, neighbours: Neighbours): void {
  if ((lattice.cell === 'hexagonal') === (neighbours === 6)) return
  throw new RangeError(
    `neighbours: expected ${lattice.cell === 'hexagonal' ? '6' : '4 or 8'} on a ${lattice.cell} lattice, found ${neighbours}`,
  )
}
