import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { serveProcess } from '../../test/serve-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-serve-traces-'))
const started: ChildProcess[] = []
const collectors: Server[] = []
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL')
  for (const collector of collectors) collector.close()
  rmSync(folder, { recursive: true, force: true })
})
const rows = Array.from({ length: 20 }, (_, i) => `${Math.sin(i)},${Math.cos(i * 1.3)}`)
writeFileSync(join(folder, 'rows.csv'), `a,b\n${rows.join('\n')}\n`)

/** Says at the end which packages of OpenTelemetry were loaded. */
const tellLoaded = `data:text/javascript,${encodeURIComponent(`
  import { Session } from 'node:inspector'
  process.on('exit', () => {
    const found = new Set()
    const session = new Session()
    session.connect()
    session.on('Debugger.scriptParsed', ({ params }) => found.add(/@opentelemetry.([a-z-]+)/.exec(params.url)?.[1]))
    session.post('Debugger.enable')
    process.stderr.write(process.pid + ' loaded: ' + JSON.stringify([...found].filter(Boolean)) + '\\n')
  })
`)}`

/**
 * Starts a server with a data folder of its own. Ending it gives its exit code, what it said, and what it had loaded.
 */
async function serve(name: string, words: readonly string[], environment: Record<string, string> = {}) {
  const { child, address, said, written } = await serveProcess(
    ['--data', join(folder, name), '--allow-root', folder, ...words],
    {
      nodeWords: ['--import', tellLoaded],
      environment,
    },
  )
  started.push(child)
  const end = async () => {
    const closed = once(child, 'close')
    child.kill('SIGTERM')
    const [code] = await closed
    // Processes of jobs say theirs as well.
    const loaded: string[] = JSON.parse(new RegExp(`^${child.pid} loaded: (.*)`, 'm').exec(said())?.[1] ?? 'null')
    return { code, said: said(), loaded, written: written() }
  }
  return { address, child, end }
}

const ask = (address: string, body: object, headers: Record<string, string> = {}) =>
  fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

/** As `ask`, with a body that comes when the request has been begun with; gives the status. */
async function askSlowly(address: string, body: object, headers: Record<string, string>): Promise<number | undefined> {
  const asking = request(address, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } })
  const answered = once(asking, 'response')
  const text = JSON.stringify(body)
  asking.flushHeaders()
  await fetch(new URL('/ping', address))
  asking.write(text.slice(0, 10))
  await fetch(new URL('/ping', address))
  asking.end(text.slice(10))
  const [answer] = await answered
  answer.resume()
  return answer.statusCode
}

/** Trains the map `calm`; gives the job's id. */
async function trainCalm(address: string): Promise<string> {
  const wanted = { map: 'calm', table: { path: 'rows.csv' }, options: { epochs: 2 } }
  const { id } = (await (await ask(`${address}/v1/jobs`, wanted)).json()) as { id: string }
  expect(await (await fetch(`${address}/v1/jobs/${id}/events`)).text()).toContain('event: done')
  expect(await (await fetch(`${address}/v1/jobs/${id}`)).text()).not.toContain('traceparent')
  return id
}

interface Told {
  readonly name: string
  readonly kind: number
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly status: { readonly code?: number }
  readonly attributes: Readonly<Record<string, unknown>>
}
type Attribute = { readonly key: string; readonly value: Readonly<Record<string, unknown>> }
const asRecord = (attributes: readonly Attribute[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))

