import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileProblem } from '../file-problem.ts'
import { ProblemError } from '../problem.ts'

/**
 * The non-empty lines of a text file with their numbers, counted from 1. Throws a ProblemError if the file cannot be
 * read.
 */
export async function* linesOf(path: string, shown: string): AsyncGenerator<{ text: string; line: number }> {
  const input = createReadStream(path, { encoding: 'utf8' })
  let failed: unknown
  // An error while opening the file would end the process: the line reader does not handle it.
  input.on('error', (error) => {
    failed = error
    reader.close()
  })
  const reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
  let line = 0
  try {
    for await (const text of reader) {
      line++
      if (text.length > MOST_CHARACTERS)
        throw new ProblemError('not-a-table', shown, `line ${line}: expected text, found a line that is too long`)
      if (text.trim() !== '') yield { text, line }
    }
  } finally {
    input.destroy()
  }
  if (failed !== undefined) throw fileProblem(failed, shown, 'read')
}

const MOST_CHARACTERS = 2 ** 26
