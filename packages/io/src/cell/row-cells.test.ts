import { expect, it } from 'vitest'
import { type Decimals, decimalsOf, NOTHING_PROVEN } from './cell-number.ts'
import { rowCells } from './row-cells.ts'

const points: Decimals = decimalsOf(',', NOTHING_PROVEN, { said: '.' })
const [A, BOTH, KIND, OTHER] = [0, 1, 2, 3]
/** Numbers in `a`, numbers or levels in `both`, levels in `kind`; nothing of the map in `other`. */
const cells = rowCells(
  ['a', 'both', 'kind', 'other'],
  [
    { name: 'a' },
    { name: 'both' },
    { name: 'both=high', source: { column: 'both', level: 'high' } },
    { name: 'kind=owl', source: { column: 'kind', level: 'owl' } },
    { name: 'kind=NA', source: { column: 'kind', level: 'NA' } },
  ],
)

it('text in a column of numbers is the number or the missing value that it says, or stays', () => {
  const given = ['2.5', ' 7 ', 'NA', '', 'owl', '2,5']
  expect(given.map((text) => cells.cell(A, text, points))).toEqual([2.5, 7, null, null, 'owl', '2,5'])
  expect(cells.cell(A, '2,5', decimalsOf(';', NOTHING_PROVEN, { said: ',' }))).toBe(2.5)
})

it('numbers stay, except NaN, which is missing; what is neither number nor text stays', () => {
  for (const column of [A, KIND]) {
    expect([3, Number.NaN, 0].map((number) => cells.cell(column, number, points))).toEqual([3, null, 0])
    expect([true, null, undefined].map((one) => cells.cell(column, one, points))).toEqual([true, null, undefined])
  }
})

it('text in a column of levels stays, but a word for a missing value is one unless it is a level', () => {
  expect(['owl', '2.5', 'lynx'].map((text) => cells.cell(KIND, text, points))).toEqual(['owl', '2.5', 'lynx'])
  expect(['', '-', 'null', ' ? '].map((text) => cells.cell(KIND, text, points))).toEqual([null, null, null, null])
  expect(['NA', ' NA '].map((text) => cells.cell(KIND, text, points))).toEqual(['NA', ' NA '])
})

it('a level that training did not have is new; missing values and levels of training are not', () => {
  expect(['lynx', ' lynx ', 7].map((one) => cells.newLevel(KIND, one))).toEqual(['lynx', 'lynx', '7'])
  for (const known of ['owl', ' owl ', 'NA', '', 'null', null, undefined])
    expect(cells.newLevel(KIND, known)).toBeUndefined()
  for (const column of [A, OTHER]) expect(cells.newLevel(column, 'lynx')).toBeUndefined()
})

it('a column is one of numbers if some feature has its name and no source', () => {
  expect([A, BOTH, KIND, OTHER].map((column) => cells.isNumber(column))).toEqual([true, true, false, false])
})
