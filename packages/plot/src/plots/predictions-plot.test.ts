import type { Lattice } from '@som/core'
import { expect, it } from 'vitest'
import { predictionsPlot } from './predictions-plot.ts'

const lattice: Lattice = { cell: 'rectangular', shape: 'sheet', rows: 1, columns: 3 }

it('a class is in its own colour where it is certain, paler where it is not, and named', () => {
  const svg = predictionsPlot(
    { lattice },
    {
      ...{ kind: 'class', name: 'kind', classes: ['owl', 'lynx'] },
      place: Int32Array.of(0, 0, -1),
      probabilities: Float64Array.of(1, 0, 0.5, 0.5, Number.NaN, Number.NaN),
    },
  )
  // All of the first colour; 15 % of it and 85 % of grey; and in the legend.
  expect(svg.match(/fill="#88ccee"/g)).toHaveLength(2)
  expect(svg).toContain('fill="#dfe9ee"')
  for (const text of ['Predicted kind', '>owl<', '>lynx<']) expect(svg).toContain(text)
})

it('a number is a value as colours, with the width of its intervals', () => {
  const value = Float64Array.of(1, 2, Number.NaN)
  const ends = (by: number): Float64Array => value.map((each) => each + by)
  const prediction = { kind: 'number', name: 'size', value, low: ends(-1), high: ends(2), coverage: 0.9 } as const
  const svg = predictionsPlot({ lattice }, prediction, { colours: 'cividis' })
  for (const text of ['Predicted size', '90 % intervals', 'are 3 wide']) expect(svg).toContain(text)
})

it('colours of values are refused for classes, and predictions of other rows than the units', () => {
  const about = { kind: 'class', name: 'kind', classes: ['owl'] } as const
  const prediction = { ...about, place: Int32Array.of(0), probabilities: Float64Array.of(1) }
  expect(() => predictionsPlot({ lattice }, prediction, { colours: 'greys' })).toThrow(
    'colours: is for values as colours',
  )
  expect(() => predictionsPlot({ lattice }, prediction)).toThrow('predictions: expected one per unit (3), found 1')
})
