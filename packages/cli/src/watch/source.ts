import { type FileHandle, open } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { fileProblem, ProblemError } from '@som/io'

/** Bytes read at a time. */
const CHUNK_BYTES = 2 ** 19
/** How often a followed file is checked. */
const LOOK_MS = 100

/**
 * Bytes of a file from `offset` on. If it is followed, an empty part means that there is no more for now, until the
 * signal ends it.
 */
export async function* fileBytes(
  path: string,
  offset: number,
  follow: boolean,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const file = await open(path).catch((error: unknown) => {
    throw fileProblem(error, path, 'read')
  })
  try {
    for (let at = offset; !signal.aborted; ) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, at)
      at += bytesRead
      if (bytesRead > 0) {
        yield buffer.subarray(0, bytesRead)
        continue
      }
      if (!follow) return
      yield Buffer.alloc(0)
      await refuseShorter(file, path, at)
      await setTimeout(LOOK_MS, undefined, { signal }).catch(() => undefined)
    }
  } finally {
    await file.close()
  }
}

async function refuseShorter(file: FileHandle, path: string, at: number): Promise<void> {
  const { size } = await file.stat()
  if (size >= at) return
  throw new ProblemError(
    'not-readable',
    path,
    `the file became shorter while it was followed (${size} bytes, ${at} already read)`,
  )
}

/** Bytes of standard input; an empty part means that nothing has arrived for a while. */
export async function* inputBytes(signal: AbortSignal): AsyncGenerator<Buffer> {
  const parts = process.stdin[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const aborted = new Promise<'aborted'>((resolve) => signal.addEventListener('abort', () => resolve('aborted')))
  let next = parts.next()
  while (!signal.aborted) {
    const timer = new AbortController()
    const found = await Promise.race([
      next,
      aborted,
      setTimeout(LOOK_MS, 'idle' as const, { signal: timer.signal }).catch(() => 'idle' as const),
    ])
    timer.abort()
    if (found === 'aborted') break
    if (found === 'idle') {
      yield Buffer.alloc(0)
      await Promise.race([next, aborted])
      continue
    }
    if (found.done) return
    yield found.value
    next = parts.next()
  }
  process.stdin.destroy()
}
