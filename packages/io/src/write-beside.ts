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
  /**
   * Columns of the table, by position, whose cells are replaced wherever `cells`, which has theirs after those of
   * `names`, has one that is not null.
   */
  readonly fills?: readonly { readonly column: number; readonly type: 'DOUBLE' | 'VARCHAR' }[]
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
  const replacing = replacer(table, beside)
  let row = 0
  for await (const chunk of featureChunks(table, inputs, all, beside.onNewLevel)) {
    const added = await beside.cells(chunk, row)
    const lines: string[] = []
    for (let i = 0; i < chunk.rows; i++) {
      const own = chunk.text.map((cells, column) => replacing(added, column, i) ?? cells[i])
      lines.push(csvLine([...own, ...beside.names.map((_, b) => added[b][i])]))
    }
    await put(lines.join(''))
    row += chunk.rows
  }
  return row
}

/** Gives the text that replaces a cell of the table's own, if any. */
function replacer(
  table: Table,
  { names, fills = [] }: Pick<Beside, 'names' | 'fills'>,
): (added: readonly ArrayLike<string | number | null>[], column: number, row: number) => string | null {
  const places = new Map(fills.map(({ column }, k) => [column, names.length + k]))
  return (added, column, row) => {
    const place = places.get(column)
    return place === undefined ? null : fillText(table, column, added[place][row])
  }
}

/** A cell that replaces one of the table's, as the table would write it. */
export function fillText(
  { columns, decimal }: Pick<Table, 'columns' | 'decimal'>,
  column: number,
  cell: string | number | null,
): string | null {
  if (typeof cell !== 'number') return cell
  if (columns[column].kind === 'boolean') return String(cell >= 0.5)
  return decimal === ',' ? String(cell).replace('.', ',') : String(cell)
}

function csvLine(cells: readonly (string | number | null)[]): string {
  const line = cells.map((cell) => csvCell(cell === null ? '' : String(cell))).join(',')
  // A single empty cell would be an empty line, which readers skip.
  return `${line === '' ? '""' : line}\n`
}
