import { VERSION } from '@som/core'
import * as v from 'valibot'
import type { Routes } from '../openapi/operation.ts'

const PATHS = ['/ping', '/health/live', '/health/ready', '/v2/health/live', '/v2/health/ready']

/** What a platform asks to know whether the server lives; no key is asked for. */
export function healthRoutes(routes: Routes): void {
  for (const path of PATHS) {
    const answers = { 200: { description: 'It lives', schema: v.object({ status: v.literal('ok') }) } }
    routes.on(
      { method: 'GET', group: 'Server', path, summary: 'Whether the server lives', scope: null, answers },
      async () => ({
        status: 'ok',
      }),
    )
  }
  const answers = { 200: { description: 'The version', type: 'text/plain' } }
  routes.on(
    { method: 'GET', group: 'Server', path: '/version', summary: 'The version of som', scope: null, answers },
    async ({ reply }) => reply.type('text/plain').send(VERSION),
  )
}
