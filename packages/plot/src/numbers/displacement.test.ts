import { CELLS, type Lattice, SHAPES, unitCount } from '@som/core'
import { squaredLatticeDistance } from '@som/core/backend'
import { describe, expect, it } from 'vitest'
import { displacement } from './displacement.ts'

/** Square roots against exact squared distances. */
const ROUNDING = 1e-9

describe.each(CELLS)('%s cells', (cell) => {
  it.each(SHAPES)('a displacement on a %s is as long as the distance on the lattice', (shape) => {
    const lattice: Lattice = { cell, shape, rows: 6, columns: 5 }
    for (let a = 0; a < unitCount(lattice); a++) {
      for (let b = 0; b < unitCount(lattice); b++) {
        const { x, y } = displacement(lattice, a, b)
        expect(Math.abs(x * x + y * y - squaredLatticeDistance(lattice, a, b))).toBeLessThan(ROUNDING)
      }
    }
  })
})
