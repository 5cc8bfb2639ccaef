import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { tableFromArrays, tableToIPC } from 'apache-arrow'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTable as openFile } from '../open-table.ts'
import { readSamples } from '../read-samples.ts'
import { type ColumnChoice, selectColumns } from '../select-columns.ts'
import type { Table } from '../table.ts'
import { openTable } from './open-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-browser-'))
afterAll(() => rmSync(folder, { recursive: true }))

const KINDS = `SELECT * FROM (VALUES (1.5::DOUBLE, TRUE, 'x', DATE '2026-01-01', 10::BIGINT), (NULL, FALSE, 'z', NULL, 7), (2.5, TRUE, NULL, DATE '2026-01-03', 9)) AS t(length, sure, kind, day, big)`
beforeAll(async () => {
  const db = await (await DuckDBInstance.create(':memory:')).connect()
  for (const codec of ['snappy', 'zstd', 'gzip', 'uncompressed'])
    await db.run(`COPY (${KINDS}) TO '${join(folder, `${codec}.parquet`)}' (FORMAT parquet, COMPRESSION ${codec})`)
  db.closeSync()
  writeFileSync(
    join(folder, 'a.arrow'),
    tableToIPC(tableFromArrays({ x: Float64Array.of(1, 2.5), k: ['a', 'b'] }), 'file'),
  )
})

/** All that a reader reports about a table, and its samples. */
async function said(opened: Awaited<ReturnType<typeof openTable>>, choice: ColumnChoice = {}): Promise<unknown> {
  if (opened.isErr) return opened.error.kind
  const table: Table = opened.value
  try {
    const columns = table.columns.map(({ name, kind, counter, names }) => ({ name, kind, counter, names }))
    const selection = selectColumns(table, choice)
    const samples = selection.isOk ? await readSamples(table, selection.value) : selection
    return [columns, samples.isOk ? samples.value : samples.error.kind]
  } finally {
    table.close()
  }
}

async function both(name: string, choice?: ColumnChoice): Promise<[unknown, unknown]> {
  const path = join(folder, name)
  const inPage = await openTable({ name, contents: readFileSync(path) })
  return [await said(inPage, choice), await said(await openFile(path), choice)]
}

it.each(['snappy', 'zstd', 'gzip', 'uncompressed'])(
  'a Parquet file compressed by %s is read in a page as it is from a disk',
  async (codec) => {
    const [page, disk] = await both(`${codec}.parquet`, { categories: ['kind'], times: { day: ['number'] } })
    expect(page).toEqual(disk)
  },
)

it.each([
  ['a list', 'list.json', '[{"x": 1.5, "k": "a", "on": true, "day": "2026-01-01"}, {"k": "b", "x": null, "late": 3}]'],
  ['lines', 'lines.ndjson', '{"x": 1, "k": "a, b"}\n{"x": 2.5, "k": "\\"q\\""}\n\n{"x": 7, "k": null}\n'],
  ['lines by another name', 'lines.jsonl', '{"n": "1,5"}\r\n{"n": "2,25"}\r\n'],
  ['one object over lines', 'one.json', '{\n  "x": 1,\n  "k": "a"\n}\n'],
  ['numbers of Python', 'python.json', '[{"x": NaN, "k": "NaN or Infinity"}, {"x": 2, "k": "b"}, {"x": 3, "k": null}]'],
])('JSON in %s is read in a page as it is from a disk', async (_, name, contents) => {
  writeFileSync(join(folder, name), contents)
  const [page, disk] = await both(name)
  expect(page).toEqual(disk)
})

it.each([
  ['{"type": "Topology", "objects": {}}\n{', /line 2: expected JSON/],
  ['[1, 2]', /expected a list of objects, or one object per line, found other JSON/],
  ['', /empty file/],
  ['{"a": ', /line 1: expected JSON/],
])('JSON that is not a table is refused: %s', async (contents, why) => {
  const opened = await openTable({ name: 'a.json', contents })
  expect(opened.isErr && opened.error.issues[0].message).toMatch(why)
})

it('an Arrow file is read in a page as it is from a disk', async () => {
  const [page, disk] = await both('a.arrow', { label: 'k' })
  expect(page).toEqual(disk)
})

it.each([
  [
    'names, quotes, missing values and flags',
    'id,"a, b",flag,note\n1,1.5,true,"x ""y"""\n2,NA,FALSE,\n3,-2e3,true,z\n',
  ],
  ['semicolons and decimal commas', 'x;y\n1,5;2\n2,25;3\n'],
  ['thousands that no comma may be guessed in', 'x;y\n1,500;2\n2,250;3\n'],
  ['no header', '1.5,2\n2.5,3\n'],
  ['dates and times', 'when,at,x\n2026-01-01,06:00,1\n2026-01-02 12:30:00,18:30:15,5\n'],
  ['an infinite number', 'x,y\ninf,1\n2,2\n'],
  ['numbers that are none', 'x,y\n0x10,1\n2,7\n'],
  ['a mark before the text', '\uFEFFx,y\n1,2\n4,7\n'],
  ['a name twice', 'x,x\n1,2\n4,7\n'],
  ['a row that is too short', 'x,y\n1,2\n4\n'],
])('text with %s is read in a page as it is from a disk', async (_, text) => {
  writeFileSync(join(folder, 'text.csv'), text)
  const [page, disk] = await both(
    'text.csv',
    text.includes('when') ? { times: { when: ['number', 'year'], at: ['day'] } } : {},
  )
  expect(page).toEqual(disk)
})

it('tables that are drawn are read in a page as they are from a disk', async () => {
  const cell = fc.constantFrom(
    '1',
    '-2.5',
    '1e3',
    'NA',
    '',
    'true',
    'False',
    ' 7 ',
    'x',
    '2026-01-05',
    '.5',
    '5.',
    '+3',
    '1,5',
    '-',
    '"q"',
    'nan',
  )
  const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      writeFileSync(join(folder, 'drawn.csv'), `a;b;c\n${rows.map((row) => row.join(';')).join('\n')}\n`)
      const [page, disk] = await both('drawn.csv')
      expect(page).toEqual(disk)
    }),
    { numRuns: 60 },
  )
})

it('what is not a table is reported', async () => {
  const told = async (name: string, contents: string): Promise<string> => {
    const opened = await openTable({ name, contents })
    return opened.isErr ? opened.error.issues[0].message : 'opened'
  }
  expect(await told('a.npy', '')).toMatch(/^expected a table in \.csv, .*found another kind of file/)
  expect(await told('a.parquet', 'nothing at all')).toMatch(/^expected a Parquet file, found/)
  expect(await told('a.arrow', 'nothing at all')).toMatch(/^expected an Arrow file or stream, found/)
  expect(await told('a.csv', 'x,y\n')).toMatch(/^expected at least one row/)
  expect(await told('a.csv', 'x,y\n"1,2\n')).toMatch(/quote/)
})

it('a Parquet file whose groups have other columns than its schema is refused, and nothing is left unheard', async () => {
  const bytes = readFileSync(join(folder, 'snappy.parquet'))
  // The name in the schema, the first of those in the metadata: the library would still read the column of the other.
  const at = bytes.indexOf('length', bytes.indexOf('duckdb_schema'))
  bytes.write('lenght', at)
  bytes[4] ^= 255 // what the first column begins with
  const opened = await openTable({ name: 'a.parquet', contents: bytes })
  expect(opened.isErr && opened.error.issues[0].message).toBe(
    'expected a Parquet file, found: row group 1 has other columns than the schema',
  )
})
