// Readers of a Parquet file as contenders: node read-table.js som|fetch|scan WORKLOAD.json RESULT.json
import { readFileSync } from 'node:fs'
import { columnNames } from '../table-file.ts'
import type { Workload } from '../workload.ts'
import { finish } from './finish.ts'

const [how, workloadPath, resultPath] = process.argv.slice(2)
const work: Workload = JSON.parse(readFileSync(workloadPath, 'utf8'))
const table = work.files.table ?? ''
const read = how === 'som' ? await som() : await duckdb()

await read()
const seconds: number[] = []
let sum = () => 0
for (let i = 0; i < work.repeats; i++) {
  const start = performance.now()
  sum = await read()
  seconds.push((performance.now() - start) / 1000)
}
const { version } = JSON.parse(readFileSync(new URL(import.meta.resolve('@duckdb/node-api/package.json')), 'utf8'))
const duckdbVersions: Readonly<Record<string, string>> = { '@duckdb/node-api': version }
const NOTES: Readonly<Record<string, string>> = {
  som: 'opening the file and a matrix of f64, row after row',
  fetch: 'all rows through its client, as columns of JavaScript numbers; no matrix yet',
  scan: 'sums of all columns, no row leaves it: the floor of any reader',
}
finish(resultPath, {
  seconds,
  share: 1,
  versions: how === 'som' ? {} : duckdbVersions,
  note: NOTES[how] ?? '',
  checksum: sum(),
})

/** Reads the file as `som train` does; what is given sums the rows up, outside of the clock. */
async function som(): Promise<() => Promise<() => number>> {
  const { openTable, readSamples, selectColumns } = await import('@som/io')
  return async () => {
    const opened = (await openTable(table)).unwrapOrElse(fail)
    try {
      const selection = selectColumns(opened, {}).unwrapOrElse(fail)
      const { data } = (await readSamples(opened, selection)).unwrapOrElse(fail)
      return () => total(data)
    } finally {
      opened.close()
    }
  }
}

async function duckdb(): Promise<() => Promise<() => number>> {
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const instance = await DuckDBInstance.create(':memory:', { threads: String(work.threads) })
  const connection = await instance.connect()
  const names = columnNames(work.features)
  if (how === 'scan') {
    return async () => {
      const sums = names.map((name) => `sum(${name}::DOUBLE)`).join(', ')
      const result = await connection.runAndReadAll(`SELECT ${sums} FROM read_parquet('${table}')`)
      return () => total(result.getRows()[0].map(Number))
    }
  }
  return async () => {
    const result = await connection.runAndReadAll(`SELECT ${names.join(', ')} FROM read_parquet('${table}')`)
    const columns = result.getColumns()
    return () => total(columns.map((column) => total(column.map(Number))))
  }
}

function total(values: ArrayLike<number>): number {
  let found = 0
  for (let i = 0; i < values.length; i++) found += values[i]
  return found
}

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}
