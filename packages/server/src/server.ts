import type { Backend, Som } from '@som/core'
import Fastify, { type FastifyInstance } from 'fastify'
import * as v from 'valibot'
import type { Data } from './data/data.ts'
import { isFull, noRoom } from './data/kept-files.ts'
import { lockFolder } from './data/lock.ts'
import { guard } from './guard.ts'
import { refuseHosts } from './host.ts'
import { boundBodies, InFlight } from './in-flight.ts'
import { JobQueue } from './jobs/queue.ts'
import { JobRunner, type WorkerStart } from './jobs/runner.ts'
import { parseBodies } from './json/parse-bodies.ts'
import { Callers } from './keys/callers.ts'
import { measure } from './metrics.ts'
import { Routes } from './openapi/operation.ts'
import { Pool } from './pool/pool.ts'
import { Refused, sendProblem } from './problem.ts'
import { exampleVersion } from './registry/example-place.ts'
import { type Named, nameSchema, PLACES, versionSchema } from './registry/names.ts'
import type { Version } from './registry/registry.ts'
import { readVersion, usualVersion, versionOf } from './registry/which-map.ts'
import { collectRoute } from './routes/collect.ts'
import { compareRoute } from './routes/compare.ts'
import { docRoutes } from './routes/docs.ts'
import { editClusterRoutes } from './routes/edit-clusters.ts'
import { healthRoutes } from './routes/health.ts'
import { homeRoute } from './routes/home.ts'
import { inferenceRoutes, inferenceServerRoute } from './routes/inference.ts'
import { jobRoutes } from './routes/jobs.ts'
import { lookRoutes } from './routes/looks.ts'
import { mapRoutes } from './routes/maps.ts'
import { modelRoute } from './routes/model.ts'
import { reportRoute } from './routes/reports.ts'
import { predictionRoutes, scoringRoutes } from './routes/scoring.ts'
import { segmentRoute } from './routes/segments.ts'
import { studioRoutes } from './routes/studio.ts'
import { tableRoutes } from './routes/tables.ts'
import { Scorer } from './scoring/scorer.ts'
import { ScorerPool } from './scoring/scorer-pool.ts'
import type { Lease, Serving } from './scoring/serving.ts'
import { STREAM_TYPES } from './scoring/streamed-rows.ts'
import type { Settings } from './settings/settings.ts'
import { shed } from './shed.ts'
import { endConnections, endSlow } from './slow.ts'
import type { Asked, Traces } from './traces/traces.ts'
import { endUnreadable, refuseEncoded } from './unreadable.ts'

/** What a server serves: a single map, a data folder, or both. */
export interface Parts {
  readonly backend: Backend
  readonly som?: Som
  readonly data?: Data
  /** How training processes are started; by default with only the reference backend. */
  readonly workers?: WorkerStart
}

const JS_WORKER: WorkerStart = {
  // The extension of this file: sources start sources.
  entry: new URL(`./jobs/js-worker${import.meta.url.slice(-3)}`, import.meta.url),
  backends: ['js'],
}

/** The name of the single map in platform protocols. */
const MODEL = 'som'
/** Milliseconds after which an idle connection is closed. */
const IDLE_MS = 120_000
/** The bytes of request bodies in memory, of all callers together, if four of the largest take less. */
const LEAST_IN_FLIGHT = 2 ** 26
/** Lists and objects that a JSON body may have regardless of the row limit: a row is one. */
const LEAST_CONTAINERS = 2 ** 20
/** How many maps of the registry stay open. */
const MOST_OPEN = 16

/** A server that is not listening yet. Closing it lets started requests finish first. */
export async function createServer(
  { backend, som, data, workers = JS_WORKER }: Parts,
  settings: Settings,
): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: settings.mostBytes,
    logger: settings.log ? { redact: ['req.headers.authorization', 'req.headers["x-api-key"]'] } : false,
    http: { requireHostHeader: false, headersTimeout: 10_000, connectionsCheckingInterval: 5000 },
    connectionTimeout: IDLE_MS,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    // Fastify's answers to requests that it cannot route or parse, before any of our hooks.
    frameworkErrors: (error, request, reply) =>
      sendProblem(request, reply, error.statusCode ?? 400, 'expected a path of valid, short parts'),
    clientErrorHandler: endUnreadable,
  })
  const traces =
    settings.traces === undefined ? undefined : (await import('./traces/open-traces.ts')).openTraces(settings.traces)
  traces?.follow(app)
  const routes = new Routes(app)
  refuseHosts(app)
  const callers = new Callers(settings.keys, data?.keys, settings.limits)
  guard(app, callers, settings)
  refuseEncoded(app)
  endConnections(app)
  endSlow(app, settings.bodySeconds)
  boundBodies(app, new InFlight(Math.max(LEAST_IN_FLIGHT, 4 * settings.mostBytes)))
  shed(app, settings.mostWaiting)
  tellProblems(app)
  parseBodies(app, Math.max(LEAST_CONTAINERS, 4 * settings.limits.rows))
  app.addContentTypeParser(['application/octet-stream', ...STREAM_TYPES], (_, payload, done) => done(null, payload))
  const { faults } = measure(app, routes)
  app.decorate('pool', new Pool(() => faults.inc()))
  app.addHook('onClose', async ({ pool }) => pool.close())
  healthRoutes(routes)
  inferenceServerRoute(routes)
  if (som) {
    const scorer = await Scorer.open(som, backend)
    app.addHook('onClose', async () => scorer.close())
    const lease = { scorer, release: () => undefined }
    serveOne(routes, async () => traced(lease, traces, { map: MODEL }))
    modelRoute(routes, som)
  }
  let queue: JobQueue | undefined
  if (data) {
    const pool = new ScorerPool(backend, MOST_OPEN)
    app.addHook('onClose', async () => pool.close())
    serveRegistry(routes, pool, { registry: data.registry, backend }, traces)
    mapRoutes(routes, data, settings.mostUpload)
    editClusterRoutes(routes, data)
    queue = await serveJobs(routes, data, workers, settings, traces)
  }
  docRoutes(routes)
  studioRoutes(routes, { model: som !== undefined, maps: data !== undefined })
  const kept = data && queue && { registry: data.registry, queue }
  homeRoute(routes, { ...(som && { som }), ...(kept && { kept }) }, () => callers.isOpen())
  return app
}

