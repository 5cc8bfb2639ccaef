import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { openApiDocument } from '../openapi/document.ts'
import type { Routes } from '../openapi/operation.ts'
import { PAGE_SCRIPT, tryPage } from '../openapi/try-page.ts'

/** The description of the interface, and a page to try it. Called last: it tells what was put together before. */
export function docRoutes(routes: Routes): void {
  let document: object | undefined
  routes.on(
    {
      ...{ method: 'GET', path: '/openapi.json', summary: 'This description', scope: null },
      answers: { 200: { description: 'OpenAPI 3.1', schema: v.object({ openapi: v.string() }) } },
    },
    async () => {
      document ??= openApiDocument(routes.operations)
      return document
    },
  )
  const digest = createHash('sha256').update(PAGE_SCRIPT).digest('base64')
  const policy = `default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; script-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
  routes.on(
    {
      ...{ method: 'GET', path: '/docs', summary: 'A page to try the interface', scope: null },
      answers: { 200: { description: 'The page', type: 'text/html' } },
    },
    async ({ reply }) => reply.type('text/html').header('content-security-policy', policy).send(tryPage()),
  )
  // Who opens the server's address in a browser sees what it can do.
  routes.app.get('/', { config: { scope: null } }, async (_request, reply) => reply.redirect('/docs'))
}
