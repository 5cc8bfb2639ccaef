import { CELLS, type Lattice } from '@som/core'
import { expect, it } from 'vitest'
import { tilingOf } from '../figure/tiling.ts'
import { hitsPlot } from './hits-plot.ts'

const sheet = (cell: Lattice['cell'], rows: number, columns: number): Lattice => ({
  cell,
  shape: 'sheet',
  rows,
  columns,
})

it('a bar of colours is as wide as the cells above it', () => {
  for (const cell of CELLS) {
    const lattice = sheet(cell, 5, 9)
    const hits = Float64Array.from({ length: 45 }, (_, unit) => unit % 3)
    const svg = hitsPlot({ lattice, seen: null }, { hits })
    expect(svg).toContain(`width="${tilingOf(lattice).width}" height="10" fill="url(#som-viridis)"`)
    expect(Array.from(svg.matchAll(/font-size="11" text-anchor="middle">(\d+)</g), ([, text]) => text)).toEqual([
      '1',
      '2',
    ])
  }
})

it('hits of an unfinished map are refused with what would do', () => {
  expect(() => hitsPlot({ lattice: sheet('rectangular', 1, 1), seen: null })).toThrow('expected a fully trained map')
})
