import { createReadStream } from 'node:fs'
import { ProblemError } from '../problem.ts'

const [NEWLINE, QUOTE, BACKSLASH] = [0x0a, 0x22, 0x5c]
/** `[` and `{`, and `]` and `}`, differ in one bit, which is ignored. */
const [OPEN, CLOSE] = [0x5b, 0x5d]
const CURLY = 0x20

/** The deepest nesting of lists and objects that a JSON value may have. */
const MOST_NESTED = 100

/**
 * Refuses a JSON file that is nested too deeply: DuckDB reads JSON recursively, and deep nesting would crash the
 * process.
 */
export async function checkNesting(path: string, shown: string, isLines: boolean): Promise<void> {
  if (!(await isDeeperThan(MOST_NESTED, path, isLines))) return
  const what = isLines ? 'lines' : 'values'
  throw new ProblemError('not-a-table', shown, `expected ${what} at most ${MOST_NESTED} lists and objects deep`)
}

/** Whether a JSON file, or any line of an NDJSON file, is nested deeper than `most`. */
export async function isDeeperThan(most: number, path: string, isLines = true): Promise<boolean> {
  let depth = 0
  let isText = false
  let isEscaped = false
  for await (const part of createReadStream(path, { highWaterMark: 2 ** 18 }) as AsyncIterable<Uint8Array>) {
    for (const byte of part) {
      if (byte === NEWLINE && isLines) {
        // Each line starts afresh, even if the one before left brackets open.
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
