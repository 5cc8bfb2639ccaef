import { Refused } from '../problem.ts'

/** Bytes of a stream, held whole: at most `most`. */
export async function readWhole(stream: unknown, most: number): Promise<Buffer> {
  if (!isStream(stream))
    throw new Refused(415, [{ path: 'content-type', message: 'expected application/octet-stream' }])
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of stream) {
    if (!(part instanceof Uint8Array)) throw new TypeError('a request is read as bytes')
    bytes += part.length
    if (bytes > most) throw new Refused(413, [{ path: '', message: `expected at most ${most} bytes, found more` }])
    parts.push(part)
  }
  return Buffer.concat(parts)
}

export function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
