import type { Lattice } from '@som/core'
import { PALETTES, type PaletteName } from './palettes.ts'

/** The lattice that attributes describe; null where rows or columns are not whole numbers above 0. */
export function latticeOf(get: (name: string) => string | null): Lattice | null {
  const [rows, columns] = [Number(get('rows')), Number(get('columns'))]
  if (!(Number.isInteger(rows) && Number.isInteger(columns) && rows > 0 && columns > 0)) return null
  return {
    cell: get('cell') === 'hexagonal' ? 'hexagonal' : 'rectangular',
    shape: get('shape') === 'toroid' ? 'toroid' : get('shape') === 'cylinder' ? 'cylinder' : 'sheet',
    rows,
    columns,
  }
}

/** Numbers with spaces or commas between them; any other word is a missing value. */
export function numbersOf(text: string | null): Float64Array {
  const words = text?.split(/[\s,]+/).filter((word) => word !== '') ?? []
  return Float64Array.from(words, Number)
}

/** A palette by its name; viridis where there is no such. */
export const paletteOf = (name: string | null): PaletteName => PALETTES.find((known) => known === name) ?? 'viridis'
