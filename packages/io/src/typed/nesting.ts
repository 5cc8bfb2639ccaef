import { createReadStream } from 'node:fs'
import { ProblemError } from '../problem.ts'

const [NEWLINE, QUOTE, BACKSLASH] = [0x0a, 0x22, 0x5c]
/** `[` and `{`, `]` and `}` differ in one bit, which is ignored. */
const [OPEN, CLOSE] = [0x5b, 0x5d]
const CURLY = 0x20

/** Lists and objects within one another that a value of JSON may have. */
const MOST_NESTED = 100

/** Refuses a file of JSON that lies too deep in lists and objects: DuckDB reads these by recursion, which ends the process where they are deep enough. */
export async function checkNesting(path: string, shown: string, isLines: boolean): Promise<void> {
  if (!(await isDeeperThan(MOST_NESTED, path, isLines))) return
  const what = isLines ? 'lines' : 'values'
  throw new ProblemError('not-a-table', shown, `expected ${what} at most ${MOST_NESTED} lists and objects deep`)
}

/** Whether a file of JSON, or some line of one of NDJSON, lies deeper in lists and objects than `most`. */
export async function isDeeperThan(most: number, path: string, isLines = true): Promise<boolean> {
  let depth = 0
  let isText = false
  let isEscaped = false
  for await (const part of createReadStream(path, { highWaterMark: 2 ** 18 }) as AsyncIterable<Uint8Array>) {
    for (const byte of part) {
      if (byte === NEWLINE && isLines) {
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
