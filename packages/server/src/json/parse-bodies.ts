import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused } from '../problem.ts'
import type { JsonBounds } from './json-bounds.ts'
import { readJson } from './read-json.ts'

/** Lists and objects within one another: rows are three deep. */
const DEPTH = 64
/** Names in one object: more than the features of any map that is served. */
const NAMES = 100_000
/** Bytes of a body that is read at once: reading so few takes no longer than giving them to a thread. */
const SMALL = 2 ** 16
/** Bytes of a body of JSON that holds no rows: names of ten thousand columns, read within a few milliseconds. */
const MOST_WITHOUT_ROWS = 2 ** 18

/** A body of rows that would take long to read: as it came, for a thread of the pool. */
export class LargeBody {
  readonly type: 'json' | 'csv'
  readonly bytes: Uint8Array
  readonly bounds: JsonBounds

  constructor(type: 'json' | 'csv', bytes: Uint8Array, bounds: JsonBounds) {
    this.type = type
    this.bytes = bytes
    this.bounds = bounds
  }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether bodies hold rows: large ones are then handed over as a `LargeBody`. */
    rows?: boolean
  }
}

/** Parses bodies of JSON and of CSV. `containers`: the lists and objects that a body of JSON may hold. */
export function parseBodies(app: FastifyInstance, containers: number): void {
  const bounds: JsonBounds = { depth: DEPTH, containers, names: NAMES }
  const isLarge = (request: FastifyRequest, body: Buffer): boolean =>
    body.length > SMALL && request.routeOptions.config.rows === true
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    if (isLarge(request, body)) return new LargeBody('json', body, bounds)
    if (body.length > MOST_WITHOUT_ROWS)
      throw new Refused(413, [{ path: '', message: `expected a body of at most ${MOST_WITHOUT_ROWS} bytes` }])
    return readJson(body, bounds)
  })
  app.addContentTypeParser('text/csv', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) =>
    isLarge(request, body) ? new LargeBody('csv', body, bounds) : body.toString('utf8'),
  )
}
