import { trimCell } from '@som/core'
import { type Decimals, decimalsOf, NOTHING_PROVEN, plainNumber } from '../cell/cell-number.ts'
import { ProblemError } from '../problem.ts'
import { firstRecord } from './record.ts'

/**
 * How a text table is written: detected from its first record only, so that the answer never depends on a sample of the
 * rows.
 */
export interface Dialect {
  readonly delimiter: string
  /** Whether the first record has names. */
  readonly header: boolean
  /** One unique name per column. */
  readonly names: readonly string[]
  /** The first cell of a header. */
  readonly firstName?: string
  /** Notes for the user about how the first record was read. */
  readonly notes: readonly string[]
}

export const DELIMITERS: readonly string[] = [',', ';', '\t', '|']

/** The dialect of a text, given its first record, or all of it if `whole`. Throws a ProblemError. */
export function dialectOf(text: string, whole: boolean, shown: string, fixed?: string): Dialect {
  const delimiter = fixed ?? likelyDelimiter(text, whole)
  const cells = firstRecord(text, delimiter, whole)
  if (cells === null) {
    throw new ProblemError(
      'not-a-table',
      shown,
      'the first line: expected column names, found a quote that is never closed',
    )
  }
  if (text.trim() === '') throw new ProblemError('not-a-table', shown, 'expected a table, found an empty file')
  const header = isHeader(cells, decimalsOf(delimiter, NOTHING_PROVEN))
  const notes = header ? [] : ['the first line has numbers, not names: columns are named "column 1", "column 2", …']
  return {
    delimiter,
    header,
    ...(header && { firstName: cells[0] }),
    ...uniqueNames(header ? cells : cells.map(() => ''), notes),
  }
}

/** Decodes bytes as text. Throws a ProblemError if they are not UTF-8. */
export function decodeText(bytes: Uint8Array, shown: string, whole: boolean): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new ProblemError('not-a-table', shown, 'expected UTF-8 text, found UTF-16; save it as UTF-8 (CSV UTF-8)')
  }
  if (bytes.includes(0)) {
    throw new ProblemError('not-a-table', shown, 'expected a text table, found binary data; export it as CSV')
  }
  try {
    // A cut in the middle of a character is not an error while more bytes follow. The decoder drops a byte order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !whole })
  } catch {
    throw notUtf8(shown)
  }
}

/** What is wrong with a row that has more or fewer cells than the first line. */
export function wrongWidth(expected: number, found: number): string {
  const advice = expected === 1 ? 'begin the file with the line of names' : 'give every row the same number'
  return `expected ${expected} ${expected === 1 ? 'cell' : 'cells'} as in the first line, found ${found}; ${advice}`
}

/** The message for text in an older encoding. */
export function notUtf8(shown: string, line?: string): ProblemError {
  const where = line === undefined ? '' : `line ${line}: `
  return new ProblemError(
    'not-a-table',
    shown,
    `${where}expected UTF-8 text, found other bytes; save it as UTF-8, for example: iconv -f latin1 -t utf-8`,
  )
}

/** The delimiter that splits the first record into most cells; the comma wins a tie. */
export function likelyDelimiter(text: string, whole: boolean, mostCells?: number): string {
  let best: string = DELIMITERS[0]
  let most = 0
  for (const delimiter of DELIMITERS) {
    const cells = firstRecord(text, delimiter, whole, mostCells)?.length ?? 0
    if (cells > most) {
      best = delimiter
      most = cells
    }
  }
  return best
}

/**
 * The first record is taken as names unless it can only be data: every cell a number or missing, or a cell with a
 * fraction. Integers next to names are names too: years are common column names.
 */
function isHeader(cells: readonly string[], decimals: Decimals): boolean {
  const values = cells.map((cell) => plainNumber(cell, decimals))
  const numbers = cells.filter((_, i) => Number.isFinite(values[i]))
  if (numbers.some((cell) => /[.,eE]/.test(cell) || trimCell(cell).startsWith('-'))) return false
  return numbers.length === 0 || values.some((value) => value === null)
}

/** A name for every column: `column 3` for an empty one, ` (2)` after a repeated one. */
function uniqueNames(cells: readonly string[], notes: string[]): { names: string[]; notes: string[] } {
  const taken = new Set<string>()
  const twice: string[] = []
  const names = cells.map((cell, i) => {
    const base = trimCell(cell) === '' ? `column ${i + 1}` : trimCell(cell)
    let name = base
    for (let n = 2; taken.has(name); n++) name = `${base} (${n})`
    if (name !== base) twice.push(`"${base}" is renamed to "${name}"`)
    taken.add(name)
    return name
  })
  const told = twice.length > 0 ? [`names that occur twice in the header: ${twice.slice(0, 5).join(', ')}`] : []
  return { names, notes: [...notes, ...told] }
}
