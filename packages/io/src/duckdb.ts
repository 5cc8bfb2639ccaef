import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import type { DuckDBAppender, DuckDBConnection, DuckDBResult } from '@duckdb/node-api'

/** An embedded DuckDB with one connection. Loaded when first needed: it is tens of megabytes. */
export interface Database {
  /** Runs statements that give nothing. */
  run(sql: string): Promise<void>
  /** One row of a query that gives one row. */
  row(sql: string): Promise<unknown[]>
  /** Every row of a query, column after column. */
  columns(sql: string): Promise<unknown[][]>
  stream(sql: string): Promise<DuckDBResult>
  /** Puts rows at the end of a table of an attached database. */
  appender(table: string, database: string): Promise<DuckDBAppender>
  close(): void
}

const require = createRequire(import.meta.url)

let limit: number | undefined

/** Limits the memory, in bytes, that each table opened from now on has for looking at its file and reading it; the process has one such limit. */
export function limitMemory(bytes: number | undefined): void {
  limit = bytes
}

/** DuckDB, loaded at the first call. Not by `import()`, which parses each of its 180 files once more, to find names. */
export const loadDuckdb = (): typeof import('@duckdb/node-api') => require('@duckdb/node-api')

/** Opens a database in memory that fetches nothing from anywhere. */
export async function openDatabase(): Promise<Database> {
  const { DuckDBInstance } = loadDuckdb()
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    temp_directory: tmpdir(),
    ...(limit !== undefined && { memory_limit: `${limit}B`, preserve_insertion_order: 'true' }),
  })
  let connection: DuckDBConnection
  const others: DuckDBConnection[] = []
  try {
    connection = await instance.connect()
  } catch (error) {
    instance.closeSync()
    throw error
  }
  // Times without a zone are the same everywhere.
  await connection.run(`SET TimeZone = 'UTC'`)
  return {
    async run(sql) {
      await connection.run(sql)
    },
    async row(sql) {
      const result = await connection.runAndReadAll(sql)
      return result.getRows()[0]
    },
    async columns(sql) {
      const result = await connection.runAndReadAll(sql)
      return result.getColumns()
    },
    stream: (sql) => connection.stream(sql),
    async appender(table, database) {
      // A connection of its own: what is streamed from the first one goes on meanwhile.
      const other = await instance.connect()
      others.push(other)
      return other.createAppender(table, 'main', database)
    },
    close() {
      for (const other of others) other.closeSync()
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** `text` as an SQL string. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** DuckDB reads `*`, `?` and `[` in a file name as a pattern: in brackets they stand for themselves. */
export function literalGlob(path: string): string {
  return path.replace(/[*?[]/g, '[$&]')
}

/** The files that a pattern finds, in the order of their names. */
export async function filesOf(pattern: string): Promise<string[]> {
  const db = await openDatabase()
  try {
    const [files = []] = await db.columns(`SELECT file FROM glob(${quoted(pattern)}) ORDER BY file`)
    return files.map(String)
  } finally {
    db.close()
  }
}
