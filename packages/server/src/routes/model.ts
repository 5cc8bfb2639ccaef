import { Readable } from 'node:stream'
import type { Som } from '@som/core'
import { encodeModel } from '@som/io'
import type { Routes } from '../openapi/operation.ts'
import { Refused } from '../problem.ts'

/** The file of the map that is served on its own. */
export function modelRoute(routes: Routes, som: Som): void {
  routes.on(
    {
      ...{
        method: 'GET',
        group: 'Look at a map',
        path: '/v1/model',
        summary: 'Download the model file',
        scope: 'read',
      },
      answers: { 200: { description: 'The file', type: 'application/octet-stream' } },
    },
    async ({ reply }) => {
      const parts = encodeModel(som)
      if (parts.isErr) throw new Refused(500, parts.error.issues)
      return reply
        .type('application/octet-stream')
        .header('content-disposition', 'attachment; filename="map.som"')
        .send(Readable.from(parts.value, { objectMode: false }))
    },
  )
}
