import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import * as arrow from 'apache-arrow'
import { afterAll, expect, it } from 'vitest'
import { openTable as openInPage } from '../browser/open-table.ts'
import { openTable } from '../open-table.ts'
import type { Problem } from '../problem.ts'
import type { Table } from '../table.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-kinds-'))
afterAll(() => rmSync(folder, { recursive: true }))

const words = (value: number): Uint32Array => Uint32Array.of(value, 0, 0, 0)
const given = new arrow.Table({
  price: arrow.vectorFromArray([words(1999), words(5), null], new arrow.Decimal(2, 10)),
  lasted: arrow.vectorFromArray([1_500_000_000n, 250_000_000n, null], new arrow.DurationNanosecond()),
  at: arrow.vectorFromArray([45_000_500_000n, 0n, null], new arrow.TimeMicrosecond()),
  when: arrow.vectorFromArray([1_000_500, 0, null], new arrow.TimestampMillisecond()),
  day: arrow.vectorFromArray([new Date(86_400_000), new Date(0), null], new arrow.DateDay()),
  size: arrow.vectorFromArray([7, 9, 7], new arrow.Dictionary(new arrow.Int32(), new arrow.Int8())),
  kind: arrow.vectorFromArray(['a', 'b', 'a']),
})
const SQL = `SELECT * FROM (VALUES
  (19.99::DECIMAL(10, 2), 1500000000::BIGINT, TIME '12:30:00.5', TIMESTAMP '1970-01-01 00:16:40.5', DATE '1970-01-02', 7, 'a', INTERVAL '1.5 seconds'),
  (0.05, 250000000, TIME '00:00:00', TIMESTAMP '1970-01-01 00:00:00', DATE '1970-01-01', 9, 'b', INTERVAL '250 milliseconds'),
  (NULL, NULL, NULL, NULL, NULL, 7, 'a', NULL)) AS given(price, lasted, "at", "when", day, size, kind, span)`

const MISSING = Number.NaN
const COLUMNS = [
  ['price', 'number', 19.99, 0.05, MISSING],
  ['lasted', 'number', 1.5, 0.25, MISSING],
  ['at', 'time', 45_000.5, 0, MISSING],
  ['when', 'time', 1000.5, 0, MISSING],
  ['day', 'time', 86_400, 0, MISSING],
  ['size', 'number', 7, 9, 7],
  ['kind', 'text', 'a', 'b'],
]

const fail = ({ issues }: Problem): never => {
  throw new Error(issues.map(({ message }) => message).join('; '))
}

async function columnsOf(table: Table): Promise<unknown[][]> {
  const found: unknown[][] = []
  for (const [i, { name, kind }] of table.columns.entries()) {
    if (kind === 'text') found.push([name, kind, ...(await table.levels(i, 9))])
    else for await (const { numbers } of table.chunks([i])) found.push([name, kind, ...numbers])
  }
  table.close()
  return found
}

it.each(['file', 'stream'] as const)('an Arrow %s of decimals, durations, times and dictionaries', async (form) => {
  const path = join(folder, `${form}.arrow`)
  const contents = arrow.tableToIPC(given, form)
  writeFileSync(path, contents)
  expect(await columnsOf((await openTable(path)).unwrapOrElse(fail))).toEqual(COLUMNS)
  expect(await columnsOf((await openInPage({ name: path, contents })).unwrapOrElse(fail))).toEqual(COLUMNS)
})

it('a Parquet file of the same, whose durations Arrow has written as whole numbers, and of intervals', async () => {
  const path = join(folder, 'kinds.parquet')
  const schema = Buffer.from(arrow.tableToIPC(new arrow.Table(given.schema), 'stream')).toString('base64')
  const instance = await DuckDBInstance.create(':memory:')
  const db = await instance.connect()
  await db.run(`COPY (${SQL}) TO '${path}' (FORMAT parquet, KV_METADATA {'ARROW:schema': '${schema}'})`)
  db.closeSync()
  instance.closeSync()
  const columns = [...COLUMNS, ['span', 'number', 1.5, 0.25, MISSING]]
  expect(await columnsOf((await openTable(path)).unwrapOrElse(fail))).toEqual(columns)
  const contents = readFileSync(path)
  expect(await columnsOf((await openInPage({ name: path, contents })).unwrapOrElse(fail))).toEqual(columns)
})

it.each([
  ['f32 where it holds every number of the table', 'FLOAT, 7::TINYINT, true', Float32Array],
  ['f64 beside a column of wider numbers', 'FLOAT, 7::INTEGER, true', Float64Array],
  ['f64 beside times', "FLOAT, 7::TINYINT, DATE '1970-01-02'", Float64Array],
])('numbers of a Parquet file come as %s', async (_, cells, type) => {
  const path = join(folder, 'single.parquet')
  const instance = await DuckDBInstance.create(':memory:')
  const db = await instance.connect()
  await db.run(`COPY (SELECT 0.1::${cells} UNION ALL SELECT NULL, NULL, NULL) TO '${path}' (FORMAT parquet)`)
  db.closeSync()
  instance.closeSync()
  const table = (await openTable(path)).unwrapOrElse(fail)
  const { value } = await table.chunks([0, 1]).next()
  table.close()
  expect([table.isSingle, value?.numbers]).toEqual([
    type === Float32Array,
    type.of(Math.fround(0.1), 7, Number.NaN, Number.NaN),
  ])
})
