import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { type FileLimit, withinLimit } from './file-limit.ts'
import { fileProblem } from './file-problem.ts'
import { ProblemError } from './problem.ts'
import { ZstdFrames } from './zstd-frames.ts'

type Chunks = AsyncIterable<Uint8Array>

/** How to decompress files, by extension. */
const UNPACKERS: Readonly<Record<string, (chunks: Chunks) => Chunks>> = {
  '.gz': (chunks) => {
    const gunzip = createGunzip()
    void pipeline(chunks, gunzip).catch(() => undefined)
    return gunzip
  },
  '.zst': unpackZstd,
}

/** Extensions of compressed files. */
export const COMPRESSED: readonly string[] = Object.keys(UNPACKERS)

/**
 * Writes what is in the compressed file at `path`, called `shown` in messages, to `into`, within the limit. Throws a
 * ProblemError.
 */
export async function unpack(
  path: string,
  shown: string,
  extension: string,
  into: string,
  limit: FileLimit,
): Promise<void> {
  try {
    const { size } = await stat(path)
    await pipeline(
      withinLimit(UNPACKERS[extension](createReadStream(path)), limit, shown, size),
      createWriteStream(into),
    )
  } catch (error) {
    if (error instanceof ProblemError) throw error
    if (error instanceof Error && 'syscall' in error) throw fileProblem(error, shown, 'read')
    const found = error instanceof Error ? error.message : String(error)
    throw new ProblemError('not-a-table', shown, `cannot decompress it as ${extension.slice(1)}: ${found}`)
  }
}

async function* unpackZstd(chunks: Chunks): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import('fzstd')
  let ready: Uint8Array[] = []
  const stream = new Decompress((part) => ready.push(part))
  const frames = new ZstdFrames()
  for await (const chunk of chunks) {
    frames.check(chunk)
    stream.push(chunk)
    yield* ready
    ready = []
  }
  stream.push(new Uint8Array(0), true)
  yield* ready
}
