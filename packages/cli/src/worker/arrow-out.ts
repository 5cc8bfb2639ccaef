import type { DataType } from 'apache-arrow'

type Arrow = typeof import('apache-arrow')

/** Names and types of columns of answers. */
export type Shape = Readonly<Record<string, 'text' | 'int' | 'long' | 'bytes'>>

/** A row of answers. */
export type Row = Readonly<Record<string, string | number | Uint8Array>>

/** Rows of a shape as an Arrow IPC stream: a batch of each list. */
export async function* arrowOut(shape: Shape, batches: AsyncIterable<readonly Row[]>): AsyncGenerator<Uint8Array> {
  const arrow = await import('apache-arrow')
  const schema = new arrow.Schema(
    Object.entries(shape).map(([name, kind]) => new arrow.Field(name, typeOf(arrow, kind), false)),
  )
  let before = 0
  for await (const rows of batches) {
    const children = Object.entries(shape).map(([name, kind]) => {
      const cells = rows.map((row) => (kind === 'long' ? BigInt(row[name] as number) : row[name]))
      return arrow.vectorFromArray(cells as string[], typeOf(arrow, kind) as InstanceType<Arrow['Utf8']>).data[0]
    })
    const type = new arrow.Struct(schema.fields)
    const data = arrow.makeData({ type, length: rows.length, nullCount: 0, children })
    // The schema comes once, with the first batch; the end of the stream after the last.
    const bytes = streamOf(arrow, schema, [new arrow.RecordBatch(schema, data)])
    const head = streamOf(arrow, schema, []).length - END.length
    yield bytes.subarray(before === 0 ? 0 : head, bytes.length - END.length)
    before += 1
  }
  if (before === 0) yield streamOf(arrow, schema, [])
  else yield END
}

/** The end of a stream: a message of no length. */
const END = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0)

function typeOf(arrow: Arrow, kind: Shape[string]): DataType {
  if (kind === 'text') return new arrow.Utf8()
  if (kind === 'bytes') return new arrow.Binary()
  return kind === 'int' ? new arrow.Int32() : new arrow.Int64()
}

function streamOf(
  arrow: Arrow,
  schema: InstanceType<Arrow['Schema']>,
  batches: readonly InstanceType<Arrow['RecordBatch']>[],
): Uint8Array {
  const writer = new arrow.RecordBatchStreamWriter()
  writer.reset(undefined, schema)
  for (const batch of batches) writer.write(batch)
  writer.finish()
  return writer.toUint8Array(true)
}
