import * as v from 'valibot'
import type { Data } from '../data/data.ts'
import type { JobQueue } from '../jobs/queue.ts'
import type { Routes } from '../openapi/operation.ts'

/** How long an upload is kept that no job uses. */
const FRESH_MS = 86_400_000

/** Removes what nothing needs any more. */
export function collectRoute(routes: Routes, { registry, tables }: Data, queue: JobQueue): void {
  routes.on(
    {
      ...{ method: 'POST', group: 'Keep maps', path: '/v1/collect', scope: 'admin' },
      summary: 'Remove model files that no version uses, and tables older than a day that no job needs',
      answers: { 200: { description: 'What was removed', schema: v.object({ files: v.number(), bytes: v.number() }) } },
    },
    async () => {
      const models = await registry.collect()
      const wanted = queue.wantedTables()
      const old = tables.sweep((digest, age) => wanted.has(digest) || age < FRESH_MS)
      return { files: models.files + old.files, bytes: models.bytes + old.bytes }
    },
  )
}
