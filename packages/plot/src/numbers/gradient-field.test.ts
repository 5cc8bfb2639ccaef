import { type Lattice, matrix } from '@som/core'
import { describe, expect, it } from 'vitest'
import { gradientField } from './gradient-field.ts'

const sheet = (cell: Lattice['cell'], rows: number, columns: number): Lattice => ({
  cell,
  shape: 'sheet',
  rows,
  columns,
})

/** Sums of shares against what is 0 by symmetry. */
const ROUNDING = 1e-9

describe('gradient field', () => {
  it('arrows point away from the cliff between two plateaus', () => {
    const lattice = sheet('rectangular', 3, 8)
    const codebook = matrix(
      24,
      1,
      Float32Array.from({ length: 24 }, (_, unit) => (unit % 8 < 4 ? 0 : 1)),
    )
    const { x, y } = gradientField({ lattice, metric: 'euclidean', codebook }, 1)
    for (let row = 0; row < 3; row++) {
      expect(x[row * 8 + 3]).toBeLessThan(0)
      expect(x[row * 8 + 4]).toBeGreaterThan(0)
    }
    expect(Math.abs(y[8 + 3])).toBeLessThan(ROUNDING)
  })

  it('is nothing where all prototypes are the same', () => {
    const lattice: Lattice = { cell: 'hexagonal', shape: 'toroid', rows: 4, columns: 4 }
    const { x, y } = gradientField({ lattice, metric: 'euclidean', codebook: matrix(16, 2) }, 1)
    expect([...x, ...y].every((part) => part === 0)).toBe(true)
  })
})
