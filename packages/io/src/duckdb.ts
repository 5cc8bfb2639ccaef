import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import type { DuckDBAppender, DuckDBConnection, DuckDBResult } from '@duckdb/node-api'

/** An embedded DuckDB with one connection. Loaded when first needed: it is tens of megabytes. */
export interface Database {
  /** Runs statements without a result. */
  run(sql: string): Promise<void>
  /** The row of a query with one row. */
  row(sql: string): Promise<unknown[]>
  /** Every row of a query, column by column. */
  columns(sql: string): Promise<unknown[][]>
  stream(sql: string): Promise<DuckDBResult>
  /** Appends rows to a table of an attached database. */
  appender(table: string, database: string): Promise<DuckDBAppender>
  close(): void
}

const require = createRequire(import.meta.url)

let limit: number | undefined

/** Limits the memory in bytes for inspecting and reading each table opened from now on; one limit per process. */
export function limitMemory(bytes: number | undefined): void {
  limit = bytes
}

/** DuckDB, loaded at the first call. Not by `import()`, which parses each of its 180 files again to find names. */
export const loadDuckdb = (): typeof import('@duckdb/node-api') => require('@duckdb/node-api')

/** Opens an in-memory database that never accesses the network. */
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
  // So that times without a zone mean the same everywhere.
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
      // A separate connection: the first one may still be streaming.
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

/** DuckDB reads `*`, `?` and `[` in a file name as a pattern: in brackets they are literal. */
export function literalGlob(path: string): string {
  return path.replace(/[*?[]/g, '[$&]')
}

/** The files that match a pattern, sorted by name. */
export async function filesOf(pattern: string): Promise<string[]> {
  const db = await openDatabase()
  try {
    const [files = []] = await db.columns(`SELECT file FROM glob(${quoted(pattern)}) ORDER BY file`)
    return files.map(String)
  } finally {
    db.close()
  }
}
