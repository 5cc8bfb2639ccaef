import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chooseRows, isSparse, matrix, rowOf, rowsOf, toDense, toSparse } from './matrix.ts'

const three = matrix(3, 2, Float32Array.of(1, 0, 0, 2, 3, 4))

const matrices = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) =>
    fc
      .array(fc.constantFrom(0, 0, 1, -2.5, Number.NaN), { minLength: rows * columns, maxLength: rows * columns })
      .map((numbers) => matrix(rows, columns, Float32Array.from(numbers))),
  )

it('a matrix is zeros, or numbers that are as many as its rows and columns make', () => {
  expect(matrix(2, 3)).toEqual({ rows: 2, columns: 3, data: new Float32Array(6) })
  expect(() => matrix(2, 3, new Float32Array(5))).toThrow('data: expected 2 x 3 = 6 numbers, found 5')
})

it('rows are views of it: what is written to one is in the matrix', () => {
  const copy = matrix(3, 2, three.data.slice())
  expect([...rowOf(copy, 1)]).toEqual([0, 2])
  expect(rowsOf(copy, 1, 3)).toEqual(matrix(2, 2, Float32Array.of(0, 2, 3, 4)))
  rowOf(copy, 2)[0] = 7
  rowsOf(copy, 0, 1).data[1] = 8
  expect([...copy.data]).toEqual([1, 8, 0, 2, 7, 4])
})

it('sparse rows hold the numbers that are not 0, row after row in ascending columns', () => {
  const sparse = toSparse(three)
  expect(sparse).toEqual({
    ...{ rows: 3, columns: 2, offsets: Uint32Array.of(0, 1, 2, 4) },
    ...{ indices: Uint32Array.of(0, 1, 0, 1), values: Float32Array.of(1, 2, 3, 4) },
  })
  expect([isSparse(sparse), isSparse(three)]).toEqual([true, false])
})

it('sparse and back is the same matrix, missing values and all', () => {
  fc.assert(
    fc.property(matrices, (m) => {
      expect(toDense(toSparse(m))).toEqual(m)
    }),
  )
})

it('chosen rows come in the order given, as often as given, dense or sparse', () => {
  fc.assert(
    fc.property(matrices, fc.array(fc.nat(), { maxLength: 8 }), (m, drawn) => {
      const chosen = Uint32Array.from(drawn, (n) => n % m.rows)
      const expected = matrix(chosen.length, m.columns, Float32Array.from([...chosen].flatMap((i) => [...rowOf(m, i)])))
      expect(chooseRows(m, chosen)).toEqual(expected)
      expect(chooseRows(toSparse(m), chosen)).toEqual(toSparse(expected))
    }),
  )
})

it('chosen rows are copies', () => {
  const chosen = chooseRows(three, Uint32Array.of(0))
  chosen.data[0] = 9
  expect(three.data[0]).toBe(1)
})
