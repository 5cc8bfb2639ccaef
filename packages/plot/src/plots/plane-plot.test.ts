import { describe, expect, it } from 'vitest'
import { planeGrid } from '../numbers/plane-grid.ts'
import { planePlot } from './plane-plot.ts'

const places = Float32Array.of(0, 0, 10, 5, Number.NaN, Number.NaN, 10, 5, 5, 2.5)

describe('the grid of a plane', () => {
  it('has square cells that cover all places', () => {
    const { rows, columns, cell, counts, at } = planeGrid(places, 10)
    expect([rows, columns]).toEqual([6, 10])
    expect(Array.from(cell)).toEqual([0, 59, -1, 59, 25])
    expect([counts[0], counts[59], counts[25]]).toEqual([1, 2, 1])
    expect(Array.from(at.slice(2, 4))).toEqual([10, 5])
  })

  it('has all places in its middle where they are one', () => {
    const { cell, counts, rows, columns } = planeGrid(Float32Array.of(3, 4, 3, 4), 10)
    expect(counts[cell[0]]).toBe(2)
    expect(cell[0]).toBe((rows / 2) * columns + columns / 2)
  })
})

describe('the picture of a plane', () => {
  it('has a dot for each row with a place, in the colour of its class', () => {
    const svg = planePlot({ places, labels: ['a', 'b', 'b', 'b', ''] })
    const dots = Array.from(svg.matchAll(/<path stroke="(#\w+)" d="([^"]*)"/g), ([, colour, d]) => [
      colour,
      d.split('M').length - 1,
    ])
    expect(dots.map(([, count]) => count)).toEqual([1, 2, 1])
    expect(new Set(dots.map(([colour]) => colour)).size).toBe(3)
    expect(svg).toContain('4 rows;')
    expect(svg).toContain('1 row without any value is left out')
  })

  it('has a bar of colours for values, and their name above', () => {
    const svg = planePlot({ places, values: [1, 2, 3, 4, 5], name: 'weight' })
    expect(svg).toContain('weight of each row')
    expect(svg).toMatch(/>weight<\/text>/)
  })

  it('has pixels for many rows: how many there are, their most frequent class, or their mean', () => {
    const many = Float32Array.from({ length: 12_000 }, (_, at) => (at < 8000 ? 0 : at % 2) * 100)
    const counted = planePlot({ places: many }, { size: 100 })
    expect(counted).toContain('Rows per pixel')
    expect(counted.match(/h1v1h-1z/g)).toHaveLength(2)
    const labels = Array.from({ length: 6000 }, (_, i) => (i < 3000 || i > 5000 ? 'mostly' : 'seldom'))
    const classed = planePlot({ places: many, labels }, { size: 100 })
    expect(classed.match(/<path fill="#\w+" d="[^"]*h1v1/g)).toHaveLength(2)
    const means = planePlot({ places: many, values: labels.map((_, i) => i) }, { size: 100 })
    expect(means).toContain('Mean value of the rows of each pixel')
  })

  it('refuses what does not go together', () => {
    expect(() => planePlot({ places, labels: ['a'] })).toThrow('labels: expected one for each of 5 rows, found 1')
    expect(() => planePlot({ places, values: [1] })).toThrow('values: expected one for each of 5 rows, found 1')
    expect(() => planePlot({ places }, { colour: 'greys' } as never)).toThrow('did you mean colours?')
  })
})
