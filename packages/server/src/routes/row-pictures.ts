import type { FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { checked } from '../check.ts'
import type { Caller } from '../keys/callers.ts'
import type { Example } from '../openapi/example.ts'
import type { Routes } from '../openapi/operation.ts'
import { MAP_PICTURES, needsLabels, ROW_PICTURES } from '../pictures.ts'
import { canLeaveThread } from '../pool/can-leave-thread.ts'
import { leftBy } from '../pool/left.ts'
import { Refused } from '../problem.ts'
import { samplesOfBody } from '../scoring/bodies.ts'
import { drawRows } from '../scoring/draw-rows.ts'
import { rowsExample } from '../scoring/example-rows.ts'
import type { Scorer } from '../scoring/scorer.ts'
import { type Serving, withScorer } from '../scoring/serving.ts'
import { ROW_MEDIA, streamedRows } from '../scoring/streamed-rows.ts'
import { isStream } from './is-stream.ts'
import { onPicture } from './picture.ts'

/** Rows that a picture shows. */
const MOST_ROWS = 10_000

/** Pictures of the rows that are sent, on the map: what `som plot` draws of a table. */
export function rowPictureRoutes<P>(routes: Routes, serving: Serving<P>): void {
  const { base, params } = serving
  const example = async ({ maps }: Caller): Promise<Example | null> => {
    const found = await rowsExample(serving, maps)
    return found && { ...found, params: { ...found.params, plot: 'hits' } }
  }
  const pictureIn = (body: unknown, request: FastifyRequest, label: string | undefined): Promise<string | null> => {
    const { plot } = checked(v.object({ plot: v.string() }), request.params)
    // Without a schema there are no parameters.
    const place = params ? checked(params, request.params) : (request.params as P)
    return withScorer(serving, place, (scorer) => draw(scorer, plot, label, body, request))
  }
  onPicture(routes, {
    method: 'POST',
    group: 'Look at a map',
    path: `${base}/plots/:plot`,
    summary: 'Draw these rows on the map',
    scope: 'score',
    media: ROW_MEDIA,
    absent: 'There is no such picture of rows',
    choices: { plot: ROW_PICTURES },
    example,
    query: { label: v.optional(v.string()) },
    draw: (request, { label }, body) => pictureIn(body, request, label),
  })
}

async function draw(
  scorer: Scorer,
  plot: string,
  label: string | undefined,
  body: unknown,
  request: FastifyRequest,
): Promise<string | null> {
  if (!ROW_PICTURES.includes(plot) && MAP_PICTURES.includes(plot))
    throw new Refused(404, [{ path: 'plot', message: `${plot} is a picture of the map alone: ask for it by GET` }])
  if (needsLabels(plot) && label === undefined)
    throw new Refused(400, [{ path: 'label', message: 'expected the column of labels, found none' }])
  const { som, reader } = scorer
  const most = Math.min(MOST_ROWS, request.caller.limits.rows)
  const labelled = label === undefined ? reader : { ...reader, label }
  const samples = isStream(body)
    ? await streamedRows(body, request, labelled, most)
    : await samplesOfBody(body, scorer, request, most, label)
  const matches = await scorer.match(samples)
  if (matches.unit.every((unit) => unit < 0))
    throw new Refused(400, [{ path: '', message: 'expected a row with a value, found none' }])
  const drawn = { som, samples, matches, plot }
  return canLeaveThread(som) ? request.server.pool.run('drawRows', drawn, { left: leftBy(request) }) : drawRows(drawn)
}
