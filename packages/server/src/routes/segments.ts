import { type Answer, answerRows } from '@som/core'
import * as v from 'valibot'
import type { Routes } from '../openapi/operation.ts'
import { Refused } from '../problem.ts'
import { matrixOfBody } from '../scoring/bodies.ts'
import { rowsExample } from '../scoring/example-rows.ts'
import { matching } from '../scoring/question.ts'
import { type Serving, withScorer } from '../scoring/serving.ts'
import { listAnswer } from './list-answer.ts'
import { rowsSchema } from './schemas.ts'

const segmentSchema = v.object({
  /** `unclustered` for a row in none, whose cluster is -1; null for a row without any value. */
  segment: v.nullable(v.string()),
  cluster: v.nullable(v.number()),
  /** The share of rows like the training rows that are at least as far from the map. */
  p_value: v.nullable(v.number()),
})

type Segment = v.InferOutput<typeof segmentSchema>

/** The segment of each row: the name of its unit's cluster, and how typical the row is of the training rows. */
export function segmentRoute<P>(routes: Routes, serving: Serving<P>): void {
  routes.on(
    {
      ...{
        method: 'POST',
        group: 'Match rows',
        path: `${serving.base}/segment`,
        scope: 'score',
        params: serving.params,
      },
      summary: 'Assign rows to segments: the name of the cluster of each, and a p-value',
      example: ({ maps }) => rowsExample(serving, maps),
      media: { 'application/json': rowsSchema, 'text/csv': 'text' },
      answers: {
        200: { description: 'The segment of each row', schema: v.object({ segments: v.array(segmentSchema) }) },
        409: { description: 'The map has no clusters' },
      },
    },
    ({ params, body, request, reply }) =>
      withScorer(serving, params, async (scorer) => {
        if (!scorer.som.clusters) {
          const message = 'expected a map with clusters, found none; add them with som cluster or som segment'
          throw new Refused(409, [{ path: 'map', message }])
        }
        const question = matching(scorer)
        const found = await question.find(await matrixOfBody(body, scorer, request))
        return listAnswer(reply, 'segments', found, question, (part) => answerRows(scorer.answers, part).map(segmentOf))
      }),
  )
}

const segmentOf = ({ cluster_name: segment = null, cluster = null, p_value = null }: Answer): Segment => ({
  segment,
  cluster,
  p_value,
})
