import { expect, it } from 'vitest'
import type { DecimalsKnown } from './cell-number.ts'
import { LineDecimals } from './line-decimals.ts'

/** What is wrong with the last of some lines of one cell each, numbered from 1, after which marks are as given. */
function after(lines: readonly string[], known: DecimalsKnown = {}): { wrong: string; marks: LineDecimals } {
  const marks = new LineDecimals(';', known)
  let wrong = ''
  lines.forEach((cell, i) => {
    wrong = marks.take(i + 1, [cell])
  })
  return { wrong, marks }
}

it('a line that shows commas to be decimal reports the earlier number that was read otherwise, and its line', () => {
  expect(after(['7', '1.234', '5.678', '2,5']).wrong).toBe(
    'expected decimal points, as in "1.234" of line 2, found a decimal comma; one of them separates thousands',
  )
  expect(after([' 1,234 ', '2.5']).wrong).toBe(
    'expected decimal commas, as in "1,234" of line 1, found a decimal point; one of them separates thousands',
  )
})

it('each wrong reading is reported once', () => {
  const { marks } = after(['1.234', '2,5'])
  expect(marks.take(3, ['2,5'])).toBe('')
  expect(marks.take(4, ['1.234'])).toBe('')
})

it('nothing is wrong where the mark was proven before, or its user has said what is decimal', () => {
  expect(after(['2.5', '1.234', '2,5']).wrong).toBe('')
  expect(after(['1.234', '2,5'], { said: '.' }).wrong).toBe('')
  expect(after(['1.234', '2,5'], { said: ',' }).wrong).toBe('')
  expect(after(['1,234', '2,5']).wrong).toBe('')
})

it('marks are decimal until the lines so far prove the other one alone', () => {
  expect(after(['1']).marks.decimals).toEqual({ point: 'decimal', comma: 'decimal' })
  expect(after(['2,5']).marks.decimals).toEqual({ point: 'sure', comma: 'decimal' })
  expect(after(['2.5']).marks.decimals).toEqual({ point: 'decimal', comma: 'sure' })
  expect(after(['2,5', '2.5']).marks.decimals).toEqual({ point: 'decimal', comma: 'decimal' })
})

it('only the cells that are read as numbers are assumed to be some', () => {
  const marks = new LineDecimals(';')
  expect(marks.take(1, ['1.234', 'x'], () => ['x', 7])).toBe('')
  expect(marks.take(2, ['2,5'])).toBe('')
})

it('a line without marks, or only with proven ones, can show nothing new', () => {
  const settled = (lines: readonly string[]): boolean[] => {
    const { marks } = after(lines)
    return [
      marks.isSettled(false, false),
      marks.isSettled(true, false),
      marks.isSettled(false, true),
      marks.isSettled(true, true),
    ]
  }
  expect(settled(['1'])).toEqual([true, false, false, false])
  expect(settled(['2.5'])).toEqual([true, true, false, false])
  expect(settled(['2,5'])).toEqual([true, false, true, false])
  expect(settled(['2,5', '2.5'])).toEqual([true, true, true, true])
})

it('continues from a snapshot as if it had taken the lines itself, and calls lines by the given name', () => {
  const { marks } = after(['1.234'])
  const again = new LineDecimals(';', {}, structuredClone(marks.snapshot()), 'in row')
  expect(again.take(2, ['2,5'])).toMatch(/as in "1\.234" in row 1, found a decimal comma/)
})
