import { PART_ROWS, type Part } from './loaded-table.ts'

type Cell = number | string | null

/** Gathers single rows into parts with cells column by column. */
export async function* partsOfRows(
  rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>,
  width: number,
): AsyncGenerator<Part> {
  const empty = (): Cell[][] => Array.from({ length: width }, () => [])
  let columns = empty()
  let count = 0
  for await (const row of rows) {
    for (let k = 0; k < width; k++) columns[k].push(row[k])
    if (++count < PART_ROWS) continue
    yield { rows: count, columns }
    columns = empty()
    count = 0
  }
  if (count > 0) yield { rows: count, columns }
}
