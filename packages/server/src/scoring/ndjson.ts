import { cellRows, type Samples } from '@som/core'
import { parseJson } from '@som/io'
import { Refused } from '../problem.ts'
import type { Question } from './question.ts'
import { matrixOf } from './read-body.ts'
import type { RowReader } from './row-reader.ts'
import { isRecord, noRowsYet, samplesOfRows } from './rows.ts'

/** The most characters of a line. */
const MOST_LINE = 2 ** 20
/** How many rows are matched at once. */
const AT_ONCE = 2048

/**
 * Answers each line of a stream with a line; rows are JSON lists or objects. It is read as fast as the client takes the
 * answer. Throws a `Refused`.
 */
export async function* ndjsonAnswers<Found extends { readonly unit: Int32Array }>(
  source: AsyncIterable<Uint8Array>,
  { scorer, columns, find }: Question<Found>,
): AsyncGenerator<string> {
  for await (const samples of ndjsonSamples(source, scorer.reader)) {
    const found = cellRows(columns, await find(matrixOf(scorer.som.features, samples)))
    yield found.map((row) => `${JSON.stringify(row)}\n`).join('')
  }
}

/** Rows of a stream as they come, some at once. Throws a `Refused`. */
export async function* ndjsonSamples(source: AsyncIterable<Uint8Array>, reader: RowReader): AsyncGenerator<Samples> {
  const before = noRowsYet(reader)
  for await (const lines of batchesOf(source)) {
    const rows = lines.map((line, i) => rowOf(line, before.rows + i))
    yield samplesOfRows(rows, 'lines', reader, AT_ONCE, before)
  }
}

/** Lines as they arrive, several at once, without empty ones. */
async function* batchesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const part of source) {
    const lines = (rest + decoder.decode(part, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > MOST_LINE)
      throw new Refused(413, [{ path: 'lines', message: `expected lines of at most ${MOST_LINE} characters` }])
    yield* inParts(lines.filter((line) => line.trim() !== ''))
  }
  const last = rest + decoder.decode()
  if (last.trim() !== '') yield [last]
}

function* inParts(lines: string[]): Generator<string[]> {
  for (let from = 0; from < lines.length; from += AT_ONCE) yield lines.slice(from, from + AT_ONCE)
}

function rowOf(line: string, at: number): unknown[] | Record<string, unknown> {
  let row: unknown
  try {
    row = parseJson(line)
  } catch {
    row = undefined
  }
  if (Array.isArray(row) || isRecord(row)) return row
  throw new Refused(400, [{ path: `lines[${at}]`, message: 'expected a list or an object of JSON' }])
}
