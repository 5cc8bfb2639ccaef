import type { Lattice } from '@som/core'

/** The unit that an arrow key leads to; null for other keys. */
export function stepUnit({ rows, columns }: Lattice, unit: number, key: string): number | null {
  const [row, column] = [Math.floor(unit / columns), unit % columns]
  const to = (r: number, c: number): number =>
    Math.max(0, Math.min(rows - 1, r)) * columns + Math.max(0, Math.min(columns - 1, c))
  switch (key) {
    case 'ArrowLeft':
      return to(row, column - 1)
    case 'ArrowRight':
      return to(row, column + 1)
    case 'ArrowUp':
      return to(row - 1, column)
    case 'ArrowDown':
      return to(row + 1, column)
    case 'Home':
      return to(row, 0)
    case 'End':
      return to(row, columns - 1)
    case 'PageUp':
      return to(0, column)
    case 'PageDown':
      return to(rows - 1, column)
    default:
      return null
  }
}
