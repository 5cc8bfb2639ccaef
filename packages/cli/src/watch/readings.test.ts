import { expect, test } from 'vitest'
import { LineReader, type Readings } from './readings.ts'

const read = (lines: readonly (string | null)[], time?: string, strict = false): Readings =>
  new LineReader(['a', 'b'], time, strict).read(lines)

test('NDJSON gives the columns by name, and missing values where they are', () => {
  const lines = ['\uFEFF{"b":2,"a":1}', '', '{"a":null,"b":"3"}\r', '{"b":true,"other":[]}']
  const { rows, values, lines: at, broken } = read(lines)
  expect([rows, [...values], [...at]]).toEqual([3, [1, 2, Number.NaN, 3, Number.NaN, 1], [1, 3, 4]])
  expect(broken).toEqual([])
})

test('CSV gives the columns of its header, in any order and with any delimiter', () => {
  const { values, times } = read(['b;when;a', '2;2024-01-01;1', 'NA;;"4"', ' ;x;0'], 'when')
  expect([...values]).toEqual([1, 2, 4, Number.NaN, 0, Number.NaN])
  expect(times).toEqual(['2024-01-01', '', 'x'])
})

test('a line that cannot be read is told with its number and what was found', () => {
  const lines = ['{"a":1,"b":1}', '{"a":1', '[1,2]', '{"a":"warm","b":1}', '{"a":1e999,"b":1}', null, '{"a":2,"b":2}']
  const { rows, lines: at, broken } = read(lines)
  expect([rows, [...at]]).toEqual([2, [1, 7]])
  expect(broken).toEqual([
    { line: 2, message: 'expected a JSON object, found {"a":1' },
    { line: 3, message: 'expected a JSON object, found [1,2]' },
    { line: 4, message: 'a: expected a finite number or a missing value, found "warm"' },
    { line: 5, message: 'a: expected a finite number or a missing value, found Infinity' },
    { line: 6, message: 'expected a line of at most 1 MiB, found a longer one' },
  ])
  expect(read(['a,b', '1,2,3']).broken).toEqual([{ line: 2, message: 'expected 2 cells as in the header, found 3' }])
})

test('where it is to be strict, nothing behind the first broken line is read', () => {
  const { rows, taken, broken } = read(['{"a":1,"b":1}', 'x', '{"a":1,"b":1}'], undefined, true)
  expect([rows, taken, broken.length]).toEqual([1, 1, 1])
})

test('a reader that was restored knows its line and its header', () => {
  const first = new LineReader(['a', 'b'], undefined, false)
  first.read(['b,a', '1,2'])
  const second = new LineReader(['a', 'b'], undefined, false, JSON.parse(JSON.stringify(first.snapshot())))
  const { values, lines } = second.read(['3,4'])
  expect([[...values], [...lines]]).toEqual([[4, 3], [3]])
})
