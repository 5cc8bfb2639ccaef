import { expect, it } from 'vitest'
import { cellNumber, commasBeside } from './cell-number.ts'

it.each([
  ['5', 5],
  [' -5.25e3 ', -5250],
  ['.5', 0.5],
  ['5.', 5],
  ['+5', 5],
  ['inf', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
])('%j is a number', (cell, expected) => {
  expect(cellNumber(cell, 'none')).toBe(expected)
})

it.each(['', '  ', 'NA', 'n/a', 'NaN', 'nan', 'NULL', 'None', '?', '-'])('%j is a missing value', (cell) => {
  expect(cellNumber(cell, 'none')).toBeNaN()
})

it.each(['0x10', '0b11', '0o7', '1_000', '1 000', 'x', '1e', '--5', '+-5', '1,5', '12:30', 'true'])(
  '%j is neither',
  (cell) => {
    expect(cellNumber(cell, 'none')).toBeNull()
  },
)

it('a comma is a decimal comma beside another delimiter, and in a table of commas where it cannot separate thousands', () => {
  expect(cellNumber('50,124', commasBeside(';'))).toBe(50.124)
  expect(cellNumber('50,124', commasBeside('\t'))).toBe(50.124)
  expect(cellNumber('50,124', commasBeside(','))).toBeNull()
  expect(cellNumber('50,12', commasBeside(','))).toBe(50.12)
  expect(cellNumber('1.234,5', commasBeside(';'))).toBeNull()
  for (const code of ['E11', '+', '-e5', ',', '1,', '\u00a05']) expect(cellNumber(code, commasBeside(';'))).toBeNull()
})
