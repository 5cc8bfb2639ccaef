import { clusterNames, type Som } from '@som/core'
import { encodeModel } from '@som/io'
import * as v from 'valibot'
import type { Data } from '../data/data.ts'
import { listOf } from '../json/list-of.ts'
import type { Caller } from '../keys/callers.ts'
import type { Example } from '../openapi/example.ts'
import type { Routes } from '../openapi/operation.ts'
import { leftBy } from '../pool/left.ts'
import { Refused } from '../problem.ts'
import { depositOf } from '../registry/deposit-of.ts'
import { PLACES } from '../registry/names.ts'
import { refuseWithoutRoom } from '../registry/room.ts'
import { readVersion, versionOf } from '../registry/which-map.ts'

const number = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

/** Edits of a kind, and clusters that become one. */
const MOST_EDITS = 1000

/** Edits by the numbers that the clusters have in that version. */
const editsSchema = v.strictObject({
  merge: v.exactOptional(listOf(listOf(number, MOST_EDITS), MOST_EDITS)),
  split: v.exactOptional(listOf(v.strictObject({ cluster: number, into: v.exactOptional(number) }), MOST_EDITS)),
  rename: v.exactOptional(listOf(v.strictObject({ cluster: number, name: v.string() }), MOST_EDITS)),
})

const editedSchema = v.object({
  name: v.string(),
  version: v.number(),
  clusters: v.array(v.object({ number: v.number(), name: v.string(), units: v.number() })),
})

/** Merges, splits and renames clusters of a version: the map with them becomes the next version. */
export function editClusterRoutes(routes: Routes, data: Pick<Data, 'registry' | 'tables'>): void {
  const { registry } = data
  for (const { base, params, example: placeOf } of PLACES) {
    const example = async ({ maps }: Caller): Promise<Example | null> => {
      const place = await placeOf(registry, maps)
      if (place === null) return null
      const som = await readVersion(registry, await versionOf(registry, place.name, place), routes.app.pool)
      if (som.clusters === undefined) return null
      return { params: place, bodies: { 'application/json': { rename: [{ cluster: 1, name: 'the largest' }] } } }
    }
    routes.on(
      {
        ...{ method: 'POST', group: 'Keep maps', path: `${base}/clusters`, scope: 'train', params, example },
        summary: 'Merge, split and rename the clusters of a version, as the next version',
        body: editsSchema,
        answers: {
          201: { description: 'The new version, and its clusters', schema: editedSchema },
          409: { description: 'The map has no clusters' },
        },
      },
      async ({ params: which, body, request, reply }) => {
        const before = await versionOf(registry, which.name, which)
        const som = await readVersion(registry, before, request.server.pool)
        const { codebook, clusters: given, seen } = som
        const asked = { som: { codebook, seen, ...(given && { clusters: given }) }, edits: body }
        const clusters = await request.server.pool.run('editedClusters', asked, { left: leftBy(request) })
        const edited: Som = { ...som, clusters }
        const file = encodeModel(edited).unwrapOrElse(({ issues }) => {
          throw new Refused(422, issues)
        })
        const bytes = file.reduce((sum, part) => sum + part.length, 0)
        await refuseWithoutRoom(data, request.caller, before.name, bytes)
        const deposit = depositOf(before.name, edited, { metrics: before.metrics, tags: before.tags })
        const parent = { name: before.name, version: before.version }
        const { version } = await registry.put({ ...deposit, lineage: { ...before.lineage, parent } }, file)
        return reply.code(201).send({ name: before.name, version, clusters: listed(edited) })
      },
    )
  }
}

function listed({ clusters }: Som): v.InferOutput<typeof editedSchema>['clusters'] {
  if (clusters === undefined) return []
  return clusterNames(clusters).map((name, place) => ({
    number: place + 1,
    name,
    units: clusters.of.filter((of) => of === place).length,
  }))
}
