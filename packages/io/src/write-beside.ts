import type { AnswerKind } from '@som/core'
import { csvCell } from './csv/record.ts'
import { featureChunks, type Input, type OnNewLevel } from './features.ts'
import type { Chunk, Table } from './table.ts'
import type { LoadedType } from './typed/loaded-table.ts'
import type { Put } from './write-aside.ts'

type AnswerType = Extract<LoadedType, 'INTEGER' | 'DOUBLE' | 'VARCHAR'>

/** How the cells of answers are kept, by their kind. */
export const CELL_TYPES: Readonly<Record<AnswerKind, AnswerType>> = {
  integer: 'INTEGER',
  number: 'DOUBLE',
  text: 'VARCHAR',
}

/** Columns to add after the table's own, and their cells for a part of its rows. */
export interface Beside {
  readonly names: readonly string[]
  /** What the cells of each name are. */
  readonly types: readonly AnswerType[]
  /**
   * Columns of the table, by position, whose cells are replaced wherever `cells`, which has theirs after those of
   * `names`, has one that is not empty.
   */
  readonly fills?: readonly { readonly column: number; readonly type: 'DOUBLE' | 'VARCHAR' }[]
  /** Called for cells with levels that training did not have. */
  readonly onNewLevel?: OnNewLevel
  /** Cells of each column, column by column, one per row of `chunk`. */
  cells(chunk: Chunk, firstRow: number): Promise<readonly BesideCells[]>
}

/**
 * Cells of an INTEGER, a DOUBLE or a VARCHAR column. Empty are those below 0 of an Int32Array, NaN of a Float64Array,
 * and null.
 */
export type BesideCells = Int32Array | Float64Array | readonly (string | number | null)[]

/**
 * Writes `table` as CSV (RFC 4180), row for row: its own columns in order with their cells unchanged, then the columns
 * of `beside`, computed from the numbers of the features in `inputs`. Streams: only one part is in memory.
 */
export async function writeBeside(table: Table, inputs: readonly Input[], beside: Beside, put: Put): Promise<number> {
  const names = [...table.columns.map((column) => column.name), ...beside.names]
  await put(csvLine(names))
  const all = table.columns.map((_, i) => i)
  let row = 0
  for await (const chunk of featureChunks(table, inputs, all, beside.onNewLevel)) {
    const cells = await beside.cells(chunk, row)
    const added = cells.slice(0, beside.names.length).map(textsOf)
    const own = [...chunk.text]
    beside.fills?.forEach(({ column }, k) => {
      const fills = fillTexts(table, column, cells[added.length + k])
      own[column] = own[column].map((cell, i) => fills[i] ?? cell)
    })
    const lines: string[] = []
    for (let i = 0; i < chunk.rows; i++) {
      lines.push(csvLine([...own.map((texts) => texts[i]), ...added.map((texts) => texts[i])]))
    }
    await put(lines.join(''))
    row += chunk.rows
  }
  return row
}

/** The cells that replace those of a column of the table, as the table would write them; null for an empty one. */
export function fillTexts(
  { columns, decimal }: Pick<Table, 'columns' | 'decimal'>,
  column: number,
  cells: BesideCells,
): (string | null)[] {
  const isFlag = columns[column].kind === 'boolean'
  return Array.from<string | number | null, string | null>(cells, (cell) => {
    if (typeof cell !== 'number') return cell
    if (Number.isNaN(cell)) return null
    if (isFlag) return String(cell >= 0.5)
    return decimal === ',' ? String(cell).replace('.', ',') : String(cell)
  })
}

/** A record of CSV from the texts of its cells. */
export function csvLine(cells: readonly (string | null)[]): string {
  const line = cells.map((cell) => csvCell(cell ?? '')).join(',')
  // A single empty cell would be an empty line, which readers skip.
  return `${line === '' ? '""' : line}\n`
}

/** The text of each cell; '' for an empty one. */
export function textsOf(cells: BesideCells): string[] {
  const texts: string[] = new Array(cells.length)
  // A loop for each kind of array: one over all of them is several times slower.
  if (cells instanceof Int32Array) for (let i = 0; i < cells.length; i++) texts[i] = cells[i] < 0 ? '' : `${cells[i]}`
  else if (cells instanceof Float64Array)
    for (let i = 0; i < cells.length; i++) texts[i] = Number.isNaN(cells[i]) ? '' : `${cells[i]}`
  else for (let i = 0; i < cells.length; i++) texts[i] = `${cells[i] ?? ''}`
  return texts
}
