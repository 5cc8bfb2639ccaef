import { expect, it } from 'vitest'
import { cellNumber, decimalsOf, NOTHING_PROVEN, provenBy } from './cell-number.ts'

const points = decimalsOf(',', NOTHING_PROVEN, { said: '.' })
const beside = (delimiter: string, ...cells: string[]) => decimalsOf(delimiter, provenBy(cells))

it.each([
  ['5', 5],
  [' -5.25e3 ', -5250],
  ['.5', 0.5],
  ['5.', 5],
  ['+5', 5],
  ['inf', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
])('%j is a number', (cell, expected) => {
  expect(cellNumber(cell, points)).toBe(expected)
})

const missing = ['', '  ', 'NA', 'n/a', '#N/A', 'NaN', 'nan', 'NULL', 'nil', 'None', 'Missing', '?', '-', '--', '.']
it.each(missing)('%j is a missing value', (cell) => {
  expect(cellNumber(cell, points)).toBeNaN()
})

it.each(['0x10', '0b11', '0o7', '1_000', '1 000', 'x', '1e', '--5', '+-5', '1,5', '12:30'])('%j is neither', (cell) => {
  expect(cellNumber(cell, points)).toBeNull()
})

it('true and false are 1 and 0', () => {
  expect([cellNumber(' True', points), cellNumber('false', points)]).toEqual([1, 0])
})

it('a comma is a decimal comma beside another delimiter, and in a table of commas where it cannot separate thousands', () => {
  expect(cellNumber('50,124', beside(';'))).toBe(50.124)
  expect(cellNumber('50,124', beside('\t'))).toBe(50.124)
  expect(cellNumber('50,124', beside(','))).toBeNull()
  expect(cellNumber('1,234', { point: 'decimal', comma: 'never' })).toBeNull()
  expect(cellNumber('2,5', { point: 'decimal', comma: 'never' })).toBeNull()
  for (const sure of ['50,12', '0,124', '1234,567', ',5', '1,5e3'])
    expect(cellNumber(sure, beside(','))).toBe(Number(sure.replace(',', '.')))
  expect(cellNumber('1.234,5', beside(';'))).toBeNull()
  for (const code of ['E11', '+', '-e5', ',', '1,', '\u00a05']) expect(cellNumber(code, beside(';'))).toBeNull()
})

it('a mark that may separate thousands is decimal unless the table proves the other one alone', () => {
  expect(cellNumber('1.234', beside(';', '1'))).toBe(1.234)
  expect(cellNumber('1.234', beside(';', '2,5'))).toBeNull()
  expect(cellNumber('2.5', beside(';', '2,5'))).toBe(2.5)
  expect(cellNumber('1.234', beside(';', '2,5', '2.5'))).toBe(1.234)
  expect(cellNumber('1,234', beside(';', '2.5'))).toBeNull()
  expect(cellNumber('1,234', beside(',', '2,5'))).toBe(1.234)
})

it('what its user says of decimals goes before all of that', () => {
  const said = (decimal: '.' | ',') => decimalsOf(';', { point: true, comma: true }, { said: decimal })
  expect([cellNumber('2.5', said(',')), cellNumber('1,234', said(','))]).toEqual([null, 1.234])
  expect([cellNumber('2,5', said('.')), cellNumber('1.234', said('.'))]).toEqual([null, 1.234])
})
