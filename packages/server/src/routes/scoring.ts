import { Readable } from 'node:stream'
import { answerRows } from '@som/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Operation, Routes } from '../openapi/operation.ts'
import { problemDocument, Refused } from '../problem.ts'
import { arrowPredictions } from '../scoring/arrow.ts'
import { matrixOfBody } from '../scoring/bodies.ts'
import { rowsExample } from '../scoring/example-rows.ts'
import { ndjsonPredictions } from '../scoring/ndjson.ts'
import { type Serving, withScorer } from '../scoring/serving.ts'
import { NDJSON, ROW_MEDIA, streamTypeOf } from '../scoring/streamed-rows.ts'
import { isStream } from './is-stream.ts'
import { listAnswer } from './list-answer.ts'
import { predictionsSchema } from './schemas.ts'

/** MLflow's scoring protocol, and the same under our own name; streams are answered while they arrive. */
export function scoringRoutes<P>(routes: Routes, serving: Serving<P>, paths: readonly string[]): void {
  for (const path of paths) {
    const operation: Operation<P, unknown, unknown> = {
      ...{ method: 'POST', group: 'Match rows', path, summary: 'Match rows with the map', scope: 'score' },
      params: serving.params,
      example: ({ maps }) => rowsExample(serving, maps),
      media: ROW_MEDIA,
      answers: {
        200: { description: 'The answer for each row; a stream is answered by a stream', schema: predictionsSchema },
      },
    }
    routes.on(operation, ({ params, body, request, reply }) => {
      if (isStream(body)) {
        // The stream parsers give the request itself, whose chunks are bytes.
        const source = body as AsyncIterable<Uint8Array>
        return answerStream(serving, params, source, request, reply)
      }
      return withScorer(serving, params, async (scorer) => {
        const found = await scorer.matchReady(await matrixOfBody(body, scorer, request))
        return listAnswer(reply, 'predictions', found, (part) => answerRows(scorer.answers, part))
      })
    })
  }
}

async function answerStream<P>(
  serving: Serving<P>,
  params: P,
  source: AsyncIterable<Uint8Array>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const type = streamTypeOf(request)
  const { caller, held } = request
  const { scorer, release } = await serving.lease(params)
  const parts =
    type === NDJSON ? ndjsonPredictions(source, scorer) : arrowPredictions(source, scorer, caller.limits.rows, held)
  try {
    // Problems with the first rows set the status; later it is too late for one.
    const first = await parts.next()
    return reply.type(type).send(Readable.from(onwards(first, parts, type, release), { objectMode: false }))
  } catch (error) {
    release()
    throw error
  }
}

async function* onwards(
  first: IteratorResult<string | Uint8Array, void>,
  parts: AsyncGenerator<string | Uint8Array, void>,
  type: string,
  release: () => void,
): AsyncGenerator<string | Uint8Array> {
  try {
    for (let next = first; !next.done; next = await parts.next()) yield next.value
  } catch (error) {
    // A stream of lines can say what ended it; an Arrow stream is cut short, which its reader notices.
    if (!(error instanceof Refused) || type !== NDJSON) throw error
    yield `${JSON.stringify({ error: problemDocument(error.status, 'the stream stopped here', error.issues) })}\n`
  } finally {
    await parts.return()
    release()
  }
}
