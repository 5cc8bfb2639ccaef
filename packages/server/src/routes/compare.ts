import { type Backend, compareMaps } from '@som/core'
import * as v from 'valibot'
import type { Caller } from '../keys/callers.ts'
import type { Example } from '../openapi/example.ts'
import type { Routes } from '../openapi/operation.ts'
import { Refused } from '../problem.ts'
import { type Named, versionSchema } from '../registry/names.ts'
import type { Registry } from '../registry/registry.ts'
import { readVersion, versionOf } from '../registry/which-map.ts'
import { samplesOfBody } from '../scoring/bodies.ts'
import { rowsExample } from '../scoring/example-rows.ts'
import { type Serving, withScorer } from '../scoring/serving.ts'
import { rowsSchema } from './schemas.ts'

/** Rows by which two maps are compared. */
const MOST_ROWS = 10_000

const rowSchema = v.object({
  unit: v.nullable(v.number()),
  other_unit: v.nullable(v.number()),
  /** How far its unit on the other map, aligned, is from that on this one. */
  moved: v.nullable(v.number()),
  /** The share of its neighbours that it keeps. */
  kept: v.nullable(v.number()),
})

/** How another version of a map differs from this one in what both say about rows. */
export function compareRoute(
  routes: Routes,
  serving: Serving<Named>,
  { registry, backend }: { readonly registry: Registry; readonly backend: Backend },
): void {
  const example = async ({ maps }: Caller): Promise<Example | null> => {
    const found = await rowsExample(serving, maps)
    return found && { ...found, params: { ...found.params, other: 1 } }
  }
  routes.on(
    {
      ...{ method: 'POST', group: 'Look at a map', path: `${serving.base}/compare`, scope: 'score', example },
      ...(serving.params && { params: serving.params }),
      summary: 'Compare with another version of the map by these rows: which moved, and which changed neighbours',
      query: v.object({ other: versionSchema }),
      media: { 'application/json': rowsSchema, 'text/csv': 'text' },
      answers: {
        200: {
          description: 'How the maps were aligned, the mean share of neighbours kept, and each row on both',
          schema: v.object({ alignment: v.string(), mean_kept: v.nullable(v.number()), rows: v.array(rowSchema) }),
        },
      },
    },
    ({ params, query, body, request }) =>
      withScorer(serving, params, async (scorer) => {
        const version = await versionOf(registry, params.name, { version: query.other })
        const other = await readVersion(registry, version, request.server.pool)
        const most = Math.min(MOST_ROWS, request.caller.limits.rows)
        const samples = await samplesOfBody(body, scorer, request, most)
        const found = (await compareMaps(scorer.som, other, samples, { backend })).unwrapOrElse((issues) => {
          throw new Refused(400, issues)
        })
        const unit = (of: number): number | null => (of < 0 ? null : of)
        const known = (x: number): number | null => (Number.isNaN(x) ? null : x)
        return {
          alignment: found.alignment,
          mean_kept: known(found.meanKept),
          rows: Array.from(found.unitA, (of, row) => ({
            unit: unit(of),
            other_unit: unit(found.unitB[row]),
            moved: known(found.moved[row]),
            kept: known(found.kept[row]),
          })),
        }
      }),
  )
}
