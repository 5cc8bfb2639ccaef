import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type Context,
  DiagLogLevel,
  defaultTextMapGetter,
  defaultTextMapSetter,
  diag,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { VERSION } from '@som/core'
import type { FastifyRequest } from 'fastify'
import { hasEnded, type Job } from '../jobs/job.ts'
import { onceOver } from '../once-over.ts'
import type { Scorer } from '../scoring/scorer.ts'
import type { Traces } from './traces.ts'

/**
 * Milliseconds that sending may take, unless the environment sets another limit: a server that shuts down waits for it.
 */
const PATIENCE_MS = 3000
/** How many matches of one request get a span each: a stream may have a million. */
const MOST_MATCHES = 20

/** The request being answered. */
interface Answering {
  readonly span: Span
  readonly context: Context
  rows: number
  milliseconds: number
  matches: number
}

/**
 * Sends spans to a collector by OTLP over HTTP, as JSON: to `address`, or where OpenTelemetry's environment variables
 * say. These set everything else, too.
 */
export function openTraces(address: string): Traces {
  diag.setLogger(toLog(), { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true })
  const { OTEL_EXPORTER_OTLP_TIMEOUT: all, OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: own } = process.env
  const exporter = new OTLPTraceExporter({
    ...(address !== '' && { url: `${address.replace(/\/+$/, '')}/v1/traces` }),
    ...(!(all || own) && { timeoutMillis: PATIENCE_MS }),
  })
  const named = resourceFromAttributes({ 'service.name': 'som', 'service.version': VERSION })
  const provider = new BasicTracerProvider({
    resource: named.merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  })
  const tracer = provider.getTracer('@som/server', VERSION)
  const propagator = new W3CTraceContextPropagator()
  const current = new AsyncLocalStorage<Answering>()
  const contextOf = (carrier: object): Context => propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter)

  const begin = (request: FastifyRequest): Answering => {
    const { method, headers, routeOptions, url } = request
    const path = url.split('?')[0].slice(0, 300)
    const name = routeOptions.url ? `${method} ${routeOptions.url}` : method
    const attributes = {
      ...{ 'http.request.method': method, 'url.path': path, 'url.scheme': 'http' },
      ...(routeOptions.url && { 'http.route': routeOptions.url }),
    }
    const parent = contextOf(headers)
    const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent)
    return { span, context: trace.setSpan(parent, span), rows: 0, milliseconds: 0, matches: 0 }
  }

  return {
    follow(app) {
      const answering = new WeakMap<FastifyRequest, Answering>()
      app.addHook('onRequest', (request, reply, done) => {
        if (request.routeOptions.config.scope === null && request.headers.traceparent === undefined) return done()
        const found = begin(request)
        answering.set(request, found)
        // From here on log lines say which trace they belong to.
        const { traceId, spanId } = found.span.spanContext()
        request.log = request.log.child({ trace_id: traceId, span_id: spanId })
        reply.log = request.log
        current.run(found, done)
      })
      const end = (request: FastifyRequest, status: number | undefined): void => {
        const found = answering.get(request)
        if (!found) return
        answering.delete(request)
        const { span, rows, milliseconds } = found
        if (status !== undefined) span.setAttribute('http.response.status_code', status)
        if (request.caller) span.setAttribute('som.caller', request.caller.id)
        if (found.matches > 0) span.setAttributes({ 'som.rows': rows, 'som.match_ms': milliseconds })
        if (status === undefined || status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
        span.end()
      }
      onceOver(app, (request, reply) => end(request, reply.raw.writableFinished ? reply.statusCode : undefined))
      app.addHook('onClose', async () => {
        await provider.shutdown().catch(() => undefined)
      })
    },
    scorer(scorer, { map, version }) {
      const found = current.getStore()
      if (!found) return scorer
      found.span.setAttributes({ 'som.map': map, ...(version !== undefined && { 'som.version': version }) })
      const timed = async <T>(rows: number, work: () => Promise<T>): Promise<T> => {
        const isTold = found.matches++ < MOST_MATCHES
        const span = isTold ? tracer.startSpan('match', { attributes: { 'som.rows': rows } }, found.context) : undefined
        const begun = performance.now()
        try {
          return await work()
        } finally {
          found.rows += rows
          found.milliseconds += performance.now() - begun
          span?.end()
        }
      }
      const watched: Pick<Scorer, 'match' | 'matchReady' | 'nearest'> = {
        match: (samples) => timed(samples.rows, () => scorer.match(samples)),
        matchReady: (rows) => timed(rows.rows, () => scorer.matchReady(rows)),
        nearest: (k, rows, watch) => timed(rows?.matrix.rows ?? 0, () => scorer.nearest(k, rows, watch)),
      }
      return Object.assign(Object.create(scorer), watched)
    },
    parent() {
      const carrier: Record<string, string> = {}
      const found = current.getStore()
      if (found) propagator.inject(found.context, carrier, defaultTextMapSetter)
      return carrier.traceparent
    },
    job(job) {
      const { id, request, attempts } = job
      const attributes = { 'som.job': id, 'som.map': request.map, 'som.attempt': attempts }
      const parent = contextOf({ traceparent: request.traceparent })
      const span = tracer.startSpan('train', { attributes }, parent)
      return (ended) => {
        span.setAttributes(ended ? endOf(ended) : {})
        if (ended?.state === 'failed') span.setStatus({ code: SpanStatusCode.ERROR })
        span.end()
      }
    },
  }
}

const endOf = (job: Job): Record<string, string | number> => ({
  'som.state': hasEnded(job) ? job.state : 'interrupted',
  'som.epochs': job.epoch,
  ...(job.version !== null && { 'som.version': job.version }),
})

/** Reports problems with sending, each once. */
function toLog() {
  const told = new Set<string>()
  const tell = (...words: unknown[]): void => {
    const text = words
      .map((word) => (word instanceof Error ? word.message : String(word)))
      .join(' ')
      .slice(0, 300)
    if (told.size > 100 || told.has(text)) return
    told.add(text)
    process.stderr.write(`traces: ${text}\n`)
  }
  const nothing = (): void => undefined
  return { error: tell, warn: tell, info: nothing, debug: nothing, verbose: nothing }
}
