import { CELLS, type Lattice, neighboursOf, SHAPES, unitCount } from '@som/core'
import { describe, expect, it } from 'vitest'
import { cells } from './cells.ts'
import { colourScale } from './colour-scale.ts'
import { cellCentre, cellWidth, tilingOf } from './tiling.ts'

const sheet = (cell: Lattice['cell'], rows: number, columns: number): Lattice => ({
  cell,
  shape: 'sheet',
  rows,
  columns,
})

/** Lengths are rounded to hundredths of a px and steps to whole px. */
const ROUNDING = 1e-9

describe.each(CELLS)('%s cells', (cell) => {
  it('neighbours are one cell width apart', () => {
    const lattice = sheet(cell, 5, 4)
    const tiling = tilingOf(lattice)
    for (let unit = 0; unit < unitCount(lattice); unit++) {
      for (const other of neighboursOf(lattice, unit, cell === 'hexagonal' ? 6 : 4)) {
        const a = cellCentre(tiling, unit)
        const b = cellCentre(tiling, other)
        expect(Math.abs(Math.hypot(a.x - b.x, a.y - b.y) - cellWidth(tiling))).toBeLessThan(ROUNDING)
      }
    }
  })

  it('one outline is drawn for each unit of a small map', () => {
    const lattice = sheet(cell, 5, 4)
    const values = Float64Array.from({ length: 20 }, (_, i) => i % 3)
    const svg = cells(tilingOf(lattice), values, colourScale(values, 'viridis'))
    expect(svg.match(/M/g)).toHaveLength(20)
    expect(svg.match(/<path/g)).toHaveLength(3)
  })

  it('runs of one colour are drawn as one on a large map', () => {
    const lattice = sheet(cell, 100, 100)
    const values = Float64Array.from({ length: 10_000 }, (_, i) => Math.floor((i % 100) / 25))
    const svg = cells(tilingOf(lattice), values, colourScale(values, 'viridis'))
    expect(svg.match(/M/g)).toHaveLength(400)
  })

  it('a map of 200 x 200 units that are all different stays below 1.3 MB', () => {
    const lattice = sheet(cell, 200, 200)
    const values = Float64Array.from({ length: 40_000 }, (_, i) => (i * 7919) % 40_009)
    expect(cells(tilingOf(lattice), values, colourScale(values, 'viridis')).length).toBeLessThan(1.3e6)
  })

  it.each(SHAPES)('no map is larger than asked for, and none too thin to see (%s)', (shape) => {
    for (const [rows, columns] of [
      [1, 1],
      [1, 1000],
      [300, 2],
      [200, 200],
    ]) {
      const { width, height } = tilingOf({ cell, shape, rows, columns }, 300)
      expect(Math.max(width, height)).toBeLessThanOrEqual(300 + ROUNDING)
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(16 - ROUNDING)
    }
  })
})

it('odd rows of hexagons are half a cell to the right', () => {
  const tiling = tilingOf(sheet('hexagonal', 3, 2))
  expect(cellCentre(tiling, 2).x - cellCentre(tiling, 0).x).toBe(cellWidth(tiling) / 2)
  expect(cellCentre(tiling, 4).x).toBe(cellCentre(tiling, 0).x)
})
