import { type Database, openDatabase, quoted } from '../duckdb.ts'
import { ProblemError } from '../problem.ts'
import type { Chunk, Table } from '../table.ts'
import { type Dialect, notUtf8, readDialect } from './dialect.ts'
import { type ProfiledColumn, profile } from './profile.ts'

/**
 * Opens the text table at `path`, called `shown` in messages, and looks at all of it once.
 * `delimiter` is found in the first line where it is not given. Throws a ProblemError.
 */
export async function openCsv(path: string, shown: string, delimiter?: string): Promise<Table> {
  const dialect = await readDialect(path, shown, delimiter)
  const db = await openDatabase()
  try {
    const from = relation(path, dialect)
    const { rows, columns } = await profile(db, from, dialect.names).catch((error) => {
      throw csvProblem(error, shown)
    })
    if (rows === 0) {
      throw new ProblemError('not-a-table', shown, 'expected at least one row under the header, found none')
    }
    return { name: shown, rows, columns, notes: notesOf(dialect, columns), ...reading(db, from, shown, columns) }
  } catch (error) {
    db.close()
    throw error
  }
}

/**
 * The table as SQL. Every column is text under a name of ours: names of the file never reach SQL, nothing is guessed
 * from a sample of the rows, and `007` stays `007`.
 */
function relation(path: string, { delimiter, header, names }: Dialect): string {
  const columns = names.map((_, i) => `'c${i}': 'VARCHAR'`).join(', ')
  return `read_csv(${quoted(literalGlob(path))}, auto_detect=false, delim=${quoted(delimiter)}, quote='"', escape='"',
    header=${header}, strict_mode=true, null_padding=false, columns={${columns}})`
}

/** DuckDB reads `*`, `?` and `[` in a file name as a pattern: in brackets they stand for themselves. */
function literalGlob(path: string): string {
  return path.replace(/[*?[]/g, '[$&]')
}

function notesOf(dialect: Dialect, columns: readonly ProfiledColumn[]): string[] {
  const commas = columns.filter((column) => column.decimalComma).map((column) => column.name)
  return commas.length === 0 ? [...dialect.notes] : [...dialect.notes, `decimal commas read in: ${commas.join(', ')}`]
}

function reading(
  db: Database,
  from: string,
  shown: string,
  columns: readonly ProfiledColumn[],
): Pick<Table, 'chunks' | 'close'> {
  return {
    async *chunks(asNumbers, asText = []) {
      const cells = [...asNumbers.map((i) => columns[i].asNumber), ...asText.map((i) => `c${i}`)]
      if (cells.length === 0) cells.push('NULL')
      try {
        const result = await db.stream(`SELECT ${cells.join(', ')} FROM ${from}`)
        for (;;) {
          const chunk = await result.fetchChunk()
          if (chunk === null || chunk.rowCount === 0) return
          yield toChunk(chunk, asNumbers.length, asText.length)
        }
      } catch (error) {
        throw csvProblem(error, shown)
      }
    },
    close: () => db.close(),
  }
}

interface Vectors {
  readonly rowCount: number
  getColumnVector(column: number): { getItem(row: number): unknown }
}

function toChunk(chunk: Vectors, numberColumns: number, textColumns: number): Chunk {
  const rows = chunk.rowCount
  const numbers = new Float64Array(rows * numberColumns)
  for (let k = 0; k < numberColumns; k++) {
    const vector = chunk.getColumnVector(k)
    for (let i = 0; i < rows; i++) {
      const value = vector.getItem(i)
      numbers[i * numberColumns + k] = typeof value === 'number' ? value : Number.NaN
    }
  }
  const text = Array.from({ length: textColumns }, (_, k) => {
    const vector = chunk.getColumnVector(numberColumns + k)
    return Array.from({ length: rows }, (_, i) => {
      const value = vector.getItem(i)
      return typeof value === 'string' ? value : null
    })
  })
  return { rows, numbers, text }
}

/** What DuckDB says of a text table, in our words. Anything that is not about the table goes on as it is. */
function csvProblem(error: unknown, shown: string): unknown {
  if (!(error instanceof Error) || error instanceof ProblemError) return error
  const message = error.message
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1]
  const at = line === undefined ? '' : `line ${line}: `
  const cells = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message)
  if (cells) {
    const [, expected, found] = cells
    return new ProblemError(
      'not-a-table',
      shown,
      `${at}expected ${expected} cells as in the first line, found ${found}; give every row as many`,
    )
  }
  if (message.includes('Invalid unicode')) return notUtf8(shown, line)
  if (message.includes('unterminated quote')) {
    return new ProblemError(
      'not-a-table',
      shown,
      `${at}found a quote that never ends, or text behind a closing quote; write a quote within a cell twice`,
    )
  }
  if (message.includes('invalid state')) {
    return new ProblemError(
      'not-a-table',
      shown,
      'found lines that end in different ways, or quotes that do not fit together; save it as CSV anew, or make the lines alike: sed "s/\\r$//"',
    )
  }
  if (/^(Invalid Input|IO|Conversion|Out of Memory) Error/.test(message)) {
    return new ProblemError('not-readable', shown, at + message.split('\n')[0])
  }
  return error
}
