import type { AnswerKind } from '@som/core'
import { csvCell } from './csv/record.ts'
import { featureChunks, type Input, type OnNewLevel } from './features.ts'
import type { Chunk, Table } from './table.ts'
import type { LoadedType } from './typed/loaded-table.ts'
import type { Put } from './write-aside.ts'

/** How the cells of answers are kept, by their kind. */
export const CELL_TYPES: Readonly<Record<AnswerKind, LoadedType>> = {
  integer: 'INTEGER',
  number: 'DOUBLE',
  text: 'VARCHAR',
}

/** Columns to add after the table's own, and their cells for a part of its rows. */
export interface Beside {
  readonly names: readonly string[]
  /** What the cells of each name are. */
  readonly types: readonly LoadedType[]
  /** Called for cells with levels that training did not have. */
  readonly onNewLevel?: OnNewLevel
  /** Cells of each column, column by column, one per row of `chunk`; null is an empty cell. */
  cells(chunk: Chunk, firstRow: number): Promise<readonly ArrayLike<string | number | null>[]>
}

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
    const added = await beside.cells(chunk, row)
    const lines: string[] = []
    for (let i = 0; i < chunk.rows; i++) {
      lines.push(csvLine([...chunk.text.map((cells) => cells[i]), ...added.map((cells) => cells[i])]))
    }
    await put(lines.join(''))
    row += chunk.rows
  }
  return row
}

function csvLine(cells: readonly (string | number | null)[]): string {
  const line = cells.map((cell) => csvCell(cell === null ? '' : String(cell))).join(',')
  // A single empty cell would be an empty line, which readers skip.
  return `${line === '' ? '""' : line}\n`
}
