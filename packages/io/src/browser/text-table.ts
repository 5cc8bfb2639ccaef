import { decodeText, dialectOf, wrongWidth } from '../csv/dialect.ts'
import type { TextReading } from '../csv/text-reading.ts'
import { ProblemError } from '../problem.ts'
import type { Table } from '../table.ts'
import { cellsTable } from './cells-table.ts'

/** A text table whose bytes are in memory. Throws a ProblemError. */
export async function textTable(name: string, bytes: Uint8Array, reading: TextReading = {}): Promise<Table> {
  const { default: papaparse } = await import('papaparse')
  const text = decodeText(bytes, name, true)
  const { delimiter, header, firstName, names, notes } = dialectOf(text, true, name, reading.delimiter)
  const { data, errors } = papaparse.parse<string[]>(text, { delimiter, skipEmptyLines: true })
  const [error] = errors.filter(({ type }) => type === 'Quotes')
  if (error)
    throw new ProblemError(
      'not-a-table',
      name,
      `row ${(error.row ?? 0) + 1}: found a quote that is never closed, or text after a closing quote`,
    )
  const rows = header ? data.slice(1) : data
  rows.forEach((row, i) => {
    if (row.length === names.length) return
    throw new ProblemError('not-a-table', name, `row ${i + 1}: ${wrongWidth(names.length, row.length)}`)
  })
  return cellsTable(
    name,
    names.map((column, k) => ({ name: column, cells: rows.map((row) => row[k]) })),
    notes,
    { ...reading, delimiter, ...(firstName !== undefined && { firstName }) },
  )
}
