import { readFile } from 'node:fs/promises'
import { fileProblem } from '../file-problem.ts'
import type { Loading, Part } from './loaded-table.ts'
import { PART_ROWS } from './loaded-table.ts'
import { type XlsxChoice, type XlsxRows, xlsxRows } from './xlsx-rows.ts'

/** One sheet of an Excel workbook in a file. Throws a ProblemError. */
export async function loadXlsx(path: string, shown: string, choice: XlsxChoice = {}): Promise<Loading> {
  const bytes = await readFile(path).catch((error) => {
    throw fileProblem(error, shown, 'read')
  })
  const found = await xlsxRows(bytes, shown, choice)
  return { columns: found.columns, notes: found.notes, parts: partsOf(found) }
}

function* partsOf({ rows, columns, cells }: XlsxRows): Generator<Part> {
  for (let from = 0; from < rows; from += PART_ROWS) {
    const to = Math.min(rows, from + PART_ROWS)
    yield { rows: to - from, columns: columns.map((_, k) => cells(k, from, to)) }
  }
}
