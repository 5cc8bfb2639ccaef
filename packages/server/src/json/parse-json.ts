import type { FastifyInstance } from 'fastify'
import { checkJsonBounds } from './json-bounds.ts'

/** Nesting depth of lists and objects: rows are three deep. */
const DEPTH = 64
/** Names in one object: more than the features of any served map. */
const NAMES = 100_000

/** Parses JSON bodies, and refuses those that are deeper or larger than a valid one can be. */
export function parseJson(app: FastifyInstance, containers: number): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    try {
      checkJsonBounds(body, { depth: DEPTH, containers, names: NAMES })
    } catch (error) {
      // Only a `Refused`, which is an Error, is thrown here.
      return done(error as Error)
    }
    parse(request, body.toString('utf8'), done)
  })
}
