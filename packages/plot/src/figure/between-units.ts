import { distanceFunction, type Lattice, rowOf, type Som, uMatrix } from '@som/core'
import { SIZE, type Tiling, tilingOn } from './tiling.ts'

/** The U-matrix with cells between units: a finer tiling with one height per cell. */
export interface BetweenUnits {
  readonly tiling: Tiling
  readonly heights: Float64Array
  /** Cells of the tiling that are units, in unit order. */
  readonly units: Int32Array
}

/** Cells between units are wider than this only on small maps. */
const WIDEST_CELL = 28

/**
 * Between two units their distance, on a unit the mean of the adjacent cells. Where four rectangular cells meet, the
 * mean of the distances along both diagonals, each divided by √2 to compensate for its length. Over a seam the cells
 * between first and last units are drawn once, at the right and at the bottom. A. Ultsch, H. P. Siemon 1990, in the
 * form of J. Vesanto and others, SOM Toolbox for Matlab 5, 2000 (which takes the median on a unit).
 */
export function betweenUnits(som: Pick<Som, 'lattice' | 'metric' | 'codebook'>, size: number = SIZE): BetweenUnits {
  const { lattice, codebook } = som
  const distance = distanceFunction(som.metric)
  const apart = (a: number, b: number): number => distance(rowOf(codebook, a), rowOf(codebook, b))
  const own = uMatrix(som, { neighbours: lattice.cell === 'hexagonal' ? 6 : 4 })
  const cells: Between[] = []
  const add = (x: number, y: number, height: number): number => cells.push({ x, y, height })
  const units = new Int32Array(own.length)
  const rows = rowsBetween(lattice)
  for (let y = 0; y < rows; y++) {
    if (y % 2 === 0) unitRow(lattice, y / 2, own, apart, add, units)
    else betweenRow[lattice.cell](lattice, (y - 1) / 2, apart, add)
  }
  const tiling = tilingOn(
    lattice.cell,
    Int32Array.from(cells, (cell) => cell.x),
    Int32Array.from(cells, (cell) => cell.y),
    size,
    WIDEST_CELL,
  )
  return { tiling, heights: Float64Array.from(cells, (cell) => cell.height), units }
}

interface Between {
  readonly x: number
  readonly y: number
  readonly height: number
}

type Add = (x: number, y: number, height: number) => number
type Apart = (a: number, b: number) => number

/** With fewer than three units around, the cell over the seam already exists. */
function rowsBetween({ shape, rows }: Lattice): number {
  return 2 * rows - (shape === 'toroid' && rows > 2 ? 0 : 1)
}

function columnsBetween({ shape, columns }: Lattice): number {
  return 2 * columns - (shape !== 'sheet' && columns > 2 ? 0 : 1)
}

/** Units with their distances between them. A hexagonal unit is two cells (four steps) from the next. */
function unitRow(lattice: Lattice, row: number, own: Float64Array, apart: Apart, add: Add, units: Int32Array): void {
  const { cell, columns } = lattice
  const hexagonal = cell === 'hexagonal'
  for (let i = 0; i < columnsBetween(lattice); i++) {
    const column = Math.floor(i / 2)
    const unit = row * columns + column
    const x = hexagonal ? 2 * i + 2 * (row & 1) : i
    const y = hexagonal ? 6 * row : 2 * row
    const next = row * columns + ((column + 1) % columns)
    const count = add(x, y, i % 2 === 0 ? own[unit] : apart(unit, next))
    if (i % 2 === 0) units[unit] = count - 1
  }
}

const betweenRow: Record<Lattice['cell'], (lattice: Lattice, row: number, apart: Apart, add: Add) => void> = {
  rectangular: (lattice, row, apart, add) => {
    const { columns } = lattice
    const below = ((row + 1) % lattice.rows) * columns
    for (let i = 0; i < columnsBetween(lattice); i++) {
      const column = Math.floor(i / 2)
      const next = (column + 1) % columns
      const here = row * columns
      const diagonals = apart(here + column, below + next) + apart(here + next, below + column)
      add(i, 2 * row + 1, i % 2 === 0 ? apart(here + column, below + column) : diagonals / (2 * Math.SQRT2))
    }
  },
  hexagonal: (lattice, row, apart, add) => {
    const { columns } = lattice
    const here = row * columns
    const below = ((row + 1) % lattice.rows) * columns
    for (let i = 0; i < columnsBetween(lattice); i++) {
      const column = Math.floor(i / 2)
      const next = (column + 1) % columns
      // Every second cell is slanted: an odd row is shifted half a unit to the right.
      const [above, under] = i % 2 === 0 ? [column, column] : row % 2 === 0 ? [next, column] : [column, next]
      add(2 * i + 1, 6 * row + 3, apart(here + above, below + under))
    }
  },
}
