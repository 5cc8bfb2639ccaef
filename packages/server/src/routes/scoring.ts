import { Readable } from 'node:stream'
import { cellRows, checkPredictOptions, type Som } from '@som/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import type { Operation, Routes } from '../openapi/operation.ts'
import { problemDocument, Refused } from '../problem.ts'
import { arrowFound } from '../scoring/arrow.ts'
import { matrixOfBody } from '../scoring/bodies.ts'
import { rowsExample } from '../scoring/example-rows.ts'
import { ndjsonAnswers } from '../scoring/ndjson.ts'
import { imputing, matching, placing, predicting, type Question } from '../scoring/question.ts'
import type { Scorer } from '../scoring/scorer.ts'
import type { Serving } from '../scoring/serving.ts'
import { NDJSON, ROW_MEDIA, streamTypeOf } from '../scoring/streamed-rows.ts'
import { isStream } from './is-stream.ts'
import { listAnswer } from './list-answer.ts'
import { predictionsSchema, rowOfCells } from './schemas.ts'

/** MLflow's scoring protocol, and the same under our own name; streams are answered while they arrive. */
export function scoringRoutes<P>(routes: Routes, serving: Serving<P>, paths: readonly string[]): void {
  for (const path of paths) {
    const description = 'The answer for each row; a stream is answered by a stream'
    answerRowsOn(routes, serving, {
      path,
      summary: 'Match rows with the map',
      list: 'predictions',
      answers: { 200: { description, schema: predictionsSchema } },
      ask: matching,
    })
  }
}

/** What a map predicts for rows, what it fills into them, and where it places them. */
export function predictionRoutes<P>(routes: Routes, serving: Serving<P>): void {
  answerRowsOn(routes, serving, {
    path: `${serving.base}/predict`,
    summary: 'Predict classes and numbers, for a map with targets',
    list: 'predictions',
    needs: 'targets',
    query: v.object({ coverage: v.optional(v.pipe(v.string(), v.transform(Number), v.number())) }),
    answers: {
      200: {
        description:
          'For each row and target the prediction, with probabilities of classes or the interval of a number, and the unit; a stream is answered by a stream',
        schema: v.object({ predictions: v.array(rowOfCells) }),
      },
      409: { description: 'The map has no targets' },
    },
    ask(scorer, options) {
      if (scorer.som.targets === undefined) {
        const message = 'expected a map with targets, found none; train one with som train --target'
        throw new Refused(409, [{ path: 'map', message }])
      }
      const issues = checkPredictOptions(scorer.som, options)
      if (issues.length > 0) throw new Refused(400, issues)
      return predicting(scorer, options)
    },
  })
  answerRowsOn(routes, serving, {
    path: `${serving.base}/impute`,
    summary: 'Fill in the missing values of rows',
    list: 'imputations',
    answers: {
      200: {
        description:
          "For each row a value for each of the map's columns that it lacks, and null for those that it has; a stream is answered by a stream",
        schema: v.object({ imputations: v.array(rowOfCells) }),
      },
    },
    ask: imputing,
  })
  answerRowsOn(routes, serving, {
    path: `${serving.base}/embed`,
    summary: 'Place rows in the plane of a map that has one',
    list: 'places',
    needs: 'embedding',
    answers: {
      200: {
        description: 'For each row its place, to the right and downwards; a stream is answered by a stream',
        schema: v.object({ places: v.array(rowOfCells) }),
      },
      409: { description: 'The map has no plane' },
    },
    ask(scorer) {
      const { embedding } = scorer.som
      if (embedding === undefined) {
        const message = 'expected a map with a plane, found none; give it one with som embed --keep'
        throw new Refused(409, [{ path: 'map', message }])
      }
      return placing(scorer, { ...scorer.som, embedding })
    },
  })
}

interface Asked<Found extends { readonly unit: Int32Array }, Q>
  extends Pick<Operation<unknown, Q, unknown>, 'path' | 'summary' | 'query' | 'answers'> {
  /** The name of the list of answers in JSON. */
  readonly list: string
  /** What a map must have to answer. */
  readonly needs?: keyof Som
  /** Throws a `Refused` where the map cannot answer. */
  ask(scorer: Scorer, query: Q): Question<Found>
}

function answerRowsOn<P, Found extends { readonly unit: Int32Array }, Q>(
  routes: Routes,
  serving: Serving<P>,
  { list, needs, ask, ...described }: Asked<Found, Q>,
): void {
  const operation: Operation<P, Q, unknown> = {
    ...described,
    ...{ method: 'POST', group: 'Match rows', scope: 'score', media: ROW_MEDIA },
    params: serving.params,
    example: ({ maps }) => rowsExample(serving, maps, needs),
  }
  routes.on(operation, async ({ params, query, body, request, reply }) => {
    const { scorer, release } = await serving.lease(params)
    let isStreamed = false
    try {
      const question = ask(scorer, query)
      if (isStream(body)) {
        // The stream parsers give the request itself, whose chunks are bytes.
        const answer = await answerStream(question, body as AsyncIterable<Uint8Array>, request, reply, release)
        isStreamed = true
        return answer
      }
      const found = await question.find(await matrixOfBody(body, scorer, request))
      return await listAnswer(reply, list, found, question, (part) => cellRows(question.columns, part))
    } finally {
      if (!isStreamed) release()
    }
  })
}

/** Begins to answer a stream; `release` is called at its end. */
async function answerStream<Found extends { readonly unit: Int32Array }>(
  question: Question<Found>,
  source: AsyncIterable<Uint8Array>,
  request: FastifyRequest,
  reply: FastifyReply,
  release: () => void,
): Promise<FastifyReply> {
  const type = streamTypeOf(request)
  const { caller, held } = request
  const parts =
    type === NDJSON ? ndjsonAnswers(source, question) : arrowFound(source, question, caller.limits.rows, held)
  // Problems with the first rows set the status; later it is too late for one.
  const first = await parts.next()
  return reply.type(type).send(Readable.from(onwards(first, parts, type, release), { objectMode: false }))
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
