import type { Database } from './duckdb.ts'
import type { SparseTable } from './lines/libsvm.ts'

/** A table within an embedded database: every column is text as c0, c1, …, and `own` as it is. */
export interface Relation {
  readonly db: Database
  readonly from: string
  /** SQL of each column as it is in the file. */
  readonly own: readonly string[]
  /** Whether all columns are text there. */
  readonly isText: boolean
}

/** What the cells of a column are, missing ones aside. `empty`: all are missing. */
export type ColumnKind = 'number' | 'boolean' | 'time' | 'text' | 'empty'

/** One column of a table, looked at over all its rows. */
export interface Column {
  readonly name: string
  readonly kind: ColumnKind
  /** A cell that is not a finite number, where there is one: why the column cannot be taken as it is. */
  readonly odd?: { readonly row: number; readonly value: string }
  /** Whether the cells count the rows: each one more than the one before. */
  readonly counter: boolean
  /** Why the column names rows rather than measures something, where that is known from its numbers or from its file. */
  readonly names?: string
}

/** A part of a table, rows in order. */
export interface Chunk {
  readonly rows: number
  /** Numbers of the columns asked for: rows × columns, row after row; NaN where a value is missing. A time is its seconds since the start of 1970 (UTC). */
  readonly numbers: Float64Array
  /** Cells of the columns asked for as text, column after column, exactly as in the file; null where a cell is empty. */
  readonly text: readonly (readonly (string | null)[])[]
}

/** A table that is open for reading. */
export interface Table {
  /** The file as its user calls it. */
  readonly name: string
  readonly rows: number
  readonly columns: readonly Column[]
  /** What the reader decided by itself and its user should know. */
  readonly notes: readonly string[]
  /** Streams the rows in order: columns by their position in `columns`. Throws a ProblemError when the world fails. */
  chunks(asNumbers: readonly number[], asText?: readonly number[]): AsyncGenerator<Chunk>
  /** The different cells of a column in the order of their characters, spaces around them and missing ones left out; at most `most`. */
  levels(column: number, most: number): Promise<string[]>
  /** The table as an embedded database has it, where one does. */
  readonly relation?: Relation
  /** The rows as they are, where most of their numbers are zero. */
  readonly sparse?: SparseTable
  close(): void
}
