import { Readable } from 'node:stream'
import * as v from 'valibot'
import type { Data } from '../data/data.ts'
import { EXAMPLE_JOB } from '../jobs/example-job.ts'
import { hasEnded, type Job, STATES } from '../jobs/job.ts'
import { keepTable } from '../jobs/keep-table.ts'
import type { JobQueue } from '../jobs/queue.ts'
import { jobIssues, jobSchema } from '../jobs/request.ts'
import type { JobRunner } from '../jobs/runner.ts'
import { allows, type Caller } from '../keys/callers.ts'
import { isAmong, mapsText } from '../keys/map-names.ts'
import type { Example } from '../openapi/example.ts'
import type { Routes } from '../openapi/operation.ts'
import { Refused } from '../problem.ts'
import { refuseWithoutRoom, tableKeeper } from '../registry/room.ts'
import { versionOf } from '../registry/which-map.ts'
import type { Settings } from '../settings/settings.ts'
import type { Traces } from '../traces/traces.ts'
import { eventLines } from './event-lines.ts'

/** The context of the job routes. */
export interface JobParts {
  readonly data: Data
  readonly queue: JobQueue
  readonly runner: JobRunner
  readonly settings: Settings
  readonly traces: Traces | undefined
  /** Aborts when the server shuts down. */
  readonly closing: AbortSignal
}

const params = v.object({ id: v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}$/, 'expected the id of a job')) })

const jobAnswer = v.object({
  id: v.string(),
  state: v.picklist(STATES),
  created: v.string(),
  ended: v.nullable(v.string()),
  epoch: v.number(),
  epochs: v.nullable(v.number()),
  version: v.nullable(v.number()),
  issues: v.array(v.object({ path: v.string(), message: v.string() })),
})

/** Training jobs: create, list, get, follow and cancel. Each caller sees its own jobs; admin sees all. */
export function jobRoutes(routes: Routes, { data, queue, runner, settings, traces, closing }: JobParts): void {
  const isAll = (caller: Caller): boolean => allows(caller, 'admin')
  const jobOf = (id: string, caller: Caller): Job => {
    const job = queue.find(id)
    if (job && (job.owner === caller.id || isAll(caller))) return job
    throw new Refused(404, [{ path: 'id', message: 'no such job' }])
  }
  const jobsOf = (caller: Caller, most: number): Job[] => queue.list(most, isAll(caller) ? undefined : caller.id)
  const example = async (caller: Caller): Promise<Example | null> => {
    const [newest] = jobsOf(caller, 1)
    return newest ? { params: { id: newest.id } } : null
  }
  const found = { 200: { description: 'The job', schema: jobAnswer } }
  routes.on(
    {
      ...{
        method: 'POST',
        group: 'Train maps',
        path: '/v1/jobs',
        summary: 'Train a map; the result becomes its next version',
        scope: 'train',
      },
      body: jobSchema,
      example: async () => ({ bodies: { 'application/json': EXAMPLE_JOB } }),
      answers: { 202: { description: 'The waiting job', schema: jobAnswer } },
    },
    async ({ body, request: { caller }, reply }) => {
      if (settings.jobs.atOnce === 0)
        throw new Refused(403, [{ path: '', message: 'training is turned off on this server (--jobs 0)' }])
      const issues = jobIssues(body, runner.backends, caller.limits)
      if (body.alias !== undefined && !isAll(caller))
        issues.push({ path: 'alias', message: 'expected a key that allows admin' })
      if (issues.length > 0) throw new Refused(400, issues)
      const foreign = [
        ...(isAmong(caller.maps, body.map) ? [] : ['map']),
        ...(body.from === undefined || isAmong(caller.maps, body.from.name) ? [] : ['from.name']),
      ]
      if (foreign.length > 0) {
        const message = `expected a map of this key (${mapsText(caller.maps)}), found another`
        throw new Refused(403, foreign.map((path) => ({ path, message }))) // biome-ignore format: one line
      }
      // How large the map becomes is not known yet: at least one byte.
      await refuseWithoutRoom(data, caller, body.map, 1)
      const { from } = body
      const parent = from && (await versionOf(data.registry, from.name, from))
      const { roots, prefixes, allowPrivate } = settings.jobs
      const rules = { roots, prefixes, allowPrivate }
      const keep = tableKeeper(data, caller, settings.mostUpload)
      const table = await keepTable(body.table, data.tables, rules, keep)
      const { from: _, ...rest } = body
      const traceparent = traces?.parent()
      const kept = {
        ...rest,
        table,
        ...(parent && { from: { name: parent.name, version: parent.version } }),
        limits: caller.limits,
        ...(traceparent && { traceparent }),
      }
      const job = queue.submit(caller.id, kept)
      runner.pump()
      return reply.code(202).header('location', `/v1/jobs/${job.id}`).send(shown(job))
    },
  )
  routes.on(
    {
      ...{
        method: 'GET',
        group: 'Train maps',
        path: '/v1/jobs',
        summary: 'List the last 100 jobs, newest first',
        scope: 'train',
      },
      answers: { 200: { description: 'The jobs', schema: v.object({ jobs: v.array(jobAnswer) }) } },
    },
    async ({ request: { caller } }) => ({ jobs: jobsOf(caller, 100).map(shown) }),
  )
  routes.on(
    {
      ...{
        method: 'GET',
        group: 'Train maps',
        path: '/v1/jobs/:id',
        summary: 'A job',
        scope: 'train',
        params,
        example,
      },
      answers: found,
    },
    async ({ params: { id }, request }) => shown(jobOf(id, request.caller)),
  )
  routes.on(
    {
      ...{
        method: 'DELETE',
        group: 'Train maps',
        path: '/v1/jobs/:id',
        summary: 'Cancel an unfinished job',
        scope: 'train',
        params,
      },
      answers: {
        202: { description: 'The job, which will end soon', schema: jobAnswer },
        409: { description: 'The job has already ended' },
      },
    },
    async ({ params: { id }, request, reply }) => {
      const job = jobOf(id, request.caller)
      if (hasEnded(job)) throw new Refused(409, [{ path: 'id', message: `the job is already ${job.state}` }])
      runner.cancel(job)
      return reply.code(202).send(shown(jobOf(id, request.caller)))
    },
  )
  routes.on(
    {
      ...{ method: 'GET', group: 'Train maps', path: '/v1/jobs/:id/events', scope: 'train', params, example },
      summary: 'Follow a job by server-sent events; Last-Event-ID resumes after that event',
      answers: { 200: { description: 'The events', type: 'text/event-stream' } },
    },
    async ({ params: { id }, request, reply }) => {
      jobOf(id, request.caller)
      const last = /^\d{1,15}$/.exec(String(request.headers['last-event-id'] ?? ''))
      return reply
        .type('text/event-stream')
        .header('x-accel-buffering', 'no')
        .send(Readable.from(eventLines(queue, id, Number(last?.[0] ?? 0), closing)))
    },
  )
}

/** A job as callers see it: without the server's paths. */
function shown({ request, owner: _, ...job }: Job): object {
  const { limits: __, traceparent: ___, table, ...rest } = request
  return { ...job, request: { ...rest, table: { digest: table.digest, name: table.shown } } }
}
