import type { DataType } from 'apache-arrow'
import type { Database } from '../duckdb.ts'
import type { Put } from '../write-aside.ts'
import { type Arrow, loadArrowLibrary } from './arrow-library.ts'

/** Writes what `query` gives as an Arrow file (Feather, version 2), batch after batch. */
export async function writeArrow(db: Database, query: string, put: Put): Promise<void> {
  const arrow = await loadArrowLibrary()
  const [names = [], types = []] = await db.columns(`SELECT column_name, column_type FROM (DESCRIBE ${query})`)
  const fields = names.map((name, i) => new arrow.Field(String(name), typeOf(arrow, String(types[i])), true))
  const schema = new arrow.Schema(fields)
  const cells = types.map((type, i) => (SAME[String(type)] ? `c${i}` : `CAST(c${i} AS VARCHAR)`))
  const columns = names.map((_, i) => `c${i}`).join(', ')
  const result = await db.stream(`SELECT ${cells.join(', ')} FROM (${query}) AS given(${columns})`)
  const writer = new arrow.RecordBatchFileWriter()
  const written = (async () => {
    for await (const bytes of writer) await put(bytes)
  })()
  try {
    writer.reset(undefined, schema)
    for (;;) {
      const chunk = await result.fetchChunk()
      if (chunk === null || chunk.rowCount === 0) break
      const children = fields.map(({ type }, i) => {
        const vector = chunk.getColumnVector(i)
        const values = Array.from({ length: chunk.rowCount }, (_, row) => vector.getItem(row))
        return arrow.vectorFromArray(values, type).data[0]
      })
      const type = new arrow.Struct(fields)
      writer.write(new arrow.RecordBatch(schema, arrow.makeData({ type, length: chunk.rowCount, children })))
    }
    writer.finish()
  } catch (error) {
    writer.abort(error)
    await written.catch(() => undefined)
    throw error
  }
  await written
}

/** DuckDB's types that Arrow has as well; all others are written as text. */
const SAME: Readonly<Record<string, (arrow: Arrow) => DataType>> = {
  DOUBLE: (arrow) => new arrow.Float64(),
  BIGINT: (arrow) => new arrow.Int64(),
  BOOLEAN: (arrow) => new arrow.Bool(),
}

const typeOf = (arrow: Arrow, type: string): DataType => SAME[type]?.(arrow) ?? new arrow.Utf8()
