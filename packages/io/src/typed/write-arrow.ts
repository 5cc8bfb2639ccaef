import type { Data, DataType } from 'apache-arrow'
import type { Database } from '../duckdb.ts'
import type { Put } from '../write-aside.ts'
import { type Arrow, loadArrowLibrary } from './arrow-library.ts'

/** Writes the result of `query` as an Arrow file (Feather, version 2), batch by batch. */
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
      const children = fields.map(({ type }, i) => dataOf(arrow, type, chunk.getColumnVector(i), chunk.rowCount))
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

interface Cells {
  getItem(row: number): unknown
  readonly items?: unknown
}

/** A column of a batch: numbers are copied directly, everything else cell by cell. */
function dataOf(arrow: Arrow, type: DataType, vector: Cells, length: number): Data {
  const { items } = vector
  const cells = Array.from({ length }, (_, row) => vector.getItem(row))
  const nullBitmap = new Uint8Array(Math.ceil(length / 64) * 8)
  let nullCount = 0
  cells.forEach((cell, row) => {
    if (cell === null) nullCount++
    else nullBitmap[row >> 3] |= 1 << (row & 7)
  })
  const common = { length, nullCount, nullBitmap }
  if (items instanceof Float64Array)
    return arrow.makeData({ type: new arrow.Float64(), ...common, data: items.slice(0, length) })
  if (items instanceof Float32Array)
    return arrow.makeData({ type: new arrow.Float32(), ...common, data: items.slice(0, length) })
  if (items instanceof Int32Array)
    return arrow.makeData({ type: new arrow.Int32(), ...common, data: items.slice(0, length) })
  return arrow.vectorFromArray(cells, type).data[0]
}

/** DuckDB's types that Arrow also has; all others are written as text. */
const SAME: Readonly<Record<string, (arrow: Arrow) => DataType>> = {
  DOUBLE: (arrow) => new arrow.Float64(),
  FLOAT: (arrow) => new arrow.Float32(),
  INTEGER: (arrow) => new arrow.Int32(),
  BIGINT: (arrow) => new arrow.Int64(),
  BOOLEAN: (arrow) => new arrow.Bool(),
}

const typeOf = (arrow: Arrow, type: string): DataType => SAME[type]?.(arrow) ?? new arrow.Utf8()
