import { expect, it } from 'vitest'
import { plan } from '../plan/plan.ts'
import { samplesOf } from './samples.ts'

it('objects have a feature for each key, missing where it is absent or null', () => {
  const { features, rows, data } = samplesOf([
    { a: 1, b: 2 },
    { b: null, c: 3 },
  ])
  expect(features).toEqual(['a', 'b', 'c'])
  expect(rows).toBe(2)
  expect([...data]).toEqual([1, 2, Number.NaN, Number.NaN, Number.NaN, 3])
  expect(samplesOf([{ a: 1, b: 2 }], ['b']).data).toEqual(Float64Array.of(2))
})

it('null and undefined are missing in arrays too', () => {
  expect([
    ...samplesOf([
      [1, null],
      [undefined as never, 2],
    ]).data,
  ]).toEqual([1, Number.NaN, Number.NaN, 2])
  expect(samplesOf([])).toEqual({ features: [], rows: 0, data: new Float64Array(0) })
})

it.each([
  [5, 'rows: expected arrays of numbers, objects, or { rows, columns, data }, found 5'],
  [undefined, 'found undefined'],
  [Float64Array.of(1, 2), 'rows: expected arrays of numbers, objects, or { rows, columns, data }, found an object'],
  [[1, 2], 'row 1: expected 0 numbers, found 1'],
  [[[1, 2], [3]], 'row 2: expected 2 numbers, found 1'],
  [[[1], ['2']], 'row 2, 1: expected a number, or null for missing, found "2"'],
  [[{ a: 1 }, [2]], 'row 2: expected an object as in the first row, found an array of 1'],
  [[{ a: 1 }, { a: 'x' }], 'row 2, a: expected a number, or null for missing, found "x"'],
])('rows that are none are refused: %j', (rows, message) => {
  expect(() => samplesOf(rows as never)).toThrow(message)
})

it('names are as many as columns', () => {
  expect(() => samplesOf({ rows: 1, columns: 2, data: Float32Array.of(1, 2) }, ['a'])).toThrow(
    'features: expected 2 names, one a column, found 1',
  )
})

it('samples of another kind are an issue that says how to continue', () => {
  const told = (samples: unknown): unknown => {
    const made = plan({ samples } as never)
    return made.isErr && made.error[0].message
  }
  expect(told([{ a: 1 }])).toContain('samplesOf(rows)')
  expect(told(Float64Array.of(1, 2))).toContain('{ rows, columns, data }')
})
