import { CELLS, type Lattice, neighboursOf } from '@som/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { borders } from './borders.ts'
import { cellWidth, tilingOf } from './tiling.ts'

const sheet = (cell: Lattice['cell'], rows: number, columns: number): Lattice => ({
  cell,
  shape: 'sheet',
  rows,
  columns,
})

describe.each(CELLS)('%s cells', (cell) => {
  it('there is a border between each two neighbours of different groups, and no other', () => {
    const lattice = sheet(cell, 4, 5)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 20, maxLength: 20 }), (groups) => {
        let wanted = 0
        for (let unit = 0; unit < 20; unit++) {
          const around = neighboursOf(lattice, unit, cell === 'hexagonal' ? 6 : 4)
          wanted += around.filter((other) => other > unit && groups[other] !== groups[unit]).length
        }
        expect(borders(lattice, tilingOf(lattice), groups).match(/M/g) ?? []).toHaveLength(wanted)
      }),
    )
  })
})

it('borders on a map of 100 x 100 units are thin beside its cells', () => {
  const lattice = sheet('hexagonal', 100, 100)
  const tiling = tilingOf(lattice)
  const drawn = borders(lattice, tiling, [...Array(10_000).keys()])
  const width = Number(drawn.match(/stroke-width="([^"]*)"/)?.[1])
  expect(width).toBeGreaterThan(0)
  expect(width).toBeLessThanOrEqual(cellWidth(tiling) / 6)
})
