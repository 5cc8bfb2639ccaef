import { expect, test } from 'vitest'
import { random, shuffled } from '../../../random.ts'
import { chooseRows, type Matrix, matrix, toSparse } from '../../../rows/matrix.ts'
import { distinctRows, drawRows, takeRows } from './draw-rows.ts'
import { hashesOf } from './hash-rows.ts'

const draw = random(1, 'rows')
const rows = matrix(
  300,
  2,
  Float32Array.from({ length: 600 }, () => draw()),
)

test('the same rows in any order are drawn alike, to the bit', () => {
  const order = shuffled(random(2, 'order'), 300)
  const weights = Float32Array.from({ length: 300 }, (_, i) => 1 + (i % 3))
  for (const most of [50, 1000]) {
    const one = drawRows({ matrix: rows, weights }, most)
    const other = drawRows(
      { matrix: chooseRows(rows, order), weights: weights.slice().map((_, i) => weights[order[i]]) },
      most,
    )
    expect(one).toEqual(other)
    expect(one.matrix.rows).toBe(Math.min(most, 300))
  }
})

test('sparse rows are drawn as dense ones are', () => {
  const [dense, sparse] = [drawRows({ matrix: rows }, 20), drawRows({ matrix: toSparse(rows) }, 20)]
  expect([...sparse.weights]).toEqual([...dense.weights])
  expect(sparse.matrix).toEqual(toSparse(dense.matrix as Matrix))
})

test.each([7, 300, 4999])('%i rows drawn are evenly spaced in the order of their hashes', (most) => {
  const count = 5000
  const cells = Float32Array.from({ length: count }, (_, i) => (i % 3 === 0 ? 1 : Math.floor(draw() * 3000)))
  const many = matrix(count, 1, cells)
  const sorted = hashesOf(many).sort()
  const plain = Float64Array.from({ length: most }, (_, i) => sorted[Math.floor((i * count) / most)])
  expect(drawRows({ matrix: many }, most).kind).toEqual(plain)
})

test('of rows that are alike the first are drawn', () => {
  const alike = matrix(900, 1, new Float32Array(900).fill(7))
  const drawn = drawRows({ matrix: alike, weights: Float32Array.from({ length: 900 }, (_, i) => (i < 90 ? 3 : 1)) }, 90)
  // Weights are divided by their mean, which is 1 where all are the same.
  expect(new Set(drawn.weights)).toEqual(new Set([1]))
})

test('rows that are alike have their share, and count once among the distinct', () => {
  const alike = matrix(
    1000,
    1,
    Float32Array.from({ length: 1000 }, (_, i) => (i < 700 ? 1 : i)),
  )
  const drawn = drawRows({ matrix: alike }, 100)
  const ones = (drawn.matrix as Matrix).data.filter((x) => x === 1).length
  expect(ones).toBeGreaterThanOrEqual(69)
  expect(ones).toBeLessThanOrEqual(71)
  expect(distinctRows(drawn)).toHaveLength(101 - ones)
})

test('a zero has one sign, and a missing value one form', () => {
  const signs = drawRows({ matrix: matrix(4, 1, Float32Array.of(0, -0, Number.NaN, -Number.NaN)) }, 4)
  expect(distinctRows(signs)).toHaveLength(2)
})

test('weights are divided by their mean, and stay with their rows', () => {
  const { weights, matrix: drawn } = drawRows(
    { matrix: matrix(2, 1, Float32Array.of(5, 6)), weights: Float32Array.of(1, 3) },
    9,
  )
  const of = (value: number): number => weights[(drawn as Matrix).data.indexOf(value)]
  expect([of(5), of(6)]).toEqual([0.5, 1.5])
})

test('rows are taken in their order', () => {
  const drawn = drawRows({ matrix: rows }, 300)
  const taken = takeRows(drawn, (row) => row % 2 === 0)
  expect((taken.matrix as Matrix).data.slice(0, 2)).toEqual((drawn.matrix as Matrix).data.slice(0, 2))
  expect(taken.kind).toHaveLength(150)
})