/** A collector that keeps what it is reported by OTLP over HTTP, as JSON. */
async function collect() {
  const spans: Told[] = []
  const asked: unknown[] = []
  const services = new Set<unknown>()
  const server = createServer(async (request, reply) => {
    let text = ''
    for await (const part of request) text += part
    asked.push([request.method, request.url, request.headers['content-type'], request.headers['x-token']])
    for (const { resource, scopeSpans } of JSON.parse(text).resourceSpans) {
      services.add(asRecord(resource.attributes)['service.name'])
      for (const span of scopeSpans.flatMap((scope: { spans: object[] }) => scope.spans))
        spans.push({ ...span, attributes: asRecord(span.attributes) })
    }
    reply.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  return { address: await listening(server), spans, asked, services }
}

async function listening(server: Server): Promise<string> {
  collectors.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a collector hears of each request within the trace of who asked, of its match, and of the job that it began', async () => {
  const collector = await collect()
  // What is reported before the end would be reported after these minutes: the end alone sends it.
  const environment = { OTEL_BSP_SCHEDULE_DELAY: '600000', OTEL_EXPORTER_OTLP_HEADERS: 'x-token=ours' }
  const { address, end } = await serve('told', ['--traces', collector.address], environment)
  const id = await trainCalm(address)
  const path = `${address}/v1/maps/calm/versions/1/match`
  const [trace, parent] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331']
  const two = { columns: ['a', 'b'], data: [[0, 1], [1, 0]] } // biome-ignore format: rows
  const status = await askSlowly(path, { dataframe_split: two }, { traceparent: `00-${trace}-${parent}-01` })
  expect(status).toBe(200)
  const unsampled = '1af7651916cd43dd8448eb211c80319c'
  await ask(path, { dataframe_split: two }, { traceparent: `00-${unsampled}-${parent}-00` })
  expect((await ask(path, { instances: [[1]] }, { traceparent: 'nonsense' })).status).toBe(400)
  await fetch(`${address}/health/ready`)
  await fetch(`${address}/nothing?token=unsaid`)
  expect(collector.spans).toEqual([])
  const { code, said, loaded } = await end()
  expect([code, said]).toEqual([0, expect.not.stringContaining('traces:')])
  expect(loaded).toContain('sdk-trace-base')

  expect(new Set(collector.asked.map(String))).toEqual(new Set(['POST,/v1/traces,application/json,ours']))
  expect(collector.services).toEqual(new Set(['som']))
  const { spans } = collector
  const named = (name: string, i = 0): Told => spans.filter((span) => span.name === name)[i]
  const route = '/v1/maps/:name/versions/:version/match'
  const match = named(`POST ${route}`)
  expect(match).toMatchObject({ kind: 2, traceId: trace, parentSpanId: parent })
  expect(match.attributes).toMatchObject({
    'http.request.method': 'POST',
    'http.route': route,
    'http.response.status_code': 200,
    'som.map': 'calm',
    'som.version': 1,
    'som.rows': 2,
    'som.caller': 'nobody',
  })
  const matched = named('match')
  expect(matched).toMatchObject({ traceId: trace, parentSpanId: match.spanId, attributes: { 'som.rows': 2 } })
  const refused = named(`POST ${route}`, 1)
  expect(refused.attributes['http.response.status_code']).toBe(400)
  // What the caller did wrong is not an error of the server.
  expect(refused.status.code ?? 0).toBe(0)
  expect(refused.traceId).not.toBe(trace)
  const begun = named('POST /v1/jobs')
  const trained = named('train')
  expect(trained).toMatchObject({ traceId: begun.traceId, parentSpanId: begun.spanId })
  expect(trained.attributes).toMatchObject({
    ...{ 'som.job': id, 'som.map': 'calm', 'som.state': 'done', 'som.epochs': 2, 'som.version': 1 },
  })
  expect(named('GET').attributes).toMatchObject({ 'url.path': '/nothing', 'http.response.status_code': 404 })
  const text = JSON.stringify(spans)
  for (const absent of ['health', 'unsaid', unsampled]) expect(text).not.toContain(absent)
})

test('lines of the log name the request, and the trace of one that is traced', async () => {
  const collector = await collect()
  const { address, end } = await serve('logged', ['--log', '--traces', collector.address])
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  await fetch(`${address}/v1/maps`, { headers: { traceparent } })
  await fetch(`${address}/ping`)
  const { code, written } = await end()
  expect(code).toBe(0)
  const lines = written.split('\n').filter((line) => line.startsWith('{'))
  const [maps, ping] = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request completed')
  expect(maps).toMatchObject({ reqId: 'req-1', res: { statusCode: 200 }, trace_id: traceparent.split('-')[1] })
  expect(maps.span_id).toBe(collector.spans.find(({ name }) => name === 'GET /v1/maps')?.spanId)
  expect([ping.reqId, ping.trace_id]).toEqual(['req-2', undefined])
})

test('a job that is interrupted has a span of each process whose server was there at its end, in the trace of who asked for it', async () => {
  const collector = await collect()
  const words = ['--traces', collector.address, '--checkpoint-every', '2']
  const begun = () => serve('interrupted', words, { OTEL_BSP_SCHEDULE_DELAY: '600000' })
  const epochOf = async (address: string) => (await (await fetch(`${address}/v1/jobs/${id}`)).json()).epoch as number
  const goesBeyond = (address: string, epoch: number) => expect.poll(() => epochOf(address)).toBeGreaterThan(epoch)
  const [trace, parent] = ['2af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331']
  const wanted = {
    ...{ map: 'long', table: { path: 'rows.csv' } },
    options: { epochs: 600, lattice: { rows: 22, columns: 22 } },
  }
  const first = await begun()
  const asked = await ask(`${first.address}/v1/jobs`, wanted, { traceparent: `00-${trace}-${parent}-01` })
  const { id } = (await asked.json()) as { id: string }
  await goesBeyond(first.address, 3)
  expect((await first.end()).code).toBe(0)

  const second = await begun()
  await goesBeyond(second.address, await epochOf(second.address))
  const killed = once(second.child, 'exit')
  second.child.kill('SIGKILL')
  await killed

  const third = await begun()
  expect(await (await fetch(`${third.address}/v1/jobs/${id}/events`)).text()).toContain('event: done')
  await third.end()
  const request = collector.spans.find(({ name }) => name === 'POST /v1/jobs')
  const trains = collector.spans.filter(({ name }) => name === 'train')
  for (const { traceId, parentSpanId } of trains) expect([traceId, parentSpanId]).toEqual([trace, request?.spanId])
  // Of the one in between nobody was left to tell; the attempts say that there was one.
  expect(
    trains.map(({ attributes, status }) => [attributes['som.attempt'], attributes['som.state'], status.code ?? 0]),
  ).toEqual([
    [1, 'interrupted', 0],
    [2, 'done', 0],
  ])
  expect(trains[0].attributes['som.epochs']).toBeGreaterThan(3)
  expect(trains[1].attributes).toMatchObject({ 'som.job': id, 'som.epochs': 600, 'som.version': 1 })
})

test('a collector that is down or says nothing keeps no request waiting, and no end', async () => {
  const silent = createServer(() => undefined)
  const quiet = await listening(silent)
  const gone = createServer()
  const down = await listening(gone)
  gone.close()
  const environment = { OTEL_BSP_SCHEDULE_DELAY: '1', OTEL_EXPORTER_OTLP_TIMEOUT: '300' }
  const ends = [quiet, down].map(async (traces, i) => {
    const { address, end } = await serve(`down-${i}`, [], { ...environment, OTEL_EXPORTER_OTLP_ENDPOINT: traces })
    await trainCalm(address)
    for (let n = 0; n < 20; n++)
      expect((await ask(`${address}/v1/maps/calm/versions/1/match`, { instances: [[1, 2]] })).status).toBe(200)
    return end()
  })
  for (const { code, said } of await Promise.all(ends))
    expect([code, said]).toEqual([0, expect.stringContaining('traces: ')])
  silent.closeAllConnections()
})

test('without a collector nothing of tracing is loaded', async () => {
  const { address, end } = await serve('none', [])
  expect((await fetch(`${address}/v1/maps`)).status).toBe(200)
  const { code, loaded } = await end()
  // The metrics load its interface.
  expect([code, loaded]).toEqual([0, ['api']])
})
