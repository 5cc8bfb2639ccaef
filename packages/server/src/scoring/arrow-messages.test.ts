import * as arrow from 'apache-arrow'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { messagePieces } from './arrow-messages.ts'

const table = arrow.tableFromArrays({
  size: Float64Array.from({ length: 90 }, (_, i) => i / 7),
  kind: Array.from({ length: 90 }, (_, i) => (i % 3 ? 'a' : 'b')),
})
const stream = (...batches: arrow.RecordBatch[]): Uint8Array => {
  const writer = new arrow.RecordBatchStreamWriter()
  for (const batch of batches) writer.write(batch)
  return writer.finish().toUint8Array(true)
}
const [all] = table.batches
const bytes = stream(all.slice(0, 50), all.slice(50, 51), all.slice(51))

async function* cutAt(whole: Uint8Array, places: readonly number[]): AsyncGenerator<Uint8Array> {
  const ends = [...places.map((place) => place % (whole.length + 1)), whole.length].sort((a, b) => a - b)
  for (let i = 0, from = 0; i < ends.length; from = ends[i++]) yield whole.subarray(from, ends[i])
}

/** The pieces of a stream, each copied while it is good. */
async function pieces(source: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const found: Uint8Array[] = []
  for await (const piece of messagePieces(arrow, source)) found.push(piece.slice())
  return found
}

describe('the pieces of a stream', () => {
  it('are its bytes, however it comes, whatever it is', async () => {
    const spoilt = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)).map(([at, byte]) => {
      const other = bytes.slice()
      other[at] = byte
      return other
    })
    const any = fc.oneof(fc.constant(bytes), spoilt, fc.uint8Array({ maxLength: 40 }))
    await fc.assert(
      fc.asyncProperty(any, fc.array(fc.nat(), { maxLength: 9 }), async (whole, places) => {
        expect(Buffer.concat(await pieces(cutAt(whole, places))).equals(whole)).toBe(true)
      }),
    )
  })

  it('are those that a reader asks for: before, about and of each message', async () => {
    const cuts = (await pieces(cutAt(bytes, [1, 1000]))).map(({ length }) => length)
    const reader = new arrow.MessageReader(bytes)
    const bodies: number[] = []
    for (const { bodyLength } of reader) bodies.push(reader.readMessageBody(bodyLength).length)
    expect(bodies).toHaveLength(5)
    for (const [i, length] of cuts.entries())
      expect(length === 8 || cuts[i - 1] === 8 || bodies.includes(length)).toBe(true)
    // What ends a stream is what comes before a message that there is not.
    expect(cuts).toHaveLength(5 + 5 + bodies.filter((length) => length > 0).length + 1)
  })

  it('give batches that are good until the next is asked for, with categories that stay', async () => {
    const reader = await arrow.RecordBatchReader.from(messagePieces(arrow, cutAt(bytes, [100, 700, 1500])))
    const rows: unknown[] = []
    for await (const batch of reader) for (const row of batch) rows.push(row?.toJSON())
    expect(rows).toEqual([...table].map((row) => row?.toJSON()))
  })
})
