import { createHash } from 'node:crypto'
import { open, readFile, rm } from 'node:fs/promises'
import { Refused } from '../problem.ts'
import { isStream } from './is-stream.ts'

/** A complete upload, on disk. */
export interface Spooled {
  /** SHA-256 in hexadecimal. */
  readonly digest: string
  readonly bytes: number
  /** Its file, until `work` is done. */
  readonly path: string
  read(): Promise<Uint8Array>
}

/**
 * Passes a body to `work` once all of it has arrived: at most `most` bytes, written to disk at `path` until then, so
 * that a slow sender takes no memory and blocks no one.
 */
export async function spoolUpload<T>(
  body: unknown,
  path: string,
  most: number,
  work: (upload: Spooled) => Promise<T>,
): Promise<T> {
  if (!isStream(body)) throw new Refused(415, [{ path: 'content-type', message: 'expected application/octet-stream' }])
  const hash = createHash('sha256')
  let bytes = 0
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      for await (const part of body) {
        if (!(part instanceof Uint8Array)) throw new TypeError('requests are read as bytes')
        bytes += part.length
        if (bytes > most) throw new Refused(413, [{ path: '', message: `expected at most ${most} bytes, found more` }])
        hash.update(part)
        await file.writeFile(part)
      }
    } finally {
      await file.close()
    }
    return await work({ digest: hash.digest('hex'), bytes, path, read: () => readFile(path) })
  } finally {
    await rm(path, { force: true })
  }
}
