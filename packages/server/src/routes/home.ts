import { createHash } from 'node:crypto'
import type { Som } from '@som/core'
import * as v from 'valibot'
import { checked } from '../check.ts'
import { jobCard, mapCard, servedCard } from '../home/cards.ts'
import { homePage, homePolicy, section } from '../home/home-page.ts'
import type { Job } from '../jobs/job.ts'
import type { JobQueue } from '../jobs/queue.ts'
import { allows, type Caller } from '../keys/callers.ts'
import type { MapNames } from '../keys/map-names.ts'
import type { Routes } from '../openapi/operation.ts'
import { nameSchema } from '../registry/names.ts'
import type { Registry } from '../registry/registry.ts'

/** What there is to show. */
export interface HomeParts {
  readonly som?: Som
  readonly kept?: { readonly registry: Registry; readonly queue: JobQueue }
}

/** Maps and jobs on a page. */
const [MOST_MAPS, MOST_JOBS] = [50, 20]
const query = v.object({ after: v.optional(nameSchema) })
const policy = homePolicy((script) => createHash('sha256').update(script).digest('base64'))

/**
 * A page of the maps and jobs that are here, as far as the caller may look at them. Callers without a key are required
 * one.
 */
export function homeRoute({ app }: Routes, { som, kept }: HomeParts, isOpen: () => boolean): void {
  const withoutKey = homePage(['<p>This server shows its maps to who has a key.</p>'], true)
  app.get('/', { config: { withoutKey: { page: withoutKey, policy } } }, async ({ caller, query: given }, reply) => {
    const { after } = checked(query, given)
    const isLinked = isOpen()
    const parts: string[] = []
    if (allows(caller, 'read')) {
      if (som) parts.push(section('The map that is served on its own', [servedCard(som, isLinked)], ''))
      if (kept) parts.push(await mapsOf(kept.registry, caller.maps, after, isLinked))
    } else parts.push('<p>This key does not show maps: it does not allow read.</p>')
    if (kept && allows(caller, 'train')) parts.push(jobsOf(kept.queue, jobsSeen(kept.queue, caller)))
    return reply.type('text/html').header('content-security-policy', policy).send(homePage(parts, !isLinked))
  })
}

async function mapsOf(
  registry: Registry,
  within: MapNames,
  after: string | undefined,
  isLinked: boolean,
): Promise<string> {
  const found = await registry.maps({ limit: MOST_MAPS + 1, within, ...(after !== undefined && { after }) })
  const maps = found.slice(0, MOST_MAPS)
  const cards = await Promise.all(maps.map(async (map) => mapCard(map, await registry.versions(map.name), isLinked)))
  const next =
    found.length > maps.length ? `<p><a rel="next" href="/?after=${maps[maps.length - 1].name}">More maps</a></p>` : ''
  return section('Maps', cards, after === undefined ? 'No maps yet.' : 'No more.') + next
}

const jobsSeen = (queue: JobQueue, caller: Caller): Job[] =>
  queue.list(MOST_JOBS, allows(caller, 'admin') ? undefined : caller.id)

const jobsOf = (queue: JobQueue, jobs: readonly Job[]): string =>
  section(
    'Training jobs',
    jobs.map((job) => jobCard(job, queue.curve(job.id))),
    'No jobs yet.',
  )
