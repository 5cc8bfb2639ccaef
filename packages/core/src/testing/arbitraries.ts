import fc from 'fast-check'
import { CELLS, type Lattice, SHAPES } from '../map/lattice.ts'

/** Lattices of every cell and shape with sides up to `side`; hexagonal wraps have an even number of rows. */
export function latticeArbitrary(side: number): fc.Arbitrary<Lattice> {
  return fc
    .record({
      cell: fc.constantFrom(...CELLS),
      shape: fc.constantFrom(...SHAPES),
      rows: fc.integer({ min: 1, max: side }),
      columns: fc.integer({ min: 1, max: side }),
    })
    .map((lattice) =>
      lattice.cell === 'hexagonal' && lattice.shape !== 'sheet'
        ? { ...lattice, rows: lattice.rows + (lattice.rows % 2) }
        : lattice,
    )
}
