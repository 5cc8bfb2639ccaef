import { readFile, stat } from 'node:fs/promises'
import { textTable } from '../browser/text-table.ts'
import { type DecimalsKnown, decimalsOf, markToLearn } from '../cell/cell-number.ts'
import { withIndex, withUnnamedFirst } from '../cell/index-column.ts'
import { missingWords } from '../cell/missing-words.ts'
import { literalGlob, openDatabase, quoted } from '../duckdb.ts'
import { memoryProblem } from '../file-problem.ts'
import { ProblemError } from '../problem.ts'
import { reading as readingOf } from '../reading.ts'
import { checkWidth, type Table } from '../table.ts'
import { isWordText } from './cell-classes.ts'
import { type Dialect, notUtf8, wrongWidth } from './dialect.ts'
import { type ProfiledColumn, profile } from './profile.ts'
import { readDialect } from './read-dialect.ts'
import type { TextReading } from './text-reading.ts'

/**
 * Opens the text table in `files`, read one after another and named `shown` in messages, and inspects all of it once.
 * Throws a ProblemError.
 */
export async function openCsv(files: readonly string[], shown: string, reading: TextReading = {}): Promise<Table> {
  const dialect = await commonDialect(files, shown, reading.delimiter)
  const wide = files.length === 1 ? await openWide(files[0], shown, dialect, reading) : null
  if (wide) return wide
  checkWidth(dialect.names.length, shown)
  const db = await openDatabase()
  try {
    const from = relation(files, dialect, reading.missing)
    const known: DecimalsKnown = { said: reading.decimal, learned: reading.learned }
    const {
      rows,
      columns: profiled,
      proven,
    } = await profile(db, from, dialect.names, (proven) => decimalsOf(dialect.delimiter, proven, known)).catch(
      (error) => {
        throw csvProblem(error, shown)
      },
    )
    const columns = withUnnamedFirst(withIndex(profiled), dialect.firstName)
    if (rows === 0) {
      throw new ProblemError('not-a-table', shown, 'expected at least one row under the header, found none')
    }
    const { textChunks, ...read } = readingOf(db, from, { columns }, (error) => csvProblem(error, shown))
    const isPlain = columns.map(() => false)
    const own = columns.map((_, i) => `c${i}`)
    return {
      name: shown,
      rows,
      columns,
      notes: notesOf(dialect, columns),
      decimal: markToLearn(proven, known),
      relation: async () => ({ db, from, own, isText: true, isPlain, textChunks }),
      ...read,
    }
  } catch (error) {
    db.close()
    throw error
  }
}

/** From so many columns on DuckDB, which plans for each of them, takes longer than reading the cells in memory. */
const WIDE = 2000
const MOST_WIDE_BYTES = 2 ** 26

/** A wide table that is small enough for memory; null of any other, or where something is wrong with it. */
async function openWide(file: string, shown: string, { names }: Dialect, reading: TextReading): Promise<Table | null> {
  if (names.length < WIDE || (await stat(file)).size > MOST_WIDE_BYTES) return null
  return textTable(shown, await readFile(file), reading).catch((error) => {
    if (error instanceof ProblemError) return null
    throw error
  })
}

/** The common dialect of all files. */
async function commonDialect(files: readonly string[], shown: string, delimiter?: string): Promise<Dialect> {
  const isOne = files.length === 1
  const [first, ...others] = await Promise.all(files.map((file) => readDialect(file, isOne ? shown : file, delimiter)))
  others.forEach((other, i) => {
    const same = other.delimiter === first.delimiter && other.header === first.header
    if (same && other.names.join('\n') === first.names.join('\n')) return
    throw new ProblemError(
      'not-a-table',
      files[i + 1],
      `expected the columns of ${files[0]} (${first.names.slice(0, 12).join(', ')}), found ${other.names.slice(0, 12).join(', ')}`,
    )
  })
  return first
}

/**
 * The table as SQL. Every column is text under our own name: names from the file never reach SQL, nothing is guessed
 * from a sample of the rows, and `007` stays `007`.
 */
function relation(
  files: readonly string[],
  { delimiter, header, names }: Dialect,
  missing: readonly string[] = [],
): string {
  const columns = names.map((_, i) => `'c${i}': 'VARCHAR'`).join(', ')
  const paths = files.map((file) => quoted(literalGlob(file))).join(', ')
  const table = `read_csv([${paths}], auto_detect=false, delim=${quoted(delimiter)}, quote='"', escape='"',
    header=${header}, strict_mode=true, null_padding=false, columns={${columns}})`
  if (missing.length === 0) return table
  const words = missingWords(missing)
  const cells = names.map((_, i) => `CASE WHEN ${isWordText(`c${i}`, words)} THEN NULL ELSE c${i} END AS c${i}`)
  return `(SELECT ${cells.join(', ')} FROM ${table})`
}

function notesOf(dialect: Dialect, columns: readonly ProfiledColumn[]): string[] {
  const commas = columns.filter((column) => column.decimalComma).map((column) => column.name)
  return [
    ...dialect.notes,
    ...(commas.length > 0 ? [`decimal commas read in: ${commas.join(', ')}`] : []),
    ...unsureNotes(columns),
  ]
}

/** What is reported for columns whose numbers may be thousands or decimals. */
const unsureNotes = (columns: readonly ProfiledColumn[]): string[] =>
  columns.flatMap(({ name, kind, unsure, odd }) => {
    if (kind !== 'text' || odd === undefined) return []
    if (unsure) return [`${name}: left as text, ${odd.value} may be thousands or decimals; --decimal . or , says which`]
    return THOUSANDS.test(odd.value)
      ? [`${name}: left as text, ${odd.value} has separators between thousands; write its numbers without them`]
      : []
  })

/** A number with separators between thousands, which no reading takes for one. */
const THOUSANDS =
  /^\s*[+-]?\d{1,3}(([ '\u00a0\u202f]\d{3})+([.,]\d+)?|(\.\d{3})+,\d+|(,\d{3})+\.\d+|(\.\d{3}){2,}|(,\d{3}){2,})\s*$/

/** Rewords DuckDB's errors about a text table. Other errors are passed on unchanged. */
function csvProblem(error: unknown, shown: string): unknown {
  if (!(error instanceof Error) || error instanceof ProblemError) return error
  const message = error.message
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1]
  const at = line === undefined ? '' : `line ${line}: `
  const cells = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message)
  if (cells) {
    const [, expected, found] = cells
    return new ProblemError('not-a-table', shown, at + wrongWidth(Number(expected), Number(found)))
  }
  if (message.includes('Invalid unicode')) return notUtf8(shown, line)
  if (message.includes('unterminated quote')) {
    return new ProblemError(
      'not-a-table',
      shown,
      `${at}found a quote that is never closed, or text after a closing quote; double each quote within a cell`,
    )
  }
  if (message.includes('invalid state')) {
    return new ProblemError(
      'not-a-table',
      shown,
      'found mixed line endings or unbalanced quotes; save it as CSV again, or convert the line endings: sed "s/\\r$//"',
    )
  }
  const lacking = memoryProblem(error, shown)
  if (lacking !== null) return lacking
  if (/^(Invalid Input|IO|Conversion) Error/.test(message)) {
    return new ProblemError('not-readable', shown, at + message.split('\n')[0])
  }
  return error
}
