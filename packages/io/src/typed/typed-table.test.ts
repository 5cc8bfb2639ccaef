import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTable } from '../open-table.ts'
import { readSamples } from '../read-samples.ts'
import { selectColumns } from '../select-columns.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-typed-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)

const ROWS = `SELECT * FROM (VALUES
  (1, 1.5::DOUBLE, TRUE, 'x, "y"', DATE '2026-01-01', 10::BIGINT, NULL::DOUBLE),
  (2, NULL, FALSE, 'z', DATE '2026-01-02', 7, NULL),
  (3, 'NaN'::DOUBLE, TRUE, NULL, DATE '2026-01-03', 9007199254740993, NULL)
) AS t(id, "length; DROP", sure, kind, day, big, nothing)`

beforeAll(async () => {
  const db = await (await DuckDBInstance.create(at('one.duckdb'))).connect()
  await db.run(`CREATE TABLE "only; one" AS ${ROWS}`)
  for (const [name, options] of [
    ['a.parquet', 'FORMAT parquet'],
    ['a.json', 'FORMAT json, ARRAY true'],
    ['a.ndjson', 'FORMAT json'],
  ]) {
    await db.run(`COPY (${ROWS}) TO '${at(name)}' (${options})`)
  }
  for (const day of [1, 2])
    await db.run(`COPY (SELECT ${day} AS a, 2.5 * ${day} AS b) TO '${at(`day-${day}.parquet`)}' (FORMAT parquet)`)
  db.closeSync()
  writeFileSync(at('part-1.csv'), 'a,b\n1,2\n')
  writeFileSync(at('part-2.csv'), 'a,b\n3,4\n')
  writeFileSync(at('odd-1.csv'), 'a,b\n1,2\n')
  writeFileSync(at('odd-2.csv'), 'a,c\n3,4\n')
})

async function read(path: string, columns?: string[]) {
  const table = (await openTable(path)).unwrapOrElse(({ issues }) => {
    throw new Error(issues.map(({ message }) => message).join('; '))
  })
  try {
    const selection = selectColumns(table, { columns, label: path.includes('day') || columns ? undefined : 'kind' })
    const samples = selection.isOk ? await readSamples(table, selection.value) : selection
    if (samples.isErr) throw new Error(JSON.stringify(samples.error))
    return { table, samples: samples.value, leftOut: selection.isOk ? selection.value.leftOut : [] }
  } finally {
    table.close()
  }
}

describe.each(['a.parquet', 'a.json', 'a.ndjson', 'one.duckdb'])('%s', (name) => {
  it('says by its types what columns are, and keeps missing values and labels', async () => {
    const { table, samples, leftOut } = await read(at(name))
    expect(table.rows).toBe(3)
    expect(samples.features).toEqual(['length; DROP', 'sure', 'big'])
    expect([...samples.data]).toEqual([1.5, 1, 10, Number.NaN, 0, 7, Number.NaN, 1, 9007199254740992])
    expect(samples.labels).toEqual(['x, "y"', 'z', ''])
    expect(leftOut.map(({ name }) => name)).toEqual(['id', 'day', 'nothing'])
  })
})

it('several files are one table, in the order of their names', async () => {
  const { samples } = await read(at('day-*.parquet'), ['a', 'b'])
  expect([...samples.data]).toEqual([1, 2.5, 2, 5])
  const parts = await read(at('part-*.csv'), ['a', 'b'])
  expect([...parts.samples.data]).toEqual([1, 2, 3, 4])
})

it('a query is a table', async () => {
  const { samples } = await read(`select big * 2 AS twice, sure FROM '${at('a.parquet')}' WHERE id < 3;`, [
    'twice',
    'sure',
  ])
  expect([...samples.data]).toEqual([20, 1, 14, 0])
})

describe('what is not a table is reported', () => {
  const told = async (path: string): Promise<string> => {
    const opened = await openTable(path)
    if (opened.isOk) opened.value.close()
    return opened.isErr ? `${opened.error.kind}: ${opened.error.issues[0].message}` : 'opened'
  }

  it('by what was found', async () => {
    writeFileSync(at('broken.parquet'), 'no parquet')
    expect(await told(at('broken.parquet'))).toMatch(/^not-a-table: .*parquet/i)
    expect(await told(at('none-*.csv'))).toMatch(/^not-found: no file matches/)
    expect(await told(at('odd-*.csv'))).toMatch(
      /^not-a-table: expected the columns of .*odd-1.csv \(a, b\), found a, c/,
    )
    expect(await told("SELECT nowhere FROM 'absent.parquet'")).toMatch(/^not-readable: .*absent\.parquet/)
    expect(await told('SELECT 1 +')).toMatch(/^not-a-table: syntax error/)
    expect(await told('SELECT 1 AS a WHERE false')).toMatch(/expected at least one row, found none/)
    expect(await told(at('absent.duckdb'))).toMatch(/^not-found/)
  })
})
