import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Routes } from './openapi/operation.ts'

/** Counts requests for Prometheus, and what should be counted elsewhere. */
export function measure(app: FastifyInstance, routes: Routes): { readonly faults: Counter } {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    ...{ name: 'som_requests_total', help: 'Requests answered', labelNames: ['route', 'status'] },
    registers: [registry],
  })
  const seconds = new Histogram({
    ...{ name: 'som_request_seconds', help: 'Seconds until the response', labelNames: ['route'] },
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  const faults = new Counter({
    ...{ name: 'som_pool_faults_total', help: 'Threads that ended on a request: a fault of the server' },
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    requests.inc({ route, status: String(reply.statusCode) })
    seconds.observe({ route }, reply.elapsedTime / 1000)
  })
  routes.on(
    {
      ...{ method: 'GET', group: 'Server', path: '/metrics', summary: 'Metrics for Prometheus', scope: 'read' },
      answers: { 200: { description: 'The text format of Prometheus', type: 'text/plain' } },
    },
    async ({ reply }) => reply.type(registry.contentType).send(await registry.metrics()),
  )
  return { faults }
}
