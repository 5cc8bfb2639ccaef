import { Readable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import type { Question } from '../scoring/question.ts'

/** Rows whose answers are written at once: so few that other callers do not wait. */
const AT_ONCE = 2000

/** `{ name: [one entry for each row] }` as JSON: whole where rows are few, else a piece at a time. */
export async function listAnswer<Found extends { readonly unit: Int32Array }>(
  reply: FastifyReply,
  name: string,
  found: Found,
  { part }: Pick<Question<Found>, 'part'>,
  entriesOf: (part: Found) => readonly object[],
): Promise<FastifyReply | Record<string, readonly object[]>> {
  const rows = found.unit.length
  if (rows <= AT_ONCE) return { [name]: entriesOf(found) }
  const entries = (from: number): readonly object[] => entriesOf(part(found, from, from + AT_ONCE))
  return reply.type('application/json; charset=utf-8').send(Readable.from(pieces(name, rows, entries)))
}

async function* pieces(
  name: string,
  rows: number,
  entriesFrom: (row: number) => readonly object[],
): AsyncGenerator<string> {
  yield `{${JSON.stringify(name)}:[`
  for (let from = 0; from < rows; from += AT_ONCE) {
    const entries = entriesFrom(from).map((entry) => JSON.stringify(entry))
    yield `${from > 0 ? ',' : ''}${entries.join(',')}`
    await turn()
  }
  yield ']}'
}
