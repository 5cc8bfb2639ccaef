import { VERSION } from '@som/core'
import * as v from 'valibot'
import type { Routes } from '../openapi/operation.ts'

const PATHS = ['/ping', '/health/live', '/health/ready', '/v2/health/live', '/v2/health/ready']

/** Liveness probes for platforms; no key is required. */
export function healthRoutes(routes: Routes): void {
  for (const path of PATHS) {
    const answers = { 200: { description: 'The server is alive', schema: v.object({ status: v.literal('ok') }) } }
    routes.on(
      { method: 'GET', group: 'Server', path, summary: 'Check that the server is alive', scope: null, answers },
      async () => ({
        status: 'ok',
      }),
    )
  }
  const answers = { 200: { description: 'The version of som', type: 'text/plain' } }
  routes.on(
    { method: 'GET', group: 'Server', path: '/version', summary: 'The version of som', scope: null, answers },
    async ({ reply }) => reply.type('text/plain').send(VERSION),
  )
}
