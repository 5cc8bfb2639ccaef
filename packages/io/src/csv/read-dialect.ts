import { open } from 'node:fs/promises'
import { fileProblem } from '../file-problem.ts'
import { DELIMITERS, type Dialect, decodeText, dialectOf } from './dialect.ts'
import { firstRecord } from './record.ts'

const MOST_HEADER_BYTES = 2 ** 24

/** Reads the dialect of the file at `path`, named `shown` in messages. Throws a ProblemError. */
export async function readDialect(path: string, shown: string, fixed?: string): Promise<Dialect> {
  const { text, whole } = await readStart(path, shown)
  return dialectOf(text, whole, shown, fixed)
}

/** The first record's text, or the whole file if it is short. */
async function readStart(path: string, shown: string): Promise<{ text: string; whole: boolean }> {
  for (let bytes = 2 ** 16; ; bytes *= 4) {
    const start = await readBytes(path, shown, bytes)
    const whole = start.length < bytes
    const text = decodeText(start, shown, whole)
    const complete = whole || DELIMITERS.every((delimiter) => firstRecord(text, delimiter, false) !== null)
    if (complete || bytes >= MOST_HEADER_BYTES) return { text, whole }
  }
}

async function readBytes(path: string, shown: string, bytes: number): Promise<Buffer> {
  try {
    const file = await open(path)
    try {
      const buffer = Buffer.alloc(bytes)
      let filled = 0
      for (;;) {
        const { bytesRead } = await file.read(buffer, filled, bytes - filled)
        filled += bytesRead
        if (bytesRead === 0 || filled === bytes) return buffer.subarray(0, filled)
      }
    } finally {
      await file.close()
    }
  } catch (error) {
    throw fileProblem(error, shown, 'read')
  }
}
