import type { Cell, Lattice } from '@som/core'
import { checkSize } from '../check.ts'

/**
 * Where cells are drawn. Corners lie on an integer grid: a rectangular cell is 1 × 1 steps; a pointy-top hexagon is 2 ×
 * 4 steps, with rows 3 steps apart and odd rows shifted 1 step to the right.
 */
export interface Tiling {
  readonly cell: Cell
  /** Upper left corner of each cell's bounding box, in steps, row by row. */
  readonly gridX: Int32Array
  readonly gridY: Int32Array
  /** Size of a step in px. */
  readonly stepX: number
  readonly stepY: number
  /** Size of the whole in px. */
  readonly width: number
  readonly height: number
}

/** Width and height of a cell's bounding box in steps. */
export const CELL_STEPS: Record<Cell, { readonly width: number; readonly height: number }> = {
  rectangular: { width: 1, height: 1 },
  hexagonal: { width: 2, height: 4 },
}

/** The default longest side of a map in px. */
export const SIZE = 440
/** The widest a cell may be (px), so that small maps are small. */
const WIDEST_CELL = 48
/** The thinnest a map may be (px), so that a map of one row is visible. */
const THINNEST_MAP = 16

/** One cell per unit, with the longer side of the whole at most `size` px. */
export function tilingOf(lattice: Lattice, size: number = SIZE, widestCell: number = WIDEST_CELL): Tiling {
  const { cell, rows, columns } = lattice
  const hexagonal = cell === 'hexagonal'
  const gridX = new Int32Array(rows * columns)
  const gridY = new Int32Array(rows * columns)
  for (let unit = 0; unit < gridX.length; unit++) {
    const row = Math.floor(unit / columns)
    const column = unit - row * columns
    gridX[unit] = hexagonal ? 2 * column + (row & 1) : column
    gridY[unit] = hexagonal ? 3 * row : row
  }
  return tilingOn(cell, gridX, gridY, size, widestCell)
}

/** A tiling of cells at these positions, scaled to `size` px. */
export function tilingOn(cell: Cell, gridX: Int32Array, gridY: Int32Array, size: number, widestCell: number): Tiling {
  const steps = CELL_STEPS[cell]
  const stepsX = gridX.reduce((most, x) => Math.max(most, x), 0) + steps.width
  const stepsY = gridY.reduce((most, y) => Math.max(most, y), 0) + steps.height
  // A step down of a regular hexagon is 1/√3 of a step to the side.
  const aspect = cell === 'hexagonal' ? 1 / Math.sqrt(3) : 1
  const fitting = Math.min(checkSize(size) / Math.max(stepsX, stepsY * aspect), widestCell / steps.width)
  const step = fitting >= 2 ? Math.floor(fitting) : fitting
  const stepX = Math.max(step, THINNEST_MAP / stepsX)
  const stepY = Math.max(step * aspect, THINNEST_MAP / stepsY)
  return { cell, gridX, gridY, stepX, stepY, width: stepsX * stepX, height: stepsY * stepY }
}

/** Width of a cell in px. */
export function cellWidth(tiling: Tiling): number {
  return CELL_STEPS[tiling.cell].width * tiling.stepX
}

/** Radius in px of the largest circle within a cell. */
export function cellRadius(tiling: Tiling): number {
  return Math.min(cellWidth(tiling), tiling.cell === 'hexagonal' ? 2 * Math.sqrt(3) * tiling.stepY : tiling.stepY) / 2
}

/** The centre of a cell in px. */
export function cellCentre(tiling: Tiling, i: number): { x: number; y: number } {
  const steps = CELL_STEPS[tiling.cell]
  return {
    x: (tiling.gridX[i] + steps.width / 2) * tiling.stepX,
    y: (tiling.gridY[i] + steps.height / 2) * tiling.stepY,
  }
}
