import type { Lattice } from '@som/core'
import { expect, it } from 'vitest'
import { clustersPlot } from './clusters-plot.ts'

const sheet = (cell: Lattice['cell'], rows: number, columns: number): Lattice => ({
  cell,
  shape: 'sheet',
  rows,
  columns,
})

it('values that are not one a unit are refused with both numbers', () => {
  expect(() => clustersPlot({ lattice: sheet('rectangular', 2, 2) }, [0, 1])).toThrow(
    'clusters: expected one per unit (4), found 2',
  )
})

it('clusters too are all in the legend', () => {
  const svg = clustersPlot({ lattice: sheet('hexagonal', 10, 30) }, [...Array(300).keys()])
  for (let number = 1; number <= 300; number++) expect(svg).toContain(`>cluster ${number} (1)</text>`)
})

it('units in no cluster are grey, and the legend counts them', () => {
  const svg = clustersPlot({ lattice: sheet('rectangular', 2, 2) }, [0, 1, -1, -1])
  expect(svg).toContain('>unclustered (2)</text>')
  expect(svg).toMatch(/<path fill="#bbbbbb"[^>]*><title>unclustered<\/title>/)
  expect(clustersPlot({ lattice: sheet('rectangular', 1, 2) }, [-1, -1])).toContain('>unclustered (2)</text>')
  expect(clustersPlot({ lattice: sheet('rectangular', 1, 2) }, [0, 1])).not.toContain('unclustered')
})
