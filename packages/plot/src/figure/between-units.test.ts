import { CELLS, type Lattice, matrix, neighboursOf, SHAPES, unitCount } from '@som/core'
import { describe, expect, it } from 'vitest'
import { betweenUnits } from './between-units.ts'

const line = (lattice: Lattice, values: readonly number[]) => ({
  lattice,
  metric: 'euclidean' as const,
  codebook: matrix(values.length, 1, Float32Array.from(values)),
})

/** Heights are f64 sums of f32 values. */
const ROUNDING = 1e-12

it('between rectangular units stand their distances, and on units the mean of those at their sides', () => {
  const lattice: Lattice = { cell: 'rectangular', shape: 'sheet', rows: 2, columns: 2 }
  const { heights } = betweenUnits(line(lattice, [0, 1, 3, 7]))
  const diagonal = (7 + 2) / (2 * Math.SQRT2)
  // unit 0, edge 0-1, unit 1 / edge 0-2, both diagonals, edge 1-3 / unit 2, edge 2-3, unit 3
  expect(Array.from(heights)).toEqual([2, 1, 3.5, 3, diagonal, 6, 3.5, 4, 5])
})

it('between hexagonal units each of the three directions has its cells', () => {
  const lattice: Lattice = { cell: 'hexagonal', shape: 'sheet', rows: 2, columns: 2 }
  // Unit 2 lies below, between units 0 and 1; unit 3 to the right of it.
  const { heights } = betweenUnits(line(lattice, [0, 1, 3, 7]))
  // row of units 0 and 1 / edges 0-2, 1-2, 1-3 / row of units 2 and 3
  expect(Array.from(heights)).toEqual([2, 1, 3, 3, 2, 6, 3, 4, 5])
})

describe.each(CELLS)('%s cells', (cell) => {
  it.each(SHAPES)('each pair of neighbours at the sides of a %s has one cell', (shape) => {
    const lattice: Lattice = { cell, shape, rows: 4, columns: 5 }
    const values = Array.from({ length: 20 }, (_, i) => 2 ** (i / 2))
    const { heights, units, tiling } = betweenUnits(line(lattice, values))
    const wanted: number[] = []
    for (let unit = 0; unit < unitCount(lattice); unit++) {
      for (const other of neighboursOf(lattice, unit, cell === 'hexagonal' ? 6 : 4)) {
        if (other > unit) wanted.push(Math.abs(Math.fround(values[unit]) - Math.fround(values[other])))
      }
    }
    const between = Array.from(heights).filter((_, i) => !units.includes(i))
    for (const height of wanted) expect(between.some((found) => Math.abs(found - height) < ROUNDING)).toBe(true)
    const diagonals = cell === 'hexagonal' ? 0 : (shape === 'toroid' ? 4 : 3) * (shape === 'sheet' ? 4 : 5)
    expect(between).toHaveLength(wanted.length + diagonals)
    const places = new Set(Array.from(tiling.gridX, (x, i) => `${x} ${tiling.gridY[i]}`))
    expect(places.size).toBe(heights.length)
  })
})
