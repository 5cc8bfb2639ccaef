import type { Samples } from '@som/core'
import type { Held } from '../in-flight.ts'
import { batchesOf } from './arrow.ts'
import { arrowCells, placesOf } from './arrow-cells.ts'
import type { RowReader } from './row-reader.ts'

/** The rows of an Arrow IPC stream, batch after batch. Throws a `Refused`. */
export async function* arrowSamples(
  source: AsyncIterable<Uint8Array>,
  reader: RowReader,
  held: Held,
): AsyncGenerator<Samples> {
  const arrow = await import('apache-arrow')
  let read: ReturnType<typeof arrowCells> | undefined
  let before = 0
  for await (const { batch, schema } of batchesOf(arrow, source, held)) {
    read ??= arrowCells(arrow, placesOf(schema, reader), reader)
    yield read(batch, before)
    before += batch.numRows
  }
}
