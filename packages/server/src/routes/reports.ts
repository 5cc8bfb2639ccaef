import { type Backend, matchPrepared, prepareRows, qualityOf } from '@som/core'
import { report } from '@som/plot'
import { checked } from '../check.ts'
import type { Routes } from '../openapi/operation.ts'
import { Refused } from '../problem.ts'
import { rowsExample } from '../scoring/example-rows.ts'
import { rowsOfCsv, rowsOfJson } from '../scoring/rows.ts'
import { type Serving, withScorer } from '../scoring/serving.ts'
import { rowsSchema } from './schemas.ts'

/** The page is one file: its own style and script, and nothing from elsewhere. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:; sandbox allow-scripts allow-downloads"
/** Rows that a page holds. */
const MOST_ROWS = 10_000

/** A page about the map and the rows that are sent: what `som report` writes. */
export function reportRoute<P>(routes: Routes, serving: Serving<P>, backend: Backend): void {
  routes.on(
    {
      ...{
        method: 'POST',
        group: 'Look at a map',
        path: `${serving.base}/report.html`,
        scope: 'score',
        params: serving.params,
      },
      summary: 'A page about the map and these rows: how good it is, to explore, offline',
      example: () => rowsExample(serving),
      media: { 'application/json': rowsSchema, 'text/csv': 'text' },
      answers: { 200: { description: 'The page', type: 'text/html' } },
    },
    ({ params, body, request, reply }) =>
      withScorer(serving, params, async ({ som, reader }) => {
        const most = Math.min(MOST_ROWS, request.caller.limits.rows)
        const samples =
          typeof body === 'string' ? rowsOfCsv(body, reader, most) : rowsOfJson(checked(rowsSchema, body), reader, most)
        if (samples.rows === 0) throw new Refused(400, [{ path: '', message: 'expected at least 1 row, found 0' }])
        const rows = prepareRows(som, samples).unwrapOrElse((issues) => {
          throw new Refused(400, issues)
        })
        const matches = await matchPrepared(som, rows, { backend })
        if (matches.unit.every((unit) => unit < 0))
          throw new Refused(400, [{ path: '', message: 'expected a row with a value, found none' }])
        const quality = qualityOf(som, rows, matches)
        const page = report({ som, samples, matches, quality, source: 'a request' })
        return reply.type('text/html').header('content-security-policy', POLICY).send(page)
      }),
  )
}
