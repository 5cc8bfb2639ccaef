import { CELLS, type Lattice, matrix, neighboursOf, SHAPES, unitCount } from '@som/core'
import { squaredLatticeDistance } from '@som/core/backend'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { borders } from '../figure/borders.ts'
import { cellWidth, tilingOf } from '../figure/tiling.ts'
import { classCounts } from '../numbers/class-counts.ts'
import { correlationOrder } from '../numbers/correlation-order.ts'
import { displacement } from '../numbers/displacement.ts'
import { flowsOf } from '../numbers/flows.ts'
import { gradientField } from '../numbers/gradient-field.ts'
import { classPiesPlot } from './class-pies-plot.ts'
import { clustersPlot } from './clusters-plot.ts'
import { hitsPlot } from './hits-plot.ts'
import { labelsPlot } from './labels-plot.ts'
import { trajectoryPlot } from './trajectory-plot.ts'

const sheet = (cell: Lattice['cell'], rows: number, columns: number): Lattice => ({
  cell,
  shape: 'sheet',
  rows,
  columns,
})

/** Square roots against exact squared distances. */
const ROUNDING = 1e-9

describe.each(CELLS)('%s cells', (cell) => {
  it.each(SHAPES)('a displacement on a %s is as long as the distance on the lattice', (shape) => {
    const lattice: Lattice = { cell, shape, rows: 6, columns: 5 }
    for (let a = 0; a < unitCount(lattice); a++) {
      for (let b = 0; b < unitCount(lattice); b++) {
        const { x, y } = displacement(lattice, a, b)
        expect(Math.abs(x * x + y * y - squaredLatticeDistance(lattice, a, b))).toBeLessThan(ROUNDING)
      }
    }
  })

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

describe('classes', () => {
  const lattice = sheet('rectangular', 1, 2)

  it('are counted by unit, the most frequent first', () => {
    const counts = classCounts(lattice, { units: [0, 0, 0, 1, -1, 1], labels: ['b', 'a', 'b', 'c', 'a', ''] })
    expect(counts.classes).toEqual(['b', 'a', 'c'])
    expect(counts.perUnit).toEqual([
      [
        { index: 0, rows: 2 },
        { index: 1, rows: 1 },
      ],
      [{ index: 2, rows: 1 }],
    ])
  })

  it('of rows without a label, or on units that are not there, are refused', () => {
    expect(() => classCounts(lattice, { units: [0, 1], labels: ['a'] })).toThrow(
      'labels: expected one for each of 2 rows',
    )
    expect(() => classCounts(lattice, { units: [2], labels: ['a'] })).toThrow('expected a unit from 0 to 1, found 2')
  })

  it('more than there are colours for are written instead', () => {
    const labels = Array.from({ length: 65 }, (_, i) => `class ${i}`)
    const svg = labelsPlot({ lattice }, { units: labels.map((_, i) => i % 2), labels })
    expect(svg).toContain('class 0<')
    expect(svg).toContain('>+31<')
  })
})

describe('many classes', () => {
  const lattice = sheet('hexagonal', 10, 30)
  const labelled = (count: number) => {
    const labels = Array.from({ length: count }, (_, i) => `kind ${String(i).padStart(3, '0')}`)
    return { units: labels.map((_, i) => i % 300), labels }
  }

  it.each([10, 30, 100, 256])('%i have a colour each, and all of them are in the legend', (count) => {
    const rows = labelled(count)
    const svg = classPiesPlot({ lattice }, rows)
    for (const label of rows.labels) expect(svg).toContain(`>${label}</text>`)
    expect(svg).not.toMatch(/\bmore\b/)
    const swatches = Array.from(svg.matchAll(/width="12" height="12" fill="(#\w+)"/g), ([, colour]) => colour)
    expect(new Set(swatches).size).toBe(count)
  })

  it('those beyond any colours share a grey, whose tooltip names them', () => {
    const svg = classPiesPlot({ lattice }, labelled(300))
    expect(svg).toContain('<title>kind 256, kind 257, ')
    expect(svg).toMatch(/>the other 44 class[^<]*…[^<]*rows</)
  })

  it('clusters too are all in the legend', () => {
    const svg = clustersPlot({ lattice }, [...Array(300).keys()])
    for (let number = 1; number <= 300; number++) expect(svg).toContain(`>cluster ${number} (1)</text>`)
  })
})

describe('gradient field', () => {
  it('arrows point away from the cliff between two plateaus', () => {
    const lattice = sheet('rectangular', 3, 8)
    const codebook = matrix(
      24,
      1,
      Float32Array.from({ length: 24 }, (_, unit) => (unit % 8 < 4 ? 0 : 1)),
    )
    const { x, y } = gradientField({ lattice, metric: 'euclidean', codebook }, 1)
    for (let row = 0; row < 3; row++) {
      expect(x[row * 8 + 3]).toBeLessThan(0)
      expect(x[row * 8 + 4]).toBeGreaterThan(0)
    }
    expect(Math.abs(y[8 + 3])).toBeLessThan(ROUNDING)
  })

  it('is nothing where all prototypes are the same', () => {
    const lattice: Lattice = { cell: 'hexagonal', shape: 'toroid', rows: 4, columns: 4 }
    const { x, y } = gradientField({ lattice, metric: 'euclidean', codebook: matrix(16, 2) }, 1)
    expect([...x, ...y].every((part) => part === 0)).toBe(true)
  })
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

it('planes that are alike, or each other’s negative, stand side by side', () => {
  const planes = [
    [1, 2, 3, 4],
    [1, 0, 0, 1],
    [-1, -2, -3, -5],
    [2, 0, 0, 1],
  ]
  expect(correlationOrder(planes)).toEqual([0, 2, 3, 1])
  expect(correlationOrder([])).toEqual([])
})

it('values that are not one a unit are refused with both numbers', () => {
  expect(() => clustersPlot({ lattice: sheet('rectangular', 2, 2) }, [0, 1])).toThrow(
    'clusters: expected one for each of 4 units, found 2',
  )
})

it('hits of an unfinished map are refused with what would do', () => {
  expect(() => hitsPlot({ lattice: sheet('rectangular', 1, 1), seen: null })).toThrow('training is finished')
})
