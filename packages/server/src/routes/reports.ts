import type { Routes } from '../openapi/operation.ts'
import { canLeaveThread } from '../pool/can-leave-thread.ts'
import { leftBy } from '../pool/left.ts'
import { Refused } from '../problem.ts'
import { samplesOfBody } from '../scoring/bodies.ts'
import { drawReport } from '../scoring/draw-report.ts'
import { rowsExample } from '../scoring/example-rows.ts'
import { type Serving, withScorer } from '../scoring/serving.ts'
import { rowsSchema } from './schemas.ts'

/** The page is one file with inline style and script, and loads nothing. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:; sandbox allow-scripts allow-downloads"
/** The most rows of a page. */
const MOST_ROWS = 10_000

/** A page about the map and the rows in the request, as `som report` writes it. */
export function reportRoute<P>(routes: Routes, serving: Serving<P>): void {
  routes.on(
    {
      ...{
        method: 'POST',
        group: 'Look at a map',
        path: `${serving.base}/report.html`,
        scope: 'score',
        params: serving.params,
      },
      summary: 'Write an offline page to explore the map and these rows, with its quality',
      example: ({ maps }) => rowsExample(serving, maps),
      media: { 'application/json': rowsSchema, 'text/csv': 'text' },
      answers: { 200: { description: 'The page', type: 'text/html' } },
    },
    ({ params, body, request, reply }) =>
      withScorer(serving, params, async (scorer) => {
        const samples = await samplesOfBody(body, scorer, request, Math.min(MOST_ROWS, request.caller.limits.rows))
        if (samples.rows === 0) throw new Refused(400, [{ path: '', message: 'expected at least 1 row, found 0' }])
        const matches = await scorer.match(samples)
        if (matches.unit.every((unit) => unit < 0))
          throw new Refused(400, [{ path: '', message: 'expected a row with a value, found none' }])
        const { som } = scorer
        const drawn = { som, samples, matches }
        const page = await (canLeaveThread(som)
          ? request.server.pool.run('drawReport', drawn, { left: leftBy(request) })
          : drawReport(drawn))
        return reply.type('text/html').header('content-security-policy', POLICY).send(page)
      }),
  )
}
