import { metricName, type Som } from '@som/core'
import { RANGE_FORM, rangeFrom, SCALES } from '@som/plot'
import type { FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { checked } from '../check.ts'
import type { Caller } from '../keys/callers.ts'
import { type Example, placeExample } from '../openapi/example.ts'
import type { Routes } from '../openapi/operation.ts'
import { MAP_PICTURES, type PictureQuery, ROW_PICTURES } from '../pictures.ts'
import { canLeaveThread } from '../pool/can-leave-thread.ts'
import { leftBy } from '../pool/left.ts'
import { Refused } from '../problem.ts'
import { drawMap } from '../scoring/draw-map.ts'
import { type Serving, withScorer } from '../scoring/serving.ts'
import { onPicture } from './picture.ts'
import { rowPictureRoutes } from './row-pictures.ts'

/** What is in a picture, and how its values become colours. */
const pictureQuery = {
  feature: v.optional(v.string()),
  target: v.optional(v.string()),
  scale: v.optional(v.picklist(SCALES)),
  range: v.optional(
    v.pipe(
      v.string(),
      v.check((text) => rangeFrom(text) !== null, `expected ${RANGE_FORM}`),
    ),
  ),
}

type Asked = v.InferOutput<v.ObjectSchema<typeof pictureQuery, undefined>>

/** A description of the map, and pictures of it and of rows on it. */
export function lookRoutes<P>(routes: Routes, serving: Serving<P>): void {
  rowPictureRoutes(routes, serving)
  const { base, params } = serving
  routes.on(
    {
      ...{
        method: 'GET',
        group: 'Look at a map',
        path: `${base}/map`,
        summary: 'Describe the map, without its codebook',
        scope: 'read',
        params,
      },
      example: ({ maps }) => placeExample(serving.example(maps)),
      answers: {
        200: {
          description: 'Lattice, features, errors',
          schema: v.object({ metric: v.string(), trainedRows: v.number() }),
        },
      },
    },
    ({ params }) => withScorer(serving, params, ({ som }) => describe(som)),
  )
  const pictureExample = async ({ maps }: Caller): Promise<Example | null> => {
    const place = await serving.example(maps)
    if (place === null) return null
    const feature = await withScorer(serving, place, ({ som }) => som.features[0].name)
    return { params: { ...place, plot: 'u-matrix', feature } }
  }
  const pictureIn = async (
    request: FastifyRequest,
    { feature, target, scale, range }: Asked,
  ): Promise<string | null> => {
    const { plot } = checked(v.object({ plot: v.string() }), request.params)
    // Without a schema there are no parameters.
    const place = params ? checked(params, request.params) : (request.params as P)
    if (!MAP_PICTURES.includes(plot) && ROW_PICTURES.includes(plot))
      throw new Refused(404, [{ path: 'plot', message: `${plot} is a picture of rows: send them by POST` }])
    const query: PictureQuery = {
      ...(feature !== undefined && { feature }),
      ...(target !== undefined && { target }),
      ...(scale && { scale }),
      ...(range !== undefined && { range: rangeFrom(range) ?? undefined }),
    }
    return withScorer(serving, place, ({ som }) => {
      const drawn = { som, plot, query }
      return canLeaveThread(som) ? request.server.pool.run('drawMap', drawn, { left: leftBy(request) }) : drawMap(drawn)
    })
  }
  onPicture(routes, {
    method: 'GET',
    group: 'Look at a map',
    path: `${base}/plots/:plot`,
    summary: 'Draw the map',
    scope: 'read',
    absent: 'The map has no such picture',
    choices: { plot: MAP_PICTURES },
    example: pictureExample,
    query: pictureQuery,
    draw: (request, query) => pictureIn(request, query),
  })
}

function describe(som: Som): object {
  return {
    lattice: som.lattice,
    metric: metricName(som.metric),
    ...(som.layers && { layers: som.layers }),
    features: som.features.map(({ name, preprocessing, source }) => ({
      name,
      method: preprocessing.method,
      ...(source && { column: source.column }),
    })),
    clusters: som.clusters && { count: som.clusters.count, names: som.clusters.names ?? null },
    quantizationError: som.seen?.quantizationError ?? null,
    topographicError: som.seen?.topographicError ?? null,
    trainedRows: som.training.rows,
    version: som.training.version,
  }
}
