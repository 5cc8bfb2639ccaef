import { trimCell } from '@som/core'
import { decimalsOf, markToLearn, NOTHING_PROVEN, provenBy } from '../cell/cell-number.ts'
import { withIndex, withUnnamedFirst } from '../cell/index-column.ts'
import { isMissing } from '../cell/missing.ts'
import { isWord, missingWords } from '../cell/missing-words.ts'
import type { TextReading } from '../csv/text-reading.ts'
import { ProblemError } from '../problem.ts'
import type { Table } from '../table.ts'
import { type Cell, columnOf } from './column-of.ts'

/** Rows of a chunk. */
const CHUNK = 8192

/** A file's information about its cells and columns, and how its user says that it is read. */
interface Marks extends TextReading {
  /** The first cell of a header. */
  readonly firstName?: string
  /** The pandas metadata of the table. */
  readonly pandas?: string
}

interface CellsGiven {
  readonly name: string
  readonly cells: readonly Cell[]
}

/** A table with all cells in memory, column by column. Throws a ProblemError if it has no rows. */
export function cellsTable(
  name: string,
  given: readonly CellsGiven[],
  notes: readonly string[] = [],
  { delimiter = ',', decimal: said, learned, missing, firstName, pandas }: Marks = {},
): Table {
  const rows = given[0]?.cells.length ?? 0
  if (rows === 0) throw new ProblemError('not-a-table', name, 'expected at least one row, found none')
  const columns = missing === undefined ? given : withoutWords(given, missing)
  const known = { said, learned }
  const proven = columns.reduce((before, { cells }) => provenBy(cells, before), NOTHING_PROVEN)
  const decimals = decimalsOf(delimiter, proven, known)
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
    decimal: markToLearn(proven, known),
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

function withoutWords(columns: readonly CellsGiven[], missing: readonly string[]): CellsGiven[] {
  const words = missingWords(missing)
  return columns.map(({ name, cells }) => ({ name, cells: cells.map((cell) => (isWord(cell, words) ? null : cell)) }))
}
