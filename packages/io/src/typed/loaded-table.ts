import { join } from 'node:path'
import type { DuckDBType, DuckDBValue, DuckDBVector } from '@duckdb/node-api'
import { type Database, loadDuckdb, quoted } from '../duckdb.ts'
import { checkWidth, type Table } from '../table.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { openTyped, type TypedReading } from './typed-table.ts'

export type LoadedType = 'DOUBLE' | 'INTEGER' | 'BIGINT' | 'UBIGINT' | 'BOOLEAN' | 'TIMESTAMP' | 'TIME' | 'VARCHAR'

/** A table in a format that DuckDB does not read, part by part. */
export interface Loading {
  readonly columns: readonly { readonly name: string; readonly type: LoadedType }[]
  /**
   * Cells column by column; null for a missing one. A TIMESTAMP is a bigint of microseconds since the start of 1970, a
   * TIME one of those since midnight.
   */
  readonly parts: AsyncIterable<Part> | Iterable<Part>
  readonly notes?: readonly string[]
  /** The pandas metadata of the table. */
  readonly pandas?: string
}

export interface Part {
  readonly rows: number
  readonly columns: readonly ArrayLike<number | bigint | boolean | string | null>[]
}

/** How many rows DuckDB takes at once. */
export const PART_ROWS = 2048

/** Opens rows from any source as a table, through a temporary database on disk. Throws a ProblemError. */
export async function openLoaded(
  { columns, parts, notes = [], pandas }: Loading,
  shown: string,
  reading?: TypedReading,
): Promise<Table> {
  checkWidth(columns.length, shown)
  const folder = temporaryFolder()
  try {
    // A row group stays in memory until it is full.
    const table = await openTyped('given.rows', shown, {
      reading,
      names: columns.map(({ name }) => name),
      metadata: async () => ({ pandas: pandas ?? null }),
      prepare: async (db) => {
        const size = Math.max(PART_ROWS, Math.min(60 * PART_ROWS, PART_ROWS * Math.floor(512 / columns.length)))
        await db.run(`ATTACH ${quoted(join(folder.path, 'rows.duckdb'))} AS given (ROW_GROUP_SIZE ${size})`)
        await db.run(`CREATE TABLE given.rows(${columns.map(({ type }, i) => `v${i} ${type}`).join(', ')})`)
        await append(db, 'given', columns, parts)
      },
    })
    return {
      ...table,
      notes: [...notes, ...table.notes],
      close() {
        table.close()
        folder.discard()
      },
    }
  } catch (error) {
    folder.discard()
    throw error
  }
}

/** Appends rows to the table `rows` of an attached database, part by part. */
export async function append(
  db: Database,
  database: string,
  columns: readonly { readonly type: LoadedType }[],
  parts: Loading['parts'],
): Promise<void> {
  const duckdb = loadDuckdb()
  const types: readonly DuckDBType[] = columns.map(({ type }) => duckdb[type])
  const timeOf: Partial<Record<LoadedType, (micros: bigint) => DuckDBValue>> = {
    TIMESTAMP: (micros) => new duckdb.DuckDBTimestampValue(micros),
    TIME: (micros) => new duckdb.DuckDBTimeValue(micros),
  }
  const appender = await db.appender('rows', database)
  try {
    for await (const part of parts) {
      for (let from = 0; from < part.rows; from += PART_ROWS) {
        const rows = Math.min(PART_ROWS, part.rows - from)
        const chunk = duckdb.DuckDBDataChunk.create(types, rows)
        part.columns.forEach((cells, k) => {
          const vector = chunk.getColumnVector(k)
          fill(vector, cells, from, rows, timeOf[columns[k].type], columns[k].type)
          vector.flush()
        })
        appender.appendDataChunk(chunk)
      }
      appender.flushSync()
    }
  } finally {
    appender.closeSync()
  }
}

function fill(
  vector: DuckDBVector,
  cells: Part['columns'][number],
  from: number,
  rows: number,
  timeOf: ((micros: bigint) => DuckDBValue) | undefined,
  type: LoadedType,
): void {
  const { items } = vector as { readonly items?: unknown }
  const isSame =
    (cells instanceof Int32Array && items instanceof Int32Array) ||
    (cells instanceof Float64Array && items instanceof Float64Array)
  if (isSame) {
    items.set(cells.subarray(from, from + rows))
    return
  }
  for (let i = 0; i < rows; i++) {
    const cell = cells[from + i]
    const value =
      timeOf && typeof cell === 'bigint'
        ? timeOf(cell)
        : typeof cell === 'number' && type === 'VARCHAR'
          ? String(cell)
          : cell
    // The base class has no `setItem` that takes every value, although each column's vector has its own.
    ;(vector as unknown as { setItem(row: number, value: DuckDBValue): void }).setItem(i, value)
  }
}
