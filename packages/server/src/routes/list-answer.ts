import { Readable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import type { Matches } from '@som/core/backend'
import type { FastifyReply } from 'fastify'
import { partOf } from '../scoring/part-of.ts'

/** Rows whose answers are written at once: so few that other callers do not wait. */
const AT_ONCE = 2000

/** `{ name: [one entry for each row] }` as JSON: whole where rows are few, else a piece at a time. */
export async function listAnswer(
  reply: FastifyReply,
  name: string,
  found: Matches,
  entriesOf: (part: Matches) => readonly object[],
): Promise<FastifyReply | Record<string, readonly object[]>> {
  const rows = found.unit.length
  if (rows <= AT_ONCE) return { [name]: entriesOf(found) }
  return reply.type('application/json; charset=utf-8').send(Readable.from(pieces(name, found, entriesOf)))
}

async function* pieces(
  name: string,
  found: Matches,
  entriesOf: (part: Matches) => readonly object[],
): AsyncGenerator<string> {
  yield `{${JSON.stringify(name)}:[`
  for (let from = 0; from < found.unit.length; from += AT_ONCE) {
    const entries = entriesOf(partOf(found, from, from + AT_ONCE)).map((entry) => JSON.stringify(entry))
    yield `${from > 0 ? ',' : ''}${entries.join(',')}`
    await turn()
  }
  yield ']}'
}
