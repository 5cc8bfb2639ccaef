import { expect, it } from 'vitest'
import { type ColumnData, cellText, counted } from './table-data.ts'

const column = (kind: ColumnData['kind'], value: number): ColumnData => ({
  ...{ name: 'c', kind, missing: 0, codes: null, levels: [], leftOut: null },
  numbers: Float64Array.of(value),
})

it.each([
  [20260131, '20260131'],
  [98109, '98109'],
  [-1234567, '-1234567'],
  [0.1 + 0.2, '0.3'],
  [Math.fround(39.1), '39.1'],
  [1 / 3, '0.3333333'],
  [Number.NaN, ''],
  [Number.POSITIVE_INFINITY, ''],
])('a cell of %d is shown as %s: whole numbers with all digits', (value, text) => {
  expect(cellText(column('number', value), 0)).toBe(text)
})

it('a time beyond what a date can be is shown as its seconds', () => {
  expect(cellText(column('time', 1.5), 0)).toBe('1970-01-01 00:00:01.500')
  expect(cellText(column('time', 1e15), 0)).toBe('1000000000000000')
})

it('counts one thing as one', () => {
  expect([counted(1, 'row'), counted(0, 'row'), counted(344, 'row')]).toEqual(['1 row', '0 rows', '344 rows'])
})
