import { type Matrix, matrix, random } from '@som/core'
import { expect, test } from 'vitest'
import { figuresOf } from './figures.ts'

const plain = { method: 'none', cofactor: 1, centre: 0, scale: 1, factor: 1 } as const
const ROWS = 257
const COUNT = 3
/** Six columns, of which the map has five in another order: more than are read at once. */
const names = ['a', 'b', 'c', 'd', 'e', 'left out']
const features = ['e', 'a', 'd', 'b', 'c'].map((name) => ({
  name,
  preprocessing: plain,
  ...(name === 'b' && { source: { column: 'kind', level: 'b' } }),
}))
const draw = random(7, 'figures')
/** Few different numbers, so that some tie; one of ten is missing, and no row of the last group has an `e`. */
const of = Int32Array.from({ length: ROWS }, () => Math.floor(draw() * (COUNT + 1)) - 1)
const cell = (row: number, column: number): number => {
  if (draw() < 0.1 || (names[column] === 'e' && of[row] === COUNT - 1)) return Number.NaN
  return names[column] === 'b' ? Math.round(draw()) : Math.round(draw() * 40) / 8
}
const cells = Float64Array.from({ length: ROWS * names.length }, (_, at) => cell(Math.floor(at / 6), at % 6))

const knownOf = (data: ArrayLike<number>, width: number, column: number, rows: readonly number[]): number[] =>
  rows.map((row) => data[row * width + column]).filter((x) => !Number.isNaN(x))

/** The mean, one number after another as Welford's method has it. */
const meanOf = (values: readonly number[]): number => {
  if (values.length === 0) return Number.NaN
  return values.reduce((mean, x, i) => mean + (x - mean) / (i + 1), 0)
}

/** The middle of all numbers in order, or the mean of the two. */
function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : sorted[half - 1] / 2 + sorted[half] / 2
}

function plainFigures(rows: Matrix, chosen: readonly number[]) {
  return {
    means: features.map((_, f) => meanOf(knownOf(rows.data, rows.columns, f, chosen))),
    usual: features.map(({ name, source }) => {
      const values = knownOf(cells, names.length, names.indexOf(name), chosen)
      return source ? values.reduce((sum, x) => sum + x, 0) / values.length : medianOf(values)
    }),
  }
}

test.each([Float32Array, Float64Array])('figures of all rows and of groups are those of a %o by hand', (Numbers) => {
  const samples = { features: names, rows: ROWS, data: Numbers.from(cells) }
  const order = features.map(({ name }) => names.indexOf(name))
  const rows = matrix(
    ROWS,
    order.length,
    Float32Array.from({ length: ROWS * order.length }, (_, at) => cells[Math.floor(at / 5) * 6 + order[at % 5]]),
  )
  const { all, groups } = figuresOf(samples, features, rows, of, COUNT)
  const everyone = [...of.keys()]
  const inGroup = (group: number): number[] => everyone.filter((row) => of[row] === group)
  const listed = ({ means, usual }: { means: Float64Array; usual: Float64Array }) => ({
    means: [...means],
    usual: [...usual],
  })
  expect([all, ...groups].map(listed)).toEqual([
    plainFigures(rows, everyone),
    ...Array.from({ length: COUNT }, (_, group) => plainFigures(rows, inGroup(group))),
  ])
  const own = knownOf(rows.data, rows.columns, 1, everyone)
  const mean = own.reduce((sum, x) => sum + x, 0) / own.length
  const deviation = Math.sqrt(own.reduce((sum, x) => sum + (x - mean) ** 2, 0) / own.length)
  expect(all.deviations[1]).toBeCloseTo(deviation, 12)
})
