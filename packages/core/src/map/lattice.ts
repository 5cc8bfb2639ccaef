export const CELLS = ['rectangular', 'hexagonal'] as const
export const SHAPES = ['sheet', 'cylinder', 'toroid'] as const
export type Cell = (typeof CELLS)[number]
export type Shape = (typeof SHAPES)[number]

/** The layout of the units. Unit `k` is at row `floor(k / columns)`, column `k % columns`. */
export interface Lattice {
  readonly cell: Cell
  /** `cylinder` joins the last column to the first, `toroid` the last row to the first as well. */
  readonly shape: Shape
  readonly rows: number
  readonly columns: number
}

/** The number of units. */
export function unitCount(lattice: Lattice): number {
  return lattice.rows * lattice.columns
}

/** Rows of a hexagonal lattice are √3/2 apart, so each row adds 3/4 to a squared distance. */
export function rowScale(lattice: Lattice): number {
  return lattice.cell === 'hexagonal' ? 0.75 : 1
}

export function wrapsColumns(lattice: Lattice): boolean {
  return lattice.shape !== 'sheet'
}

export function wrapsRows(lattice: Lattice): boolean {
  return lattice.shape === 'toroid'
}

/** Whole rows between two rows, the shorter way round. */
export function rowGap(lattice: Lattice, a: number, b: number): number {
  const gap = Math.abs(a - b)
  return wrapsRows(lattice) ? Math.min(gap, lattice.rows - gap) : gap
}

/**
 * Columns between (rowA, columnA) and (rowB, columnB), the shorter way round; a multiple of 1/2:
 * odd rows of a hexagonal lattice are shifted half a column to the right.
 */
export function columnGap(lattice: Lattice, rowA: number, columnA: number, rowB: number, columnB: number): number {
  const shift = lattice.cell === 'hexagonal' ? ((rowA & 1) - (rowB & 1)) / 2 : 0
  const gap = Math.abs(columnA - columnB + shift)
  return wrapsColumns(lattice) ? Math.min(gap, lattice.columns - gap) : gap
}

/** Squared distance between two units in the plane, where a cell's neighbours are at distance 1. Exact. */
export function squaredLatticeDistance(lattice: Lattice, a: number, b: number): number {
  const rowA = Math.floor(a / lattice.columns)
  const rowB = Math.floor(b / lattice.columns)
  const dr = rowGap(lattice, rowA, rowB)
  const dc = columnGap(lattice, rowA, a - rowA * lattice.columns, rowB, b - rowB * lattice.columns)
  return dr * dr * rowScale(lattice) + dc * dc
}

/** The position of a unit in a drawing: x to the right, y down; a cell's neighbours are at distance 1. */
export function unitPosition(lattice: Lattice, unit: number): { x: number; y: number } {
  const row = Math.floor(unit / lattice.columns)
  const shift = lattice.cell === 'hexagonal' ? (row & 1) / 2 : 0
  return { x: unit - row * lattice.columns + shift, y: row * Math.sqrt(rowScale(lattice)) }
}
