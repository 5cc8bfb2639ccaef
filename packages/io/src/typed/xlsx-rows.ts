import { dialectOf } from '../csv/dialect.ts'
import { csvCell } from '../csv/record.ts'
import { checkSize, fileLimit } from '../file-limit.ts'
import { ProblemError } from '../problem.ts'
import { unzippedSize } from './zip-size.ts'

/** A workbook's sheet is in memory while it is read. */
const MOST_BYTES = 2 ** 29

export interface XlsxChoice {
  /** The sheet, by its name or its number from 1; by default the first. */
  readonly sheet?: string | number
  readonly mostBytes?: number
}

/** A sheet as columns of one type each. */
export interface XlsxRows {
  readonly columns: readonly { readonly name: string; readonly type: XlsxType }[]
  readonly notes: readonly string[]
  readonly rows: number
  /** The cells of a column from one row to another; null for a missing one. A TIMESTAMP is a bigint of microseconds. */
  cells(column: number, from?: number, to?: number): (string | number | bigint | boolean | null)[]
}

type XlsxType = 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'TIMESTAMP' | 'VARCHAR'
type Cell = string | number | boolean | Date | null

/**
 * One sheet of an Excel workbook (Office Open XML, ECMA-376) whose bytes are in memory, in Node or in a page. Dates are
 * times. Throws a ProblemError.
 */
export async function xlsxRows(
  bytes: Uint8Array,
  shown: string,
  { sheet, mostBytes }: XlsxChoice = {},
): Promise<XlsxRows> {
  const limit = fileLimit(mostBytes, MOST_BYTES)
  checkSize(bytes.length, limit, shown)
  checkSize(unzippedSize(bytes, shown), limit, shown, bytes.length)
  const { default: readSheets, readSheet } = await import('read-excel-file/universal')
  const contents = new Uint8Array(bytes).buffer
  try {
    return tableOf(await rowsOf(sheet ?? 1), shown)
  } catch (error) {
    if (error instanceof ProblemError || !(error instanceof Error)) throw error
    const found = error.message || error.name
    throw new ProblemError('not-a-table', shown, `expected a whole Excel workbook (.xlsx), found: ${found}`)
  }

  async function rowsOf(wanted: string | number): Promise<Cell[][]> {
    try {
      return (await readSheet(contents, wanted)) as Cell[][] // numbers are not parsed in a way of our own
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'SheetNotFoundError') throw error
      const names = (await readSheets(contents)).map(({ sheet: name }) => name)
      // A sheet may have a number for a name.
      if (typeof wanted === 'number' && names.includes(String(wanted))) return rowsOf(String(wanted))
      const asked = typeof wanted === 'number' ? `sheet ${wanted}` : `a sheet named ${JSON.stringify(wanted)}`
      const listed = names.slice(0, 12).join(', ')
      throw new ProblemError('choice', shown, `expected ${asked}, found ${names.length}: ${listed}; choose by --sheet`)
    }
  }
}

function tableOf(rows: readonly (readonly Cell[])[], shown: string): XlsxRows {
  const filled = rows.filter((row) => row.some((cell) => cell !== null))
  if (filled.length === 0) throw new ProblemError('not-a-table', shown, 'expected a table, found an empty sheet')
  // The first row is names by the rule of text tables.
  const first = filled[0].map((cell) => (typeof cell === 'string' ? csvCell(cell) : textOf(cell))).join(',')
  const { header, names, notes } = dialectOf(first, true, shown, ',')
  const data = header ? filled.slice(1) : filled
  if (data.length === 0)
    throw new ProblemError('not-a-table', shown, 'expected at least one row under the header, found none')
  const columns = names.map((name, k) => ({ name, type: typeOf(data.map((row) => row[k])) }))
  return {
    columns,
    notes,
    rows: data.length,
    cells: (column, from = 0, to = data.length) =>
      data.slice(from, to).map((row) => givenTo(row[column] ?? null, columns[column].type)),
  }
}

const TYPES: readonly { readonly type: XlsxType; fits(cell: Cell): boolean }[] = [
  { type: 'BIGINT', fits: (cell) => Number.isSafeInteger(cell) },
  { type: 'DOUBLE', fits: (cell) => typeof cell === 'number' },
  { type: 'BOOLEAN', fits: (cell) => typeof cell === 'boolean' },
  { type: 'TIMESTAMP', fits: (cell) => cell instanceof Date },
]

/** What all cells of a column are; text where they are not alike. */
function typeOf(cells: readonly (Cell | undefined)[]): XlsxType {
  const there = cells.filter((cell): cell is NonNullable<Cell> => cell !== null && cell !== undefined)
  const found = TYPES.find(({ fits }) => there.every(fits))
  return there.length === 0 ? 'VARCHAR' : (found?.type ?? 'VARCHAR')
}

function givenTo(cell: Cell, type: XlsxType): string | number | bigint | boolean | null {
  if (cell === null) return null
  if (type === 'BIGINT') return BigInt(Number(cell))
  if (cell instanceof Date) return type === 'TIMESTAMP' ? BigInt(millisOf(cell)) * 1000n : textOf(cell)
  return type === 'VARCHAR' ? textOf(cell) : cell
}

/** A workbook holds days and their fraction as one number: a whole second may come out a millisecond away. */
function millisOf(time: Date): number {
  const nearest = Math.round(time.getTime() / 1000) * 1000
  return Math.abs(time.getTime() - nearest) <= 1 ? nearest : time.getTime()
}

const textOf = (cell: Cell): string =>
  cell === null ? '' : cell instanceof Date ? new Date(millisOf(cell)).toISOString().slice(0, 19) : String(cell)
