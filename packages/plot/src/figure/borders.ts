import type { Lattice } from '@som/core'
import { INK } from './ink.ts'
import { join } from './svg.ts'
import { cellWidth, type Tiling } from './tiling.ts'

/**
 * Lines between neighbouring cells of different groups, except across a seam, where the cells are not drawn side by
 * side.
 */
export function borders(lattice: Lattice, tiling: Tiling, groups: ArrayLike<unknown>): string {
  const pieces: string[] = []
  for (let unit = 0; unit < groups.length; unit++) {
    for (const side of sides[lattice.cell](lattice, unit)) {
      if (groups[side.unit] === groups[unit]) continue
      const [x1, y1, x2, y2] = side.edge
      const x = tiling.gridX[unit]
      const y = tiling.gridY[unit]
      pieces.push(
        `M${join((x + x1) * tiling.stepX, (y + y1) * tiling.stepY)}L${join((x + x2) * tiling.stepX, (y + y2) * tiling.stepY)}`,
      )
    }
  }
  if (pieces.length === 0) return ''
  // In proportion to the cells, so that ragged borders of a large map do not form a mesh that hides them.
  const width = Math.min(2.5, cellWidth(tiling) / 8)
  return `<path fill="none" stroke="${INK}" stroke-width="${join(width)}" stroke-linecap="round" d="${pieces.join('')}"/>\n`
}

interface Side {
  /** The unit on the other side. */
  readonly unit: number
  /** From x1, y1 to x2, y2, in steps from the cell's upper left corner. */
  readonly edge: readonly [number, number, number, number]
}

/** The sides to the right and below, so that each is visited once. */
const sides: Record<Lattice['cell'], (lattice: Lattice, unit: number) => Side[]> = {
  rectangular: ({ rows, columns }, unit) => {
    const found: Side[] = []
    if ((unit + 1) % columns !== 0) found.push({ unit: unit + 1, edge: [1, 0, 1, 1] })
    if (unit + columns < rows * columns) found.push({ unit: unit + columns, edge: [0, 1, 1, 1] })
    return found
  },
  hexagonal: ({ rows, columns }, unit) => {
    const found: Side[] = []
    const row = Math.floor(unit / columns)
    const column = unit - row * columns
    if (column + 1 < columns) found.push({ unit: unit + 1, edge: [2, 1, 2, 3] })
    if (row + 1 === rows) return found
    const right = column + (row & 1)
    if (right < columns) found.push({ unit: (row + 1) * columns + right, edge: [2, 3, 1, 4] })
    if (right > 0) found.push({ unit: (row + 1) * columns + right - 1, edge: [1, 4, 0, 3] })
    return found
  },
}
