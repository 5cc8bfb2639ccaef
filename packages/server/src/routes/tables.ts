import * as v from 'valibot'
import type { Data } from '../data/data.ts'
import { EXAMPLE_TABLE } from '../jobs/example-job.ts'
import { TABLE_TYPES } from '../jobs/table-formats.ts'
import type { Routes } from '../openapi/operation.ts'
import { Refused } from '../problem.ts'
import { tableKeeper } from '../registry/room.ts'
import { isStream } from './is-stream.ts'

/** Tables to train on: written to disk as they arrive. */
export function tableRoutes(routes: Routes, data: Data, mostBytes: number): Promise<void> {
  return routes.within((within) => {
    within.app.removeAllContentTypeParsers()
    within.app.addContentTypeParser(Object.keys(TABLE_TYPES), (_, payload, done) => done(null, payload))
    within.on(
      {
        ...{
          method: 'POST',
          group: 'Train maps',
          path: '/v1/tables',
          summary: 'Upload a table to train on',
          scope: 'train',
          isUpload: true,
        },
        example: async () => ({ bodies: { 'text/csv': EXAMPLE_TABLE } }),
        media: Object.fromEntries(Object.keys(TABLE_TYPES).map((type) => [type, 'binary'])),
        answers: {
          201: {
            description: 'The digest of the table, for use in a job',
            schema: v.object({ upload: v.string(), bytes: v.number() }),
          },
        },
      },
      async ({ request, reply }) => {
        const type = (request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase()
        if (!isStream(request.body) || !Object.hasOwn(TABLE_TYPES, type))
          throw new Refused(415, [
            { path: 'content-type', message: `expected one of ${Object.keys(TABLE_TYPES).join(', ')}` },
          ])
        // The parser above gives the request itself, whose chunks are bytes.
        const body = request.body as AsyncIterable<Uint8Array>
        const { digest, bytes } = await tableKeeper(data, request.caller, mostBytes)(body, TABLE_TYPES[type])
        return reply.code(201).send({ upload: digest, bytes })
      },
    )
  })
}
