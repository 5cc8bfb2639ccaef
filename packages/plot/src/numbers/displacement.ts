import { type Lattice, unitPosition } from '@som/core'

/**
 * The vector from one unit to another in the plane, the shorter way if the shape wraps; a cell's neighbours are at
 * distance 1.
 */
export function displacement(lattice: Lattice, from: number, to: number): { x: number; y: number } {
  const a = unitPosition(lattice, from)
  const b = unitPosition(lattice, to)
  const height = lattice.rows * (lattice.cell === 'hexagonal' ? Math.sqrt(3) / 2 : 1)
  return {
    x: lattice.shape === 'sheet' ? b.x - a.x : shorter(b.x - a.x, lattice.columns),
    y: lattice.shape === 'toroid' ? shorter(b.y - a.y, height) : b.y - a.y,
  }
}

function shorter(gap: number, around: number): number {
  return gap - around * Math.round(gap / around)
}
