import { CELLS, type Lattice } from '@som/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { centreOf, placingOf, unitAt, unitsWithin } from './placing.ts'

const lattice = fc.record({
  cell: fc.constantFrom(...CELLS),
  shape: fc.constant('sheet' as const),
  rows: fc.integer({ min: 1, max: 40 }),
  columns: fc.integer({ min: 1, max: 40 }),
})

it('the unit at the centre of each cell is that cell, and every cell is within the box', () => {
  fc.assert(
    fc.property(lattice, fc.integer({ min: 50, max: 900 }), fc.integer({ min: 50, max: 900 }), (of, width, height) => {
      const placing = placingOf(of, width, height)
      for (let unit = 0; unit < of.rows * of.columns; unit++) {
        const { x, y } = centreOf(placing, unit)
        expect(unitAt(placing, x, y)).toBe(unit)
        expect(x >= 0 && x <= width && y >= 0 && y <= height).toBe(true)
      }
    }),
    { numRuns: 40 },
  )
})

const square: Lattice = { cell: 'rectangular', shape: 'sheet', rows: 4, columns: 4 }

it('a point beside the map is in no unit', () => {
  const placing = placingOf(square, 400, 100)
  expect(unitAt(placing, 5, 50)).toBe(-1)
  expect(unitAt(placing, 200, 150)).toBe(-1)
})

it('a lasso has the units whose centres it holds', () => {
  const placing = placingOf(square, 400, 400)
  expect(unitsWithin(placing, [0, 0, 190, 0, 190, 190, 0, 190])).toEqual([0, 1, 4, 5])
  expect(unitsWithin(placing, [0, 0])).toEqual([])
})
