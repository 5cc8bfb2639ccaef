import { VERSION } from '@som/core'
import * as v from 'valibot'
import { listOf } from '../json/list-of.ts'
import { documented } from '../openapi/documented.ts'
import type { Routes } from '../openapi/operation.ts'
import { rowsOfTensor } from '../scoring/rows.ts'
import type { Prediction, Scorer } from '../scoring/scorer.ts'
import { type Serving, withScorer } from '../scoring/serving.ts'

/** Sides of a shape, and tensors: more than one that is taken can have, so that a few too many are told for what they are. */
const [MOST_SIDES, MOST_TENSORS] = [16, 16]

const inferenceSchema = v.object({
  id: v.optional(v.string()),
  inputs: v.pipe(
    listOf(
      v.object({
        name: v.optional(v.string()),
        shape: listOf(v.pipe(v.number(), v.safeInteger()), MOST_SIDES),
        datatype: v.optional(v.string()),
        // Checked number by number where it is read: it may be long.
        data: documented(
          v.custom<unknown[]>((value) => Array.isArray(value), 'expected a list of numbers'),
          {
            type: 'array',
            items: { anyOf: [{ type: ['number', 'null'] }, { type: 'array', items: { type: ['number', 'null'] } }] },
          },
        ),
      }),
      MOST_TENSORS,
    ),
    v.length(1, 'expected one tensor with shape and data'),
  ),
})

const tensor = v.object({ name: v.string(), datatype: v.string(), shape: v.array(v.number()) })

/** The Open Inference Protocol, version 2, by JSON. */
export function inferenceRoutes<P>(routes: Routes, serving: Serving<P>, nameOf: (params: P) => string): void {
  const { base, params } = serving
  routes.on(
    {
      ...{ method: 'GET', path: base, summary: 'What the model takes and gives', scope: 'read', params },
      answers: {
        200: {
          description: 'Its tensors',
          schema: v.object({ name: v.string(), inputs: v.array(tensor), outputs: v.array(tensor) }),
        },
      },
    },
    ({ params }) =>
      withScorer(serving, params, (scorer) => ({
        name: nameOf(params),
        versions: ['1'],
        platform: 'som',
        inputs: [{ name: 'samples', datatype: 'FP64', shape: [-1, scorer.som.features.length] }],
        outputs: outputsOf(scorer),
      })),
  )
  routes.on(
    {
      ...{ method: 'GET', path: `${base}/ready`, summary: 'Whether the model is ready', scope: 'read', params },
      answers: { 200: { description: 'It is', schema: v.object({ name: v.string(), ready: v.boolean() }) } },
    },
    ({ params }) => withScorer(serving, params, () => ({ name: nameOf(params), ready: true })),
  )
  routes.on(
    {
      ...{
        method: 'POST',
        path: `${base}/infer`,
        summary: 'Match a tensor of rows with the map',
        scope: 'score',
        params,
      },
      usualType: 'application/json',
      body: inferenceSchema,
      answers: {
        200: {
          description: 'A tensor for each thing that the map says',
          schema: v.object({ model_name: v.string(), outputs: v.array(tensor) }),
        },
      },
    },
    ({ params, body: { id, inputs }, request }) =>
      withScorer(serving, params, async (scorer) => {
        const [{ shape, data }] = inputs
        const found = await scorer.score(rowsOfTensor(shape, data.flat(), scorer.reader, request.caller.limits.rows))
        return {
          model_name: nameOf(params),
          ...(id !== undefined && { id }),
          outputs: outputsOf(scorer).map((output) => ({
            ...output,
            shape: [found.length],
            data: found.map(COLUMNS[output.name]),
          })),
        }
      }),
  )
}

/** What the server says of itself by this protocol. */
export function inferenceServerRoute(routes: Routes): void {
  const answers = {
    200: { description: 'Its name and version', schema: v.object({ name: v.string(), version: v.string() }) },
  }
  routes.on({ method: 'GET', path: '/v2', summary: 'The server', scope: 'read', answers }, async () => ({
    name: 'som',
    version: VERSION,
    extensions: [],
  }))
}

const COLUMNS: Readonly<Record<string, (row: Prediction) => number | null | undefined>> = {
  unit: ({ unit }) => unit,
  distance: ({ distance }) => distance,
  cluster: ({ cluster }) => cluster,
  p_value: ({ p_value }) => p_value,
}

function outputsOf({ som: { clusters, seen } }: Scorer): { name: string; datatype: string; shape: number[] }[] {
  return [
    { name: 'unit', datatype: 'INT64', shape: [-1] },
    { name: 'distance', datatype: 'FP64', shape: [-1] },
    ...(clusters ? [{ name: 'cluster', datatype: 'INT64', shape: [-1] }] : []),
    ...(seen ? [{ name: 'p_value', datatype: 'FP64', shape: [-1] }] : []),
  ]
}
