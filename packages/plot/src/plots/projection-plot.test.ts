import { type Lattice, matrix, random } from '@som/core'
import { expect, it } from 'vitest'
import { blockMeans, blockPrototypes, blocksOf } from '../numbers/blocks.ts'
import { projectionPlot } from './projection-plot.ts'

const large: Lattice = { cell: 'hexagonal', shape: 'sheet', rows: 100, columns: 100 }

/** The dots of a projection, row by row. */
const dotsOf = (svg: string): [number, number][] =>
  Array.from(svg.matchAll(/<circle cx="([^"]*)" cy="([^"]*)"/g), ([, x, y]) => [Number(x), Number(y)])

it('a map of 100 x 100 units that lies flat except for noise is a net without spikes', () => {
  const draw = random(1, 'noise')
  // A bent sheet in eight dimensions; noise as a map learns it of few rows: many times the way from unit to unit.
  const data = Float32Array.from({ length: 80_000 }, (_, at) => {
    const [row, column, k] = [Math.floor(at / 800), Math.floor(at / 8) % 100, at % 8]
    const sheet = [column / 10, row / 10, Math.sin(row / 40), Math.cos(column / 40)][k] ?? 0
    return sheet + 1.2 * (draw() - 0.5)
  })
  const svg = projectionPlot({ lattice: large, metric: 'euclidean', codebook: matrix(10_000, 8, data) })
  const dots = dotsOf(svg)
  expect(dots.length).toBeLessThanOrEqual(256)
  const side = Math.sqrt(dots.length)
  const steps = dots.flatMap(([x, y], i) =>
    i % side === side - 1 ? [] : [Math.hypot(x - dots[i + 1][0], y - dots[i + 1][1])],
  )
  const median = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)]
  expect(Math.max(...steps)).toBeLessThan(2.5 * median)
  expect(Number(svg.match(/Stress: ([\d.e-]+)/)?.[1])).toBeLessThan(0.02)
  expect(svg).toContain('Each dot is the mean of 7 × 7 units')
})

it('a map of up to 900 units has a dot for each', () => {
  const lattice = { ...large, rows: 3, columns: 4 }
  expect(dotsOf(projectionPlot({ lattice, metric: 'euclidean', codebook: matrix(12, 2) }))).toHaveLength(12)
})

it('blocks have the mean of what is not missing, and the last ones fewer units', () => {
  const lattice = { ...large, rows: 2, columns: 3 }
  const blocks = blocksOf(lattice, 2)
  expect(blocks.units).toEqual([
    [0, 1, 3, 4],
    [2, 5],
  ])
  const codebook = matrix(6, 1, Float32Array.of(0, 1, Number.NaN, 2, 5, Number.NaN))
  expect([...blockPrototypes(blocks, codebook).data]).toEqual([2, Number.NaN])
  expect([...blockMeans(blocks, [0, 0, 4, 0, 4, 6])]).toEqual([1, 5])
})
