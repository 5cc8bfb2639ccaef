import { timingSafeEqual } from 'node:crypto'
import type { Som } from '@som/core'
import { type Backend, metricName, VERSION } from '@som/core'
import Fastify, { type FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { pictureOf } from './pictures.ts'
import { PROBLEM_TYPE, problemDocument, Refused } from './problem.ts'
import { rowsOfCsv, rowsOfJson, rowsOfTensor } from './rows.ts'
import { type Prediction, Scorer } from './scorer.ts'
import { digestOf, type Settings } from './settings.ts'

/** Answered without a key: what a platform asks to know whether the server lives. */
const OPEN_PATHS = new Set([
  '/ping',
  '/version',
  '/health/live',
  '/health/ready',
  '/v2/health/live',
  '/v2/health/ready',
])

/** The name under which platforms know the map. */
const MODEL = 'som'

/** A server of one map, not yet listening. Close it to let requests that it has begun end first. */
export async function createServer(som: Som, backend: Backend, settings: Settings): Promise<FastifyInstance> {
  const scorer = await Scorer.open(som, backend)
  const app = Fastify({
    bodyLimit: settings.mostBytes,
    logger: settings.log ? { redact: ['req.headers.authorization', 'req.headers["x-api-key"]'] } : false,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
  })
  app.addHook('onClose', async () => scorer.close())
  guard(app, settings)
  measure(app)
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .type(PROBLEM_TYPE)
      .send(problemDocument(404, `nothing is at ${request.url.split('?')[0].slice(0, 200)}`)),
  )
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error instanceof Refused) {
      return reply
        .code(error.status)
        .type(PROBLEM_TYPE)
        .send(problemDocument(error.status, 'the request cannot be served', error.issues))
    }
    const status = error.statusCode ?? 500
    if (status >= 500) request.log.error(error)
    // What went wrong within is in the log, and nobody else's business.
    return reply
      .code(status)
      .type(PROBLEM_TYPE)
      .send(problemDocument(status, status < 500 ? error.message : undefined))
  })
  app.addContentTypeParser('text/csv', { parseAs: 'string' }, (_, body, done) => done(null, body))

  for (const path of ['/ping', '/health/live', '/health/ready', '/v2/health/live', '/v2/health/ready']) {
    app.get(path, async () => ({ status: 'ok' }))
  }
  app.get('/version', async (_, reply) => reply.type('text/plain').send(VERSION))
  scoringRoutes(app, scorer, settings)
  inferenceRoutes(app, scorer, settings)
  app.get('/v1/map', async () => describe(som))
  app.get<{ Params: { name: string }; Querystring: { feature?: string } }>(
    '/v1/plots/:name.svg',
    async (request, reply) => {
      const picture = pictureOf(som, request.params.name, request.query.feature)
      if (picture === null) return reply.callNotFound()
      return reply
        .type('image/svg+xml')
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
        .send(picture)
    },
  )
  return app
}

/** Keys, where there are any, compared in constant time; headers that keep browsers from guessing. */
function guard(app: FastifyInstance, { keys }: Settings): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store')
    if (keys.length === 0 || OPEN_PATHS.has(request.url.split('?')[0])) return
    const [, bearer] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? []
    const header = request.headers['x-api-key']
    const given = digestOf(bearer ?? (typeof header === 'string' ? header : ''))
    const isKnown = keys.map((key) => timingSafeEqual(key, given)).includes(true)
    if (isKnown) return
    await reply
      .code(401)
      .header('www-authenticate', 'Bearer')
      .type(PROBLEM_TYPE)
      .send(problemDocument(401, 'expected a key: Authorization: Bearer <key>, or X-Api-Key'))
  })
}

function measure(app: FastifyInstance): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    ...{ name: 'som_requests_total', help: 'Requests answered', labelNames: ['route', 'status'] },
    registers: [registry],
  })
  const seconds = new Histogram({
    ...{ name: 'som_request_seconds', help: 'Seconds until the answer', labelNames: ['route'] },
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    requests.inc({ route, status: String(reply.statusCode) })
    seconds.observe({ route }, reply.elapsedTime / 1000)
  })
  app.get('/metrics', async (_, reply) => reply.type(registry.contentType).send(await registry.metrics()))
}

/** MLflow's scoring protocol. */
function scoringRoutes(app: FastifyInstance, scorer: Scorer, { mostRows }: Settings): void {
  const score = async (body: unknown): Promise<{ predictions: Prediction[] }> => {
    const samples =
      typeof body === 'string' ? rowsOfCsv(body, scorer.som, mostRows) : rowsOfJson(body, scorer.som, mostRows)
    return { predictions: await scorer.score(samples) }
  }
  app.post('/invocations', (request) => score(request.body))
  app.post('/v1/match', (request) => score(request.body))
}

interface InferenceRequest {
  readonly id?: unknown
  readonly inputs?: readonly { readonly shape?: unknown; readonly data?: unknown }[]
}

/** The Open Inference Protocol, version 2, by JSON. */
function inferenceRoutes(app: FastifyInstance, scorer: Scorer, { mostRows }: Settings): void {
  const width = scorer.som.features.length
  const outputs = [
    { name: 'unit', datatype: 'INT64', shape: [-1] },
    { name: 'distance', datatype: 'FP64', shape: [-1] },
    ...(scorer.som.clusters ? [{ name: 'cluster', datatype: 'INT64', shape: [-1] }] : []),
    ...(scorer.som.seen ? [{ name: 'p_value', datatype: 'FP64', shape: [-1] }] : []),
  ]
  app.get('/v2', async () => ({ name: 'som', version: VERSION, extensions: [] }))
  app.get(`/v2/models/${MODEL}`, async () => ({
    name: MODEL,
    versions: ['1'],
    platform: 'som',
    inputs: [{ name: 'samples', datatype: 'FP64', shape: [-1, width] }],
    outputs,
  }))
  app.get(`/v2/models/${MODEL}/ready`, async () => ({ name: MODEL, ready: true }))
  app.post(`/v2/models/${MODEL}/infer`, async (request) => {
    const body = (request.body ?? {}) as InferenceRequest
    const input = Array.isArray(body.inputs) && body.inputs.length === 1 ? body.inputs[0] : undefined
    if (!Array.isArray(input?.shape) || !Array.isArray(input.data)) {
      throw new Refused(400, [{ path: 'inputs', message: 'expected one tensor with shape and data' }])
    }
    const found = await scorer.score(rowsOfTensor(input.shape, input.data.flat(), scorer.som, mostRows))
    const columns: Record<string, (row: Prediction) => number | null | undefined> = {
      unit: ({ unit }) => unit,
      distance: ({ distance }) => distance,
      cluster: ({ cluster }) => cluster,
      p_value: ({ p_value }) => p_value,
    }
    return {
      model_name: MODEL,
      ...(typeof body.id === 'string' && { id: body.id }),
      outputs: outputs.map((output) => ({ ...output, shape: [found.length], data: found.map(columns[output.name]) })),
    }
  })
}

/** What the map is, less its numbers. */
function describe(som: Som): object {
  return {
    lattice: som.lattice,
    metric: metricName(som.metric),
    features: som.features.map(({ name, preprocessing }) => ({ name, method: preprocessing.method })),
    clusters: som.clusters && { count: som.clusters.count, names: som.clusters.names ?? null },
    quantizationError: som.seen?.quantizationError ?? null,
    topographicError: som.seen?.topographicError ?? null,
    trainedRows: som.training.rows,
    version: som.training.version,
  }
}
