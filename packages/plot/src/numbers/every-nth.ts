import type { Lattice } from '@som/core'

/** The units of every n-th row and column, from the first on. */
export function everyNth({ rows, columns }: Lattice, every: number): number[] {
  const units: number[] = []
  for (let row = 0; row < rows; row += every) {
    for (let column = 0; column < columns; column += every) units.push(row * columns + column)
  }
  return units
}
