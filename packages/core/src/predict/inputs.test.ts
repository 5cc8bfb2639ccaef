import { expect, it } from 'vitest'
import { matrix, toSparse } from '../rows/matrix.ts'
import { inputsOf, standardOf } from './inputs.ts'

// The last feature does not vary.
const dense = matrix(4, 3, Float32Array.of(0, 2, 5, 4, 0, 5, 0, Number.NaN, 5, 0, 4, 5))
const weights = Float32Array.of(1, 1, 2, 0)

it('features have a mean and a scale over the rows of some weight that have a value', () => {
  const { centre, scale } = standardOf(dense, weights)
  // 0, 4 and twice 0; 2 and 0, the third row having none; and a constant.
  expect([...centre]).toEqual([1, 1, 5])
  expect([...scale]).toEqual([1 / Math.sqrt(3), 1, 0])
})

it('sparse rows are read as the dense ones that they stand for, whatever was read before', () => {
  const sparse = toSparse(dense)
  const standard = standardOf(dense, weights)
  expect(standardOf(sparse, weights)).toEqual(standard)
  for (const squares of [false, true]) {
    const [from, same] = [dense, sparse].map((rows) => inputsOf(rows, standard, squares))
    const [into, other] = [new Float64Array(from.width), new Float64Array(from.width)]
    expect(same.width).toBe(from.width)
    for (const row of [0, 1, 2, 3, 1, 0]) {
      from.read(row, into)
      same.read(row, other)
      expect(other).toEqual(into)
    }
  }
})
