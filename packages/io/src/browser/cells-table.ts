import { commasBeside } from '../cell/cell-number.ts'
import { withIndex, withUnnamedFirst } from '../cell/index-column.ts'
import { isMissing } from '../cell/missing.ts'
import { ProblemError } from '../problem.ts'
import type { Table } from '../table.ts'
import { type Cell, columnOf, hasSureComma } from './column-of.ts'

/** Rows of a chunk. */
const CHUNK = 8192

/** What a file says of its cells and columns. */
interface Marks {
  readonly delimiter?: string
  /** The first cell of a header. */
  readonly firstName?: string
  /** What pandas has written about the table. */
  readonly pandas?: string
}

/** A table whose cells are all in memory, column after column. Throws a ProblemError where it has no row. */
export function cellsTable(
  name: string,
  columns: readonly { readonly name: string; readonly cells: readonly Cell[] }[],
  notes: readonly string[] = [],
  { delimiter = ',', firstName, pandas }: Marks = {},
): Table {
  const rows = columns[0]?.cells.length ?? 0
  if (rows === 0) throw new ProblemError('not-a-table', name, 'expected at least one row, found none')
  const first = columns.map((column) => columnOf(column.name, column.cells, commasBeside(delimiter)))
  // Commas that another column proves to be decimal are decimal in all columns of text.
  const isProven = columns.some(({ cells }, c) => first[c].column.kind === 'number' && cells.some(hasSureComma))
  const looked = isProven ? columns.map((column) => columnOf(column.name, column.cells, 'decimal')) : first
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
      const cells = Array.from({ length: rows }, (_, row) => looked[column].text(row)?.trim() ?? '')
      return [...new Set(cells.filter((cell) => !isMissing(cell)))].sort().slice(0, most)
    },
    close: () => {},
  }
}
