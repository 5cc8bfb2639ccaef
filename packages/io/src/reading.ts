import type { Database } from './duckdb.ts'
import type { Chunk, Table } from './table.ts'

/** Streams the relation `from`, whose columns are text called c0, c1, … `told` makes of an error of DuckDB's what the user is told. */
export function reading(
  db: Database,
  from: string,
  columns: readonly { readonly asNumber: string }[],
  told: (error: unknown) => unknown,
): Pick<Table, 'chunks' | 'close'> {
  return {
    async *chunks(asNumbers, asText = []) {
      const cells = [...asNumbers.map((i) => columns[i].asNumber), ...asText.map((i) => `c${i}`)]
      if (cells.length === 0) cells.push('NULL')
      try {
        const result = await db.stream(`SELECT ${cells.join(', ')} FROM ${from}`)
        for (;;) {
          const chunk = await result.fetchChunk()
          if (chunk === null || chunk.rowCount === 0) return
          yield toChunk(chunk, asNumbers.length, asText.length)
        }
      } catch (error) {
        throw told(error)
      }
    },
    close: () => db.close(),
  }
}

interface Vectors {
  readonly rowCount: number
  getColumnVector(column: number): { getItem(row: number): unknown }
}

function toChunk(chunk: Vectors, numberColumns: number, textColumns: number): Chunk {
  const rows = chunk.rowCount
  const numbers = new Float64Array(rows * numberColumns)
  for (let k = 0; k < numberColumns; k++) {
    const vector = chunk.getColumnVector(k)
    for (let i = 0; i < rows; i++) {
      const value = vector.getItem(i)
      numbers[i * numberColumns + k] = typeof value === 'number' ? value : Number.NaN
    }
  }
  const text = Array.from({ length: textColumns }, (_, k) => {
    const vector = chunk.getColumnVector(numberColumns + k)
    return Array.from({ length: rows }, (_, i) => {
      const value = vector.getItem(i)
      return typeof value === 'string' ? value : null
    })
  })
  return { rows, numbers, text }
}
