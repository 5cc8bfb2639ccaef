import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Cell, Shape } from '../map/lattice.ts'
import { defaultUnits, mapSize } from './map-size.ts'
import type { Principal } from './pca.ts'

/** Principal components of data that varies `ratio` times as much one way as the other. */
const principalOf = (ratio: number): Principal => {
  const component = (deviation: number) => ({ direction: new Float64Array(2), deviation })
  return { mean: new Float64Array(2), components: [component(ratio), component(1)] }
}
const cell = 'rectangular'
const shape = 'sheet'

it('a map has 10 √N units by default, and at most one for every two rows', () => {
  expect(defaultUnits(10_000)).toBe(1000)
  expect(defaultUnits(400)).toBe(200)
  expect(defaultUnits(100)).toBe(50)
  expect(defaultUnits(150)).toBe(75)
})

it('a map of very few rows still has four units', () => {
  expect(defaultUnits(2)).toBe(4)
})

it('its sides are in the ratio of the deviations, the longer along the columns', () => {
  const size = mapSize(5000, principalOf(2.5), { cell, shape })
  expect(Math.abs(size.rows * size.columns - 10 * Math.sqrt(5000))).toBeLessThan(size.columns)
  expect(size.columns / size.rows).toBeCloseTo(2.5, 0)
})

it('a hexagonal map has more rows, since they lie closer together, and an even number of them where it wraps', () => {
  const size = mapSize(5000, principalOf(2.5), { cell, shape })
  expect(mapSize(5000, principalOf(2.5), { cell: 'hexagonal', shape }).rows).toBeGreaterThan(size.rows)
})

it('a hexagonal map that wraps has the rows of the sheet, or one more where those are odd; no other map is changed by its shape', () => {
  let odd = 0
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 20_000 }),
      fc.double({ min: 1, max: 5, noNaN: true }),
      fc.constantFrom('cylinder', 'toroid'),
      (rows, ratio, wrapped) => {
        const sizeOf = (cell: Cell, shape: Shape) => mapSize(rows, principalOf(ratio), { cell, shape })
        const [sheet, size] = [sizeOf('hexagonal', 'sheet'), sizeOf('hexagonal', wrapped)]
        odd += sheet.rows % 2
        expect(size.rows).toBe(sheet.rows + (sheet.rows % 2))
        expect(size.columns).toBe(Math.max(1, Math.round(defaultUnits(rows) / size.rows)))
        expect(sizeOf('rectangular', wrapped)).toEqual(sizeOf('rectangular', 'sheet'))
      },
    ),
  )
  expect(odd).toBeGreaterThan(10)
})

it('a map of data on a line is square', () => {
  const { rows, columns } = mapSize(5000, principalOf(1e6), { cell, shape })
  expect(columns - rows).toBeLessThan(2)
})
