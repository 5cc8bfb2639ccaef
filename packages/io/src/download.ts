import { createWriteStream } from 'node:fs'
import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { checkSize, type FileLimit, withinLimit } from './file-limit.ts'
import { fileProblem } from './file-problem.ts'
import { ProblemError } from './problem.ts'

export const isAddress = (text: string): boolean => /^https?:\/\//i.test(text)

/** The name of the file at an address, without the query. */
export const fileNameOf = (address: string): string => new URL(address).pathname.split('/').at(-1) ?? ''

/** Milliseconds without a byte until a download is given up. */
const PATIENCE_MS = 60_000

/** Fetches the file at `address` to `into`, within the limit. Throws a ProblemError. */
export async function download(address: string, into: string, limit: FileLimit): Promise<void> {
  const wrong = (message: string): ProblemError => new ProblemError('not-readable', address, message)
  const given = new AbortController()
  const timer = setTimeout(() => given.abort(new Error(`nothing came for ${PATIENCE_MS / 1000} s`)), PATIENCE_MS)
  try {
    const answer = await fetch(address, { signal: given.signal }).catch((error: Error) => {
      const cause = error.cause instanceof Error ? error.cause.message : error.message
      throw wrong(`cannot fetch it: ${cause}`)
    })
    if (!answer.ok || answer.body === null) throw wrong(`expected a file, found ${answer.status} ${answer.statusText}`)
    checkSize(Number(answer.headers.get('content-length') ?? 0), limit, address)
    const body = answer.body as unknown as AsyncIterable<Uint8Array> // undici's stream is iterable, which DOM's type does not say
    const parts = withinLimit(refreshing(body, timer), limit, address)
    await pipeline(Readable.from(parts), createWriteStream(into))
  } catch (error) {
    if (error instanceof ProblemError) throw error
    if (error instanceof Error && 'syscall' in error) throw fileProblem(error, into, 'write')
    throw wrong(`the download was interrupted: ${error instanceof Error ? error.message : error}`)
  } finally {
    clearTimeout(timer)
    given.abort()
  }
}

async function* refreshing(parts: AsyncIterable<Uint8Array>, timer: NodeJS.Timeout): AsyncGenerator<Uint8Array> {
  for await (const part of parts) {
    timer.refresh()
    yield part
  }
}

/** The extension of the file at an address. */
export const extensionAt = (address: string): string => extname(fileNameOf(address)).toLowerCase()