/** The single map. */
function serveOne(routes: Routes, lease: Serving<unknown>['lease']): void {
  const serving = { base: '/v1', lease, example: async () => ({}) }
  scoringRoutes(routes, serving, ['/invocations', '/v1/match'])
  predictionRoutes(routes, serving)
  segmentRoute(routes, serving)
  reportRoute(routes, serving)
  lookRoutes(routes, serving)
  inferenceRoutes(routes, { ...serving, base: `/v2/models/${MODEL}` }, () => MODEL)
}

const traced = (lease: Lease, traces: Traces | undefined, asked: Asked): Lease =>
  traces ? { ...lease, scorer: traces.scorer(lease.scorer, asked) } : lease

/** Each map of the registry: by version, by alias, and by name. */
function serveRegistry(
  routes: Routes,
  pool: ScorerPool,
  kept: { readonly registry: Data['registry']; readonly backend: Backend },
  traces: Traces | undefined,
): void {
  const { registry } = kept
  const leased = async (version: Version): Promise<Lease> => {
    const lease = await pool.lease(version.digest, () => readVersion(registry, version, routes.app.pool))
    return traced(lease, traces, { map: version.name, version: version.version })
  }
  const numbered = v.object({ name: nameSchema, version: versionSchema })
  for (const { base, params, example } of PLACES) {
    const serving: Serving<Named> = {
      base,
      params,
      lease: async (which) => leased(await versionOf(registry, which.name, which)),
      example: (within) => example(registry, within),
    }
    scoringRoutes(routes, serving, [`${base}/match`, `${base}/invocations`])
    predictionRoutes(routes, serving)
    segmentRoute(routes, serving)
    compareRoute(routes, serving, kept)
    reportRoute(routes, serving)
    lookRoutes(routes, serving)
  }
  const byNumber: Serving<v.InferOutput<typeof numbered>> = {
    ...{ base: '/v2/models/:name/versions/:version', params: numbered },
    lease: async (which) => leased(await versionOf(registry, which.name, which)),
    example: (within) => exampleVersion(registry, within),
  }
  const byName: Serving<{ readonly name: string }> = {
    ...{ base: '/v2/models/:name', params: v.object({ name: nameSchema }) },
    lease: async ({ name }) => leased(await usualVersion(registry, name)),
    example: async (within) => {
      const place = await exampleVersion(registry, within)
      return place && { name: place.name }
    },
  }
  inferenceRoutes(routes, byNumber, ({ name }) => name)
  inferenceRoutes(routes, byName, ({ name }) => name)
}

/** Training jobs and their tables. Throws a `Refused` if another process serves the folder. */
async function serveJobs(
  routes: Routes,
  data: Data,
  workers: WorkerStart,
  settings: Settings,
  traces: Traces | undefined,
): Promise<JobQueue> {
  const lock = lockFolder(data.folder)
  if (lock === null)
    throw new Refused(409, [{ path: '--data', message: `${data.folder}: another server serves this folder` }])
  const queue = new JobQueue(data.db, settings.jobs.queued)
  const runner = new JobRunner(data, queue, workers, { ...settings.jobs, ...(traces && { traces }) })
  const { app } = routes
  const closing = new AbortController()
  app.addHook('preClose', async () => {
    closing.abort()
    queue.wakeAll()
  })
  app.addHook('onClose', async () => {
    await runner.close()
    lock.release()
  })
  await tableRoutes(routes, data, settings.mostUpload)
  jobRoutes(routes, { data, queue, runner, settings, traces, closing: closing.signal })
  collectRoute(routes, data, queue)
  runner.recover()
  return queue
}

/** Answers every failure with a problem document. Internal details go only to the log. */
function tellProblems(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, 404, `not found: ${request.url.split('?')[0].slice(0, 200)}`),
  )
  app.setErrorHandler((thrown: Error & { statusCode?: number }, request, reply) => {
    const error = isFull(thrown) ? noRoom() : thrown
    if (error instanceof Refused && error.retryAfter !== undefined)
      reply.header('retry-after', String(error.retryAfter))
    if (error instanceof Refused)
      return sendProblem(request, reply, error.status, 'the request cannot be served', error.issues)
    const status = thrown.statusCode ?? 500
    if (status >= 500) request.log.error(error)
    return sendProblem(request, reply, status, status < 500 ? error.message : undefined)
  })
}
