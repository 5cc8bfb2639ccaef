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

/**
 * Fills `quarters` with four times the squared distance from a unit to each: whole numbers, since squares of distances
 * are multiples of a quarter. For all units at once, so that a row and a column are looked at once each.
 */
export function quartersFrom(lattice: Lattice, unit: number, quarters: Int32Array): void {
  const { rows, columns } = lattice
  const row = Math.floor(unit / columns)
  const column = unit - row * columns
  // Columns are shifted alike in all rows of one parity.
  const across = [0, 1].map((parity) =>
    Int32Array.from({ length: columns }, (_, other) => 4 * columnGap(lattice, row, column, parity, other) ** 2),
  )
  for (let r = 0, at = 0; r < rows; r++) {
    const down = 4 * rowScale(lattice) * rowGap(lattice, row, r) ** 2
    const own = across[r & 1]
    for (let c = 0; c < columns; c++, at++) quarters[at] = down + own[c]
  }
}

/** The position of a unit in a drawing: x to the right, y down; a cell's neighbours are at distance 1. */
export function unitPosition(lattice: Lattice, unit: number): { x: number; y: number } {
  const row = Math.floor(unit / lattice.columns)
  const shift = lattice.cell === 'hexagonal' ? (row & 1) / 2 : 0
  return { x: unit - row * lattice.columns + shift, y: row * Math.sqrt(rowScale(lattice)) }
}
