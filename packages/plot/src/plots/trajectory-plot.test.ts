import { type Lattice, matrix, SHAPES } from '@som/core'
import { describe, expect, it } from 'vitest'
import { flowsOf } from '../numbers/flows.ts'
import { trajectoryPlot } from './trajectory-plot.ts'

const sheet = (cell: Lattice['cell'], rows: number, columns: number): Lattice => ({
  cell,
  shape: 'sheet',
  rows,
  columns,
})

describe('a trajectory of more than 100 rows', () => {
  const lattice = sheet('hexagonal', 20, 30)
  const codebook = matrix(600, 1)
  const plotOf = (units: number[], shape: Lattice['shape'] = 'sheet'): string =>
    trajectoryPlot({ lattice: { ...lattice, shape }, metric: 'euclidean', codebook }, units)
  const arrows = (svg: string): { colour: string; width: number }[] =>
    Array.from(
      svg.matchAll(/<path fill="none" stroke="(#\w{6})" stroke-width="([^"]*)" d="M[^"]*Q/g),
      ([, colour, width]) => ({
        colour,
        width: Number(width),
      }),
    ).filter(({ colour }) => colour !== '#ffffff')

  it('is arrows between units, as wide as moves are many, in the colours of time', () => {
    const units = Array.from({ length: 300 }, (_, i) => (i < 200 ? [0, 9][i % 2] : i < 210 ? 300 + i : [0, 9][i % 2]))
    const svg = plotOf(units)
    const found = arrows(svg)
    const widths = found.map(({ width }) => width)
    expect(found.length).toBeLessThan(20)
    expect(Math.max(...widths)).toBeGreaterThan(3 * Math.min(...widths))
    expect(new Set(found.map(({ colour }) => colour)).size).toBeGreaterThan(1)
    expect(svg).toContain('Rows in order: an arrow has the colour of its mean row')
    expect(svg).toContain('Arrows gather moves between units; the widest has ')
  })

  it('is between blocks of units where it would be a scribble', () => {
    const units = Array.from({ length: 5000 }, (_, i) => (i * 7919) % 600)
    const svg = plotOf(units)
    expect(arrows(svg).length).toBeLessThanOrEqual(120)
    expect(svg).toMatch(/moves between blocks of \d+ × \d+ units/)
    expect(svg.length).toBeLessThan(120_000)
  })

  it('of 100 rows is still a line', () => {
    expect(arrows(plotOf(Array.from({ length: 100 }, (_, i) => i)))).toEqual([])
  })

  it('has moves without rows that have no unit, in any shape', () => {
    const { flows, stops, every } = flowsOf(lattice, [0, 1, -1, 2, 2, 3, 0, 1], 120)
    expect([every, flows.map(({ from, to, count, row }) => [from, to, count, row])]).toEqual([
      1,
      [
        [0, 1, 2, 4],
        [2, 3, 1, 5],
        [3, 0, 1, 6],
      ],
    ])
    expect(stops.map(({ rows }) => rows)).toEqual([2, 2, 2, 1])
    for (const shape of SHAPES)
      expect(
        plotOf(
          Array.from({ length: 200 }, (_, i) => (i * 29) % 600),
          shape,
        ),
      ).not.toContain('NaN')
  })
})

describe('trajectory', () => {
  const codebook = matrix(12, 1)
  const across = (shape: Lattice['shape'], units: number[]): string =>
    trajectoryPlot(
      { lattice: { cell: 'rectangular', shape, rows: 2, columns: 6 }, metric: 'euclidean', codebook },
      units,
    )
  /** Lines of the way itself, which is drawn in its own colour. */
  const lines = (svg: string): number => svg.match(/stroke="#d55e00"[^>]* d="([^"]*)"/)?.[1].match(/M/g)?.length ?? 0

  it('is one line a move, and two where it crosses a seam', () => {
    expect(lines(across('sheet', [0, 5, 4]))).toBe(2)
    expect(lines(across('cylinder', [0, 5, 4]))).toBe(3)
  })

  it('a row without a unit breaks it, and a row that stays draws nothing', () => {
    expect(lines(across('sheet', [0, 1, -1, 2, 2, 3]))).toBe(2)
    expect(lines(across('sheet', []))).toBe(0)
  })

  it('through units that are not there is refused', () => {
    expect(() => across('sheet', [0, 12])).toThrow('row 2: expected a unit from 0 to 11, or -1, found 12')
  })
})
