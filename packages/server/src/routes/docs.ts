import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import * as v from 'valibot'
import { openApiDocument } from '../openapi/document.ts'
import { examplesFor } from '../openapi/examples-for.ts'
import type { Routes } from '../openapi/operation.ts'
import { VIEWER, VIEWER_PAGE, VIEWER_SCRIPT } from '../openapi/viewer-page.ts'
import { packed } from './packed.ts'

/** The OpenAPI description, and a page to try the interface. Called last: it describes the routes added before. */
export function docRoutes(routes: Routes): void {
  routes.on(
    {
      ...{
        method: 'GET',
        group: 'Server',
        path: '/openapi.json',
        summary: 'Get this OpenAPI description',
        scope: null,
      },
      answers: { 200: { description: 'OpenAPI 3.1', schema: v.object({ openapi: v.string() }) } },
    },
    async ({ request: { caller } }) => openApiDocument(routes.operations, await examplesFor(routes.operations, caller)),
  )
  const digest = createHash('sha256').update(VIEWER_SCRIPT).digest('base64')
  const policy = `default-src 'none'; connect-src 'self'; style-src 'self' 'unsafe-inline'; img-src data: blob:; script-src 'self' 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
  routes.on(
    {
      ...{ method: 'GET', group: 'Server', path: '/docs', summary: 'A page to try the interface', scope: null },
      answers: { 200: { description: 'The page', type: 'text/html' } },
    },
    async ({ reply }) => reply.type('text/html').header('content-security-policy', policy).send(VIEWER_PAGE),
  )
  const config = { config: { scope: null } }
  routes.app.get(VIEWER.script, config, viewerFile('swagger-ui-bundle.js', 'text/javascript'))
  routes.app.get(VIEWER.style, config, viewerFile('swagger-ui.css', 'text/css'))
}

/** A file of Swagger UI. */
function viewerFile(name: string, type: string): ReturnType<typeof packed> {
  const path = createRequire(import.meta.url).resolve(`@fastify/swagger-ui/static/${name}`)
  return packed({ type, kept: 'public, max-age=3600', read: () => readFile(path) })
}
