import { expect, test } from 'vitest'
import { LineReader, type Readings } from './readings.ts'

const features = [{ name: 'a' }, { name: 'b' }]
const read = (lines: readonly (string | null)[], time?: string, strict = false): Promise<Readings> =>
  new LineReader(features, time, strict).read(lines)

test('NDJSON gives the columns by name, and missing values where they are', async () => {
  const lines = ['\uFEFF{"b":2,"a":1}', '', '{"a":null,"b":"3"}\r', '{"b":true,"other":[]}']
  const { rows, values, lines: at, broken } = await read(lines)
  expect([rows, [...values], [...at]]).toEqual([3, [1, 2, Number.NaN, 3, Number.NaN, 1], [1, 3, 4]])
  expect(broken).toEqual([])
})

test('CSV gives the columns of its header, in any order and with any delimiter', async () => {
  const { values, times } = await read(['b;when;a', '2;2024-01-01;1', 'NA;;"4"', ' ;x;0'], 'when')
  expect([...values]).toEqual([1, 2, 4, Number.NaN, 0, Number.NaN])
  expect(times).toEqual(['2024-01-01', '', 'x'])
})

test('a line that cannot be read is reported with its number and what was found', async () => {
  const lines = ['{"a":1,"b":1}', '{"a":1', '[1,2]', '{"a":"warm","b":1}', '{"a":1e999,"b":1}', null, '{"a":2,"b":2}']
  const { rows, lines: at, broken } = await read(lines)
  expect([rows, [...at]]).toEqual([2, [1, 7]])
  expect(broken).toEqual([
    { line: 2, message: 'expected a JSON object, found {"a":1' },
    { line: 3, message: 'expected a JSON object, found [1,2]' },
    { line: 4, message: 'a: expected a finite number or a missing value, found "warm"' },
    { line: 5, message: 'a: expected a finite number or a missing value, found Infinity' },
    { line: 6, message: 'expected a line of at most 1 MiB, found a longer one' },
  ])
  expect((await read(['a,b', '1,2,3'])).broken).toEqual([
    { line: 2, message: 'expected 2 cells as in the header, found 3' },
  ])
})

test('where it should be strict, nothing behind the first broken line is read', async () => {
  const { rows, taken, broken } = await read(['{"a":1,"b":1}', 'x', '{"a":1,"b":1}'], undefined, true)
  expect([rows, taken, broken.length]).toEqual([1, 1, 1])
})

test('a reader that was restored knows its line and its header', async () => {
  const first = new LineReader(features, undefined, false)
  await first.read(['b,a', '1,2'])
  const second = new LineReader(features, undefined, false, JSON.parse(JSON.stringify(first.snapshot())))
  const { values, lines } = await second.read(['3,4'])
  expect([[...values], [...lines]]).toEqual([[4, 3], [3]])
})

test('categories and times are read as they were in training, and what is new is reported', async () => {
  const made = [
    { name: 'a' },
    { name: 'kind=cat', source: { column: 'kind', level: 'cat' } },
    { name: 'kind=dog', source: { column: 'kind', level: 'dog' } },
    { name: 'when', source: { column: 'when', time: 'days' } as const },
  ]
  const day = { when: '1970-01-02' }
  const rows = [
    { a: 1, kind: 'cat', ...day },
    { a: '2', kind: ' dog ', when: null },
    { a: null, kind: 'lynx', ...day },
    { a: 4, kind: 'NA', ...day },
    { a: 5, kind: 'cat', when: 'soon' },
    { a: 'x', kind: 'cat', ...day },
  ]
  const [missing, reader] = [Number.NaN, new LineReader(made, undefined, false)]
  const found = await reader.read(rows.map((row) => JSON.stringify(row)))
  expect([...found.values]).toEqual([
    1,
    1,
    0,
    1,
    2,
    0,
    1,
    missing,
    missing,
    missing,
    missing,
    1,
    4,
    missing,
    missing,
    1,
  ])
  expect(found.newLevels).toEqual([{ row: 2, column: 'kind', level: 'lynx' }])
  expect(found.broken).toEqual([
    { line: 5, message: 'when: expected a date or time such as 2024-05-01T12:00:00Z, or null, found "soon"' },
    { line: 6, message: 'a: expected a finite number or a missing value, found "x"' },
  ])
  const csv = ['when,kind,a', ...rows.map(({ a, kind, when }) => `${when ?? ''},${kind},${a ?? ''}`)]
  const same = await new LineReader(made, undefined, false).read(csv)
  expect([same.values, same.newLevels]).toEqual([found.values, found.newLevels])
})
