import type { Database } from './duckdb.ts'
import type { SparseTable } from './lines/libsvm.ts'
import { ProblemError } from './problem.ts'

/** A table in an embedded database: every column as text (c0, c1, …) and in its own type (`own`). */
export interface Relation {
  readonly db: Database
  readonly from: string
  /** SQL for each column in its own type. */
  readonly own: readonly string[]
  /** Whether all columns are text in the file. */
  readonly isText: boolean
  /** For each column whether its texts are those of numbers, in which there is neither a comma nor a quote. */
  readonly isPlain: readonly boolean[]
  /** As the table's `chunks`, with SQL for each text. */
  textChunks(asNumbers: readonly number[], texts: readonly string[]): AsyncGenerator<Chunk>
}

/** The type of a column's cells, ignoring missing ones. `empty`: all are missing. */
export type ColumnKind = 'number' | 'boolean' | 'time' | 'text' | 'empty'

/** One column of a table, inspected over all rows. */
export interface Column {
  readonly name: string
  readonly kind: ColumnKind
  /** A cell that is not a finite number, if any: the reason why the column cannot be used directly. */
  readonly odd?: { readonly row: number; readonly value: string }
  /** Whether the cells number the rows: each is one more than the one before. */
  readonly counter: boolean
  /** Why the column identifies rows rather than measures something, if its numbers or its file show that. */
  readonly names?: string
}

/** A part of a table, rows in order. */
export interface Chunk {
  readonly rows: number
  /**
   * Numbers of the requested columns: rows × columns, row by row; NaN for a missing value. A time is its seconds since
   * the start of 1970 (UTC).
   */
  readonly numbers: Float32Array | Float64Array
  /** Cells of the requested columns as text, column by column, exactly as in the file; null for an empty cell. */
  readonly text: readonly (readonly (string | null)[])[]
}

/** An open table. */
export interface Table {
  /** The name that the user gave for the file. */
  readonly name: string
  readonly rows: number
  readonly columns: readonly Column[]
  /** The decimal mark of its text, where a map that is learned from it keeps it: a comma. */
  readonly decimal?: ',' | undefined
  /** Decisions of the reader that the user should know about. */
  readonly notes: readonly string[]
  /** Streams the rows in order: columns by their position in `columns`. Throws a ProblemError if reading fails. */
  chunks(asNumbers: readonly number[], asText?: readonly number[]): AsyncGenerator<Chunk>
  /**
   * The distinct cells of a column, trimmed, without missing ones and sorted by characters; where there are more than
   * `most`, `most` of them.
   */
  levels(column: number, most: number): Promise<string[]>
  /** Whether f32 holds every number of the table. */
  readonly isSingle?: boolean
  /** The table in an embedded database, if it is in one or can be put there. */
  relation?(): Promise<Relation | undefined>
  /** The sparse rows, if most of their numbers are zero. */
  readonly sparse?: SparseTable
  close(): void
}

/** DuckDB plans for each column: beyond these it takes minutes. */
const MOST_COLUMNS = 20_000

/** Refuses a table of more columns than are opened in a while that one would wait for. Throws a ProblemError. */
export function checkWidth(columns: number, shown: string): void {
  if (columns <= MOST_COLUMNS) return
  const message = `expected at most ${MOST_COLUMNS} columns in a file of this kind and size, found ${columns}; a .csv file of at most 64 MiB may have more, and so may .libsvm`
  throw new ProblemError('not-a-table', shown, message)
}
