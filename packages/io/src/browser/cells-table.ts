import { trimCell } from '@som/core'
import { decimalsOf, NOTHING_PROVEN, provenBy } from '../cell/cell-number.ts'
import { withIndex, withUnnamedFirst } from '../cell/index-column.ts'
import { isMissing } from '../cell/missing.ts'
import { ProblemError } from '../problem.ts'
import type { Table } from '../table.ts'
import { type Cell, columnOf } from './column-of.ts'

/** Rows of a chunk. */
const CHUNK = 8192

/** A file's information about its cells and columns. */
interface Marks {
  readonly delimiter?: string
  /** What its user says is before decimals. */
  readonly decimal?: '.' | ','
  /** The first cell of a header. */
  readonly firstName?: string
  /** The pandas metadata of the table. */
  readonly pandas?: string
}

/** A table with all cells in memory, column by column. Throws a ProblemError if it has no rows. */
export function cellsTable(
  name: string,
  columns: readonly { readonly name: string; readonly cells: readonly Cell[] }[],
  notes: readonly string[] = [],
  { delimiter = ',', decimal, firstName, pandas }: Marks = {},
): Table {
  const rows = columns[0]?.cells.length ?? 0
  if (rows === 0) throw new ProblemError('not-a-table', name, 'expected at least one row, found none')
  const proven = columns.reduce((before, { cells }) => provenBy(cells, before), NOTHING_PROVEN)
  const decimals = decimalsOf(delimiter, proven, decimal)
  const looked = columns.map((column) => columnOf(column.name, column.cells, decimals))
  return {
    name,
    rows,
    columns: withUnnamedFirst(
      withIndex(
        looked.map(({ column }) => column),
        pandas,
      ),
      firstName,
    ),
    notes,
    async *chunks(asNumbers, asText = []) {
      for (let from = 0; from < rows; from += CHUNK) {
        const count = Math.min(CHUNK, rows - from)
        const numbers = new Float64Array(count * asNumbers.length)
        asNumbers.forEach((column, k) => {
          for (let i = 0; i < count; i++) numbers[i * asNumbers.length + k] = looked[column].number(from + i)
        })
        const text = asText.map((column) => Array.from({ length: count }, (_, i) => looked[column].text(from + i)))
        yield { rows: count, numbers, text }
      }
    },
    async levels(column, most) {
      const cells = Array.from({ length: rows }, (_, row) => trimCell(looked[column].text(row) ?? ''))
      return [...new Set(cells.filter((cell) => !isMissing(cell)))].sort().slice(0, most)
    },
    close: () => {},
  }
}
