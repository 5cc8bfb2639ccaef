import { arrowPieces } from '@som/io'
import type { RecordBatch, Schema } from 'apache-arrow'
import type { Held } from '../in-flight.ts'
import { Refused } from '../problem.ts'
import { arrowAnswers, END } from './arrow-answers.ts'
import { arrowFinder } from './arrow-finder.ts'
import type { Question } from './question.ts'

/** The most bytes before a batch must be complete. */
const MOST_BATCH_BYTES = 2 ** 28

/**
 * Answers each row of an Arrow IPC stream, as an Arrow IPC stream. A batch in, a batch out, as fast as the client
 * reads. `most`: rows of a batch. Throws a `Refused`.
 */
export async function* arrowFound<Found extends { readonly unit: Int32Array }>(
  source: AsyncIterable<Uint8Array>,
  question: Question<Found>,
  most: number,
  held: Held,
): AsyncGenerator<Uint8Array> {
  const arrow = await import('apache-arrow')
  const answers = arrowAnswers(arrow, question)
  let isBegun = false
  async function* told(found: Promise<Found>): AsyncGenerator<Uint8Array> {
    const parts = answers.batch(await found)
    if (!isBegun) yield answers.head
    isBegun = true
    yield* parts
  }
  // One batch is read while the one before it is answered.
  let before: Promise<Found> | undefined
  let finder: ((batch: RecordBatch) => Promise<Found>) | undefined
  for await (const { batch, schema } of batchesOf(arrow, source, held)) {
    if (batch.numRows > most)
      throw new Refused(413, [
        { path: 'batch', message: `expected at most ${most} rows per batch, found ${batch.numRows}` },
      ])
    finder ??= arrowFinder(arrow, schema, question)
    const found = finder(batch)
    // Errors surface where this is awaited, if it still is.
    found.catch(() => undefined)
    if (before) yield* told(before)
    before = found
  }
  if (before) yield* told(before)
  if (!isBegun) yield answers.head
  yield END
}

/**
 * The batches of a stream as they arrive, each valid until the next is requested. Throws a `Refused` for invalid
 * streams.
 */
export async function* batchesOf(
  arrow: typeof import('apache-arrow'),
  source: AsyncIterable<Uint8Array>,
  held: Held,
): AsyncGenerator<{ batch: RecordBatch; schema: Schema }> {
  const since = { bytes: 0 }
  try {
    // Decompressing would block every other caller.
    const rules = { mostBytes: MOST_BATCH_BYTES, isInflated: false }
    const reader = await arrow.RecordBatchReader.from(arrowPieces(bounded(source, since, held), rules))
    await reader.open()
    for await (const batch of reader) {
      since.bytes = 0
      held.reset()
      yield { batch, schema: reader.schema }
    }
  } catch (error) {
    if (error instanceof Refused || !(error instanceof Error)) throw error
    throw new Refused(400, [
      { path: '', message: `expected an Arrow IPC stream, found: ${error.message.slice(0, 200)}` },
    ])
  }
}

async function* bounded(
  source: AsyncIterable<Uint8Array>,
  since: { bytes: number },
  held: Held,
): AsyncGenerator<Uint8Array> {
  for await (const part of source) {
    since.bytes += part.length
    held.add(part.length)
    if (since.bytes > MOST_BATCH_BYTES)
      throw new Refused(413, [{ path: 'batch', message: `expected batches of at most ${MOST_BATCH_BYTES} bytes` }])
    yield part
  }
}
