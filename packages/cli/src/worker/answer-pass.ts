import type { Backend } from '@som/core'
import { type Found, type Pass, packNumbers, spreadWorker, unpackNumbers } from '@som/core/spread'
import { Refusal } from '@som/server/command'
import { arrowOut, type Row } from './arrow-out.ts'
import { type ChunkShape, chunksIn } from './chunk-pieces.ts'
import { chunkSpool } from './chunk-spool.ts'
import type { Frame } from './frames.ts'

/** The passes of `planSpread`, by their names in frames. */
export const PASSES: readonly Pass['ask'][] = ['fit', 'keep', 'rows', 'sums', 'tally']

/** The columns of an answer. */
const FOUND = { name: 'text', level: 'int', index: 'long', data: 'bytes' } as const

/** What a frame holds that asks for a pass: besides the pass, how many rows there are and where chunks are kept. */
interface PassHead {
  readonly rows: number
  readonly spool?: string
}

/**
 * Answers a pass for the chunks of the Arrow stream that follows its frame: an Arrow stream of what was found. A chunk
 * that came by its number alone and is not on this machine's disk is found as `missing`.
 */
export function answerPass(
  { head, bytes }: Frame,
  pieces: AsyncIterable<Uint8Array>,
  backend: Backend,
): AsyncGenerator<Uint8Array> {
  // The driver is of the same release, which the version of the frame says.
  const { rows, spool, ...rest } = head as unknown as PassHead & Pass
  const pass: Pass = { ...rest, numbers: unpackNumbers(bytes) }
  const shape = { rows, chunkRows: pass.chunkRows, width: pass.columns.length }
  return arrowOut(FOUND, found(pass, shape, spool, pieces, backend))
}

async function* found(
  pass: Pass,
  shape: ChunkShape,
  folder: string | undefined,
  pieces: AsyncIterable<Uint8Array>,
  backend: Backend,
): AsyncGenerator<Row[]> {
  const spool = folder === undefined ? undefined : chunkSpool(folder, shape)
  const worker = await spreadWorker(pass, backend)
  try {
    for await (const given of chunksIn(pieces, shape)) {
      const isSent = 'data' in given
      const chunk = isSent ? given : await spool?.get(given.index)
      if (!chunk) {
        yield [{ name: 'missing', level: 0, index: given.index, data: new Uint8Array(0) }]
        continue
      }
      if (isSent) await spool?.put(chunk)
      await worker.add(chunk).catch(refuse)
    }
    for (const node of worker.done()) yield [rowOf(node)]
  } finally {
    worker.close()
  }
}

const rowOf = ({ name, level, index, value }: Found): Row => ({ name, level, index, data: packNumbers(value) })

function refuse(error: unknown): never {
  throw error instanceof Error ? new Refusal([{ path: '', message: error.message }]) : error
}
