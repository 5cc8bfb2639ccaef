import { createReadStream } from 'node:fs'

const [NEWLINE, QUOTE, BACKSLASH] = [0x0a, 0x22, 0x5c]
/** `[` and `{`, `]` and `}`: what they differ by in their third bit is all that is told of them. */
const [OPEN, CLOSE] = [0x5b, 0x5d]
const CURLY = 0x20

/** Whether some line of a file of NDJSON lies deeper in lists and objects than `most`: DuckDB reads these by recursion, which ends the process where they are deep enough. */
export async function isDeeperThan(most: number, path: string): Promise<boolean> {
  let depth = 0
  let isText = false
  let isEscaped = false
  for await (const part of createReadStream(path, { highWaterMark: 2 ** 18 }) as AsyncIterable<Uint8Array>) {
    for (const byte of part) {
      if (byte === NEWLINE) {
        // No line goes on in the next one, whatever it left open.
        depth = 0
        isText = false
        isEscaped = false
      } else if (isText) {
        if (isEscaped) isEscaped = false
        else if (byte === BACKSLASH) isEscaped = true
        else if (byte === QUOTE) isText = false
      } else if (byte === QUOTE) isText = true
      else if ((byte & ~CURLY) === OPEN) {
        depth++
        if (depth > most) return true
      } else if ((byte & ~CURLY) === CLOSE) depth--
    }
  }
  return false
}
