import { createWriteStream } from 'node:fs'
import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ProblemError } from './problem.ts'

export const isAddress = (text: string): boolean => /^https?:\/\//i.test(text)

/** What a file at an address is called, its query left out. */
export const fileNameOf = (address: string): string => new URL(address).pathname.split('/').at(-1) ?? ''

/** Fetches the file at `address` to `into`. Throws a ProblemError. */
export async function download(address: string, into: string): Promise<void> {
  const wrong = (message: string): ProblemError => new ProblemError('not-readable', address, message)
  const answer = await fetch(address).catch((error: Error) => {
    const cause = error.cause instanceof Error ? error.cause.message : error.message
    throw wrong(`cannot fetch it: ${cause}`)
  })
  if (!answer.ok || answer.body === null) throw wrong(`expected a file, found ${answer.status} ${answer.statusText}`)
  try {
    await pipeline(Readable.from(answer.body as unknown as AsyncIterable<Uint8Array>), createWriteStream(into)) // undici's stream is iterable, which DOM's type does not say
  } catch (error) {
    throw wrong(`the download broke off: ${error instanceof Error ? error.message : error}`)
  }
}

/** The extension of the file at an address. */
export const extensionAt = (address: string): string => extname(fileNameOf(address)).toLowerCase()
