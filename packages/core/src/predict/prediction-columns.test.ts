import { expect, it } from 'vitest'
import { answerCells } from '../read/answers.ts'
import { samplesOf } from '../rows/samples.ts'
import { train } from '../train/train.ts'
import { fitTargets } from './fit-targets.ts'
import { predict } from './predict.ts'
import { predictionColumns } from './prediction-columns.ts'

const fail = (found: unknown): never => {
  throw new Error(JSON.stringify(found))
}
const rows = [[0, 1], [1, 0], [5, 5], [6, 5], [0, 2], [7, 6]] // biome-ignore format: a table
const som = (await train({ samples: rows, lattice: { rows: 2, columns: 3 }, epochs: 2 })).unwrapOrElse(fail)
const targets = { kind: ['a', 'a', 'b', 'b', 'a', 'b'], size: [1, 2, 10, 11, 2, 13] }
const fitted = (await fitTargets(som, rows, targets)).unwrapOrElse(fail)
const columns = predictionColumns(fitted)

it('are named after targets and classes, and end with the reason', () => {
  expect(columns.map(({ name }) => name)).toEqual([
    ...['kind_predicted', 'kind_probability', 'kind_probability_a', 'kind_probability_b'],
    ...['size_predicted', 'size_low', 'size_high', 'unit', 'distance', 'p_value'],
  ])
  expect(columns.every(({ help }) => help !== '')).toBe(true)
})

it('hold what was predicted, and nothing for a row without a value', async () => {
  const found = (await predict(fitted, samplesOf([[6, 6], [Number.NaN, Number.NaN]]))).unwrapOrElse(fail) // biome-ignore format: a table
  const cells = Object.fromEntries(columns.map((column) => [column.name, answerCells(column, found)]))
  expect(cells.kind_predicted).toEqual(['b', null])
  expect(cells.kind_probability[0]).toBe(cells.kind_probability_b[0])
  expect(Number(cells.kind_probability_a[0]) + Number(cells.kind_probability_b[0])).toBeCloseTo(1, 12)
  const [low, value, high] = ['low', 'predicted', 'high'].map((end) => Number(cells[`size_${end}`][0]))
  expect(low < value && value < high).toBe(true)
  expect(Object.values(cells).map(([, empty]) => empty)).toEqual(columns.map(() => null))
})
