import { type Column, isMissing, reasonToLeaveOut, type Table } from '@som/io'

/** What a column of a table holds, and what `som train` would make of it. */
export interface ColumnLook {
  readonly name: string
  readonly kind: Column['kind']
  /** Rows without a value. */
  readonly missing: number
  /** `feature`, or why `som train` leaves the column out by default. */
  readonly use: string
  /** Of numbers, and of times in seconds since the start of 1970. */
  readonly least?: number
  readonly mean?: number
  readonly largest?: number
  /** Distinct texts, sorted; at most `MOST_LEVELS`. */
  readonly levels?: readonly string[]
  /** Whether there are more distinct texts than those listed. */
  readonly hasMore?: boolean
}

/** A table as a whole. */
export interface TableLook {
  readonly rows: number
  readonly columns: readonly ColumnLook[]
  readonly notes: readonly string[]
}

const MOST_LEVELS = 12

/** Reads a table once and describes its columns. Throws a ProblemError if it cannot be read. */
export async function lookAtColumns(table: Table): Promise<TableLook> {
  const { columns } = table
  const isText = ({ kind }: Column): boolean => kind === 'text'
  const places = columns.map((_, i) => i)
  const numeric = places.filter((i) => !isText(columns[i]))
  const texts = places.filter((i) => isText(columns[i]))
  const figures = columns.map(() => ({ values: 0, sum: 0, least: Infinity, largest: -Infinity }))
  for await (const { rows, numbers, text } of table.chunks(numeric, texts)) {
    for (let i = 0, at = 0; i < rows; i++) {
      for (const column of numeric) {
        const value = numbers[at++]
        if (Number.isNaN(value)) continue
        const found = figures[column]
        found.values++
        found.sum += value
        if (value < found.least) found.least = value
        if (value > found.largest) found.largest = value
      }
    }
    texts.forEach((column, k) => {
      for (const cell of text[k]) if (cell !== null && !isMissing(cell)) figures[column].values++
    })
  }
  const looks: ColumnLook[] = []
  for (const i of places) {
    const { values, sum, least, largest } = figures[i]
    const { name, kind } = columns[i]
    const levels = isText(columns[i]) ? await table.levels(i, MOST_LEVELS + 1) : []
    looks.push({
      ...{ name, kind, missing: table.rows - values, use: reasonToLeaveOut(columns[i]) ?? 'feature' },
      ...(!isText(columns[i]) && values > 0 && { least, mean: sum / values, largest }),
      ...(isText(columns[i]) && { levels: levels.slice(0, MOST_LEVELS), hasMore: levels.length > MOST_LEVELS }),
    })
  }
  return { rows: table.rows, columns: looks, notes: table.notes }
}
