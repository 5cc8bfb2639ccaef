import { checked } from '../check.ts'
import type { Caller } from '../keys/callers.ts'
import type { Operation, Routes } from '../openapi/operation.ts'
import { rowsOfCsv, rowsOfJson } from '../scoring/rows.ts'
import type { Prediction, Scorer } from '../scoring/scorer.ts'
import { type Serving, withScorer } from '../scoring/serving.ts'
import { predictionsSchema, rowsSchema } from './schemas.ts'

/** MLflow's scoring protocol, and the same under our own name. */
export function scoringRoutes<P>(routes: Routes, serving: Serving<P>, paths: readonly string[]): void {
  for (const path of paths) {
    const operation: Operation<P, unknown, unknown> = {
      ...{ method: 'POST', path, summary: 'Match rows with the map', scope: 'score' },
      params: serving.params,
      media: { 'application/json': rowsSchema, 'text/csv': 'text' },
      answers: { 200: { description: 'What the map says of each row', schema: predictionsSchema } },
    }
    routes.on(operation, ({ params, body, request }) =>
      withScorer(serving, params, (scorer) => score(scorer, body, request.caller)),
    )
  }
}

async function score(scorer: Scorer, body: unknown, { limits }: Caller): Promise<{ predictions: Prediction[] }> {
  const samples =
    typeof body === 'string'
      ? rowsOfCsv(body, scorer.reader, limits.rows)
      : rowsOfJson(checked(rowsSchema, body), scorer.reader, limits.rows)
  return { predictions: await scorer.score(samples) }
}
