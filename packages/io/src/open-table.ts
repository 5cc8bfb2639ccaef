import { createWriteStream, existsSync, rmSync } from 'node:fs'
import { mkdtemp, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type Result from 'true-myth/result'
import { openCsv } from './csv/csv-table.ts'
import { filesOf, literalGlob, quoted } from './duckdb.ts'
import { fileProblem } from './file-problem.ts'
import { type Problem, ProblemError, settle } from './problem.ts'
import type { Table } from './table.ts'
import { openDuckdb, openTyped } from './typed/typed-table.ts'

/** The text tables we read, by extension; a delimiter that is not fixed is found in the first line. */
const DELIMITERS: Readonly<Record<string, string | undefined>> = {
  '.csv': undefined,
  '.tsv': '\t',
  '.tab': '\t',
  '.txt': undefined,
}

/** Tables that say themselves what is in them, by extension, and how DuckDB reads them. */
const READERS: Readonly<Record<string, string>> = {
  '.parquet': 'read_parquet',
  '.json': 'read_json_auto',
  '.ndjson': 'read_ndjson_auto',
  '.jsonl': 'read_ndjson_auto',
}

/**
 * Opens a table: a `.csv`, `.tsv`, `.tab`, `.txt`, `.parquet`, `.json`, `.ndjson`, `.jsonl` or `.duckdb` file; a pattern of several such as `day-*.parquet`, of one kind and
 * with the same columns; a query of them such as `SELECT a, b FROM 'x.parquet' WHERE a > 0`; or `-` for CSV on standard input. Close it when done.
 */
export function openTable(path: string): Promise<Result<Table, Problem>> {
  return settle(() => {
    if (path === '-') return openStandardInput()
    return isQuery(path) ? openTyped(`(${path.trim().replace(/;$/, '')})`, 'query') : openFile(path)
  })
}

const isQuery = (text: string): boolean => /^\s*(select|from|with)\s/i.test(text)

async function openFile(path: string): Promise<Table> {
  const extension = extname(path).toLowerCase()
  const known = [...Object.keys(DELIMITERS), ...Object.keys(READERS), '.duckdb']
  const several = /[*?[]/.test(path) && !existsSync(path)
  if (several) return openSeveral(path, extension)
  try {
    if ((await stat(path)).isDirectory()) {
      throw new ProblemError('not-readable', path, 'expected a table file, found a folder; name a file inside it')
    }
  } catch (error) {
    throw fileProblem(error, path, 'read')
  }
  if (!known.includes(extension)) {
    const found = extension === '' ? 'no extension' : `"${extension}"`
    throw new ProblemError('not-a-table', path, `expected a table in ${known.join(', ')}, found ${found}`)
  }
  if (extension === '.duckdb') return openDuckdb(path)
  const reader = READERS[extension]
  if (reader !== undefined) return openTyped(`${reader}(${quoted(literalGlob(path))})`, path)
  return openCsv([path], path, DELIMITERS[extension])
}

/** Files that a pattern finds, in the order of their names, as one table. */
async function openSeveral(pattern: string, extension: string): Promise<Table> {
  const files = await filesOf(pattern)
  if (files.length === 0) throw new ProblemError('not-found', pattern, 'expected files, found none by this pattern')
  const reader = READERS[extension]
  if (reader !== undefined)
    return openTyped(`${reader}([${files.map((file) => quoted(literalGlob(file))).join(', ')}])`, pattern)
  if (extension in DELIMITERS) return openCsv(files, pattern, DELIMITERS[extension])
  const known = [...Object.keys(DELIMITERS), ...Object.keys(READERS)].join(', ')
  throw new ProblemError('not-a-table', pattern, `expected a pattern that ends in ${known}`)
}

/** Standard input can be read once and a table is read twice, so it is kept in a temporary file meanwhile. */
async function openStandardInput(): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'som-'))
  const discard = (): void => {
    rmSync(folder, { recursive: true, force: true })
    process.off('exit', discard)
  }
  process.on('exit', discard)
  try {
    const path = join(folder, 'input.csv')
    await pipeline(process.stdin, createWriteStream(path)).catch((error) => {
      throw fileProblem(error, 'standard input', 'read')
    })
    const table = await openCsv([path], 'standard input')
    return {
      ...table,
      close() {
        table.close()
        discard()
      },
    }
  } catch (error) {
    discard()
    throw error
  }
}
