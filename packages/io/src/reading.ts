import { missing, trimmed } from './csv/cell-classes.ts'
import type { Database } from './duckdb.ts'
import type { Chunk, Relation, Table } from './table.ts'

/** The columns of a relation, and whether f32 holds every number in them. */
interface Numbered {
  readonly columns: readonly { readonly asNumber: string }[]
  readonly isSingle?: boolean
}

/** Rows that are looked at first for levels. */
const GLANCE = 2048

/**
 * Streams the relation `from`, whose text columns are named c0, c1, … `told` turns a DuckDB error into the user's
 * message.
 */
export function reading(
  db: Database,
  from: string,
  { columns, isSingle = false }: Numbered,
  told: (error: unknown) => unknown,
): Pick<Table, 'chunks' | 'levels' | 'close'> & Pick<Relation, 'textChunks'> {
  async function* textChunks(asNumbers: readonly number[], texts: readonly string[]): AsyncGenerator<Chunk> {
    const type = isSingle ? 'FLOAT' : 'DOUBLE'
    const numbers = asNumbers.map((i) => `coalesce(CAST(${columns[i].asNumber} AS ${type}), 'NaN'::${type})`)
    const cells = [...numbers, ...texts]
    if (cells.length === 0) cells.push('NULL')
    try {
      const result = await db.stream(`SELECT ${cells.join(', ')} FROM ${from}`)
      for (;;) {
        const chunk = await result.fetchChunk()
        if (chunk === null || chunk.rowCount === 0) return
        yield toChunk(chunk, asNumbers.length, texts.length, isSingle)
      }
    } catch (error) {
      throw told(error)
    }
  }
  return {
    textChunks,
    chunks: (asNumbers, asText = []) => {
      const texts = asText.map((i) => `c${i}`)
      return textChunks(asNumbers, texts)
    },
    async levels(column, most) {
      const cell = `c${column}`
      const levelsIn = async (rows: string): Promise<string[]> => {
        const [levels = []] = await db.columns(
          `SELECT DISTINCT ${trimmed(cell)} AS level FROM ${rows} WHERE ${cell} IS NOT NULL AND NOT ${missing(cell)} ORDER BY level LIMIT ${most}`,
        )
        return levels.map(String)
      }
      // A column of measurements shows in a few rows that it has many: not all of its numbers are made text and sorted.
      const glance = await levelsIn(`(SELECT ${cell} FROM ${from} LIMIT ${GLANCE})`)
      return glance.length === most ? glance : levelsIn(from)
    },
    close: () => db.close(),
  }
}

interface Vectors {
  readonly rowCount: number
  getColumnVector(column: number): { getItem(row: number): unknown; readonly items?: unknown }
}

function toChunk(chunk: Vectors, numberColumns: number, textColumns: number, isSingle: boolean): Chunk {
  const rows = chunk.rowCount
  const Numbers = isSingle ? Float32Array : Float64Array
  const numbers = new Numbers(rows * numberColumns)
  for (let k = 0; k < numberColumns; k++) {
    const { items } = chunk.getColumnVector(k)
    // Every cell has a number: the query turned those without a value into NaN.
    if (!(items instanceof Numbers)) throw new TypeError(`expected a column in a ${Numbers.name}`)
    for (let i = 0, at = k; i < rows; i++, at += numberColumns) numbers[at] = items[i]
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
