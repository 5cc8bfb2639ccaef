import type { Data } from 'apache-arrow'
import type { Written } from './assignments.ts'

const PARQUET = {
  number: 'DOUBLE',
  float: 'FLOAT',
  integer: 'INT32',
  boolean: 'BOOLEAN',
  time: 'TIMESTAMP',
  text: 'STRING',
} as const

/** Columns as a Parquet file; its writer is fetched when somebody asks for one. */
export async function parquetOf(columns: readonly Written[], rows: number): Promise<ArrayBuffer> {
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  return parquetWriteBuffer({
    columnData: columns.map(({ name, kind, cell }) => ({
      ...{ name, type: PARQUET[kind] },
      data: Array.from({ length: rows }, (_, row) => {
        const value = cell(row)
        return kind === 'time' && value !== null ? new Date(Number(value)) : value
      }),
    })),
  })
}

type Arrow = typeof import('apache-arrow')

/** Columns as an Arrow file (Feather, version 2). */
export async function arrowOf(columns: readonly Written[], rows: number): Promise<Uint8Array<ArrayBuffer>> {
  const arrow = await import('apache-arrow')
  const children = columns.map((column) => dataOf(arrow, column, rows))
  // Columns may share a name, which an object of columns would not bear.
  const fields = columns.map(({ name }, i) => new arrow.Field(name, children[i].type, true))
  const data = arrow.makeData({ type: new arrow.Struct(fields), length: rows, children })
  const batch = new arrow.RecordBatch(new arrow.Schema(fields), data)
  return new Uint8Array(arrow.tableToIPC(new arrow.Table([batch]), 'file'))
}

/** A column, written by hand: the builders of the library make functions of text, which the page's policy refuses. */
function dataOf(arrow: Arrow, { kind, cell }: Written, length: number): Data {
  const nullBitmap = new Uint8Array(Math.ceil(length / 64) * 8)
  let nullCount = length
  const cells = Array.from({ length }, (_, row) => {
    const value = cell(row)
    if (value !== null) {
      nullBitmap[row >> 3] |= 1 << (row & 7)
      nullCount--
    }
    return value
  })
  const common = { length, nullCount, nullBitmap }
  if (kind === 'text') {
    const texts = cells.map((value) => new TextEncoder().encode(value === null ? '' : String(value)))
    const valueOffsets = new Int32Array(length + 1)
    texts.forEach((text, row) => {
      valueOffsets[row + 1] = valueOffsets[row] + text.length
    })
    const data = new Uint8Array(valueOffsets[length])
    texts.forEach((text, row) => {
      data.set(text, valueOffsets[row])
    })
    return arrow.makeData({ type: new arrow.Utf8(), ...common, valueOffsets, data })
  }
  if (kind === 'boolean') {
    const data = new Uint8Array(nullBitmap.length)
    cells.forEach((value, row) => {
      if (value === true) data[row >> 3] |= 1 << (row & 7)
    })
    return arrow.makeData({ type: new arrow.Bool(), ...common, data })
  }
  if (kind === 'time') {
    const data = BigInt64Array.from(cells, (value) => BigInt(Number(value)))
    return arrow.makeData({ type: new arrow.TimestampMillisecond(), ...common, data })
  }
  const numbers = cells.map(Number)
  if (kind === 'integer') return arrow.makeData({ type: new arrow.Int32(), ...common, data: Int32Array.from(numbers) })
  if (kind === 'float')
    return arrow.makeData({ type: new arrow.Float32(), ...common, data: Float32Array.from(numbers) })
  return arrow.makeData({ type: new arrow.Float64(), ...common, data: Float64Array.from(numbers) })
}
