import { createReadStream } from 'node:fs'
import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type Result from 'true-myth/result'
import { openDatabase, quoted } from './duckdb.ts'
import { type Problem, settle } from './problem.ts'
import type { Table } from './table.ts'
import { writeAside } from './write-aside.ts'
import { type Beside, writeBeside } from './write-beside.ts'

/** How DuckDB writes what is not CSV, by extension. */
const FORMATS: Readonly<Record<string, string>> = {
  '.tsv': `FORMAT csv, HEADER, DELIMITER '\\t'`,
  '.parquet': 'FORMAT parquet',
  '.json': 'FORMAT json, ARRAY true',
  '.ndjson': 'FORMAT json',
  '.jsonl': 'FORMAT json',
}

/**
 * Writes `table` with the columns of `beside` behind its own, in the format that the end of the name says (CSV where it is no other), row for row; gives the number of rows.
 * Streams, by way of a temporary file where the format is not CSV. Columns of numbers are numbers then, all others text as it was.
 */
export function writeTable(
  path: string,
  table: Table,
  asNumbers: readonly number[],
  beside: Beside,
): Promise<Result<number, Problem>> {
  const format = FORMATS[extname(path).toLowerCase()]
  if (format === undefined) return writeAside(path, (put) => writeBeside(table, asNumbers, beside, put))
  return viaText(path, format, table, asNumbers, beside)
}

async function viaText(
  path: string,
  format: string,
  table: Table,
  asNumbers: readonly number[],
  beside: Beside,
): Promise<Result<number, Problem>> {
  const folder = await mkdtemp(join(tmpdir(), 'som-'))
  try {
    const [text, converted] = [join(folder, 'rows.csv'), join(folder, 'rows.out')]
    const rows = await settle(() => writeBeside(table, asNumbers, beside, (part) => appendFile(text, part)))
    if (rows.isErr) return rows
    await convert(text, converted, format, table, beside)
    return await writeAside(path, async (put) => {
      for await (const part of createReadStream(converted, { highWaterMark: 2 ** 20 })) await put(part)
      return rows.value
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function convert(text: string, to: string, format: string, table: Table, beside: Beside): Promise<void> {
  const names = [...table.columns.map(({ name }) => name), ...beside.names]
  const cells = names.map((_, i) => `'c${i}'`).join(', ')
  const words = table.columns.flatMap(({ kind }, i) => (kind === 'text' ? [`'c${i}': 'VARCHAR'`] : []))
  const types = words.length > 0 ? `, types={${words.join(', ')}}` : ''
  const db = await openDatabase()
  try {
    const from = `read_csv(${quoted(text)}, header=true, delim=',', quote='"', escape='"', sample_size=-1, names=[${cells}]${types})`
    const columns = names.map((name, i) => `c${i} AS "${name.replaceAll('"', '""')}"`).join(', ')
    await db.run(`COPY (SELECT ${columns} FROM ${from}) TO ${quoted(to)} (${format})`)
  } finally {
    db.close()
  }
}
