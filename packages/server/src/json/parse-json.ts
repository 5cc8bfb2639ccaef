import type { FastifyInstance } from 'fastify'
import { checkJsonBounds } from './json-bounds.ts'

/** Lists and objects within one another: rows are three deep. */
const DEPTH = 64
/** Names in one object: more than the features of any map that is served. */
const NAMES = 100_000

/** Parses bodies of JSON, those alone that are no deeper and hold no more than a body of ours can. */
export function parseJson(app: FastifyInstance, containers: number): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    try {
      checkJsonBounds(body, { depth: DEPTH, containers, names: NAMES })
    } catch (error) {
      // Only a `Refused` is thrown here, which is an Error.
      return done(error as Error)
    }
    parse(request, body.toString('utf8'), done)
  })
}
