import { clusterUnits, js, match, type Samples, type Som, samplesOf, train } from '@som/core'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsFor } from '../test/settings-for.ts'
import { createServer, settingsOf } from './index.ts'
import type { GivenSettings } from './settings/setting-table.ts'
import type { Settings } from './settings/settings.ts'

const rows = Array.from({ length: 40 }, (_, i) => [Math.sin(i) * 9, Math.cos(i * 1.3)])
const samples = samplesOf(rows, ['a, "b"', 'c'])
let som: Som
let app: FastifyInstance
let address: string

const settings = (environment: NodeJS.ProcessEnv = {}): Settings =>
  settingsFor({ maxRows: 500, maxBody: 50000 }, environment)

beforeAll(async () => {
  const trained = (await train({ samples, lattice: { rows: 4, columns: 5 }, epochs: 4 })).unwrapOrElse(() => {
    throw new Error('not trained')
  })
  const clusters = clusterUnits(trained, { count: 3 })
  som = { ...trained, ...(clusters.isOk && { clusters: clusters.value.clusters }) }
  app = await createServer({ som, backend: js() }, settings())
  address = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => app.close())

async function post(path: string, body: unknown, type = 'application/json') {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await fetch(address + path, { method: 'POST', headers: { 'content-type': type }, body: text })
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.json() }
}

describe('POST /invocations', () => {
  const names = ['a, "b"', 'c']
  const forms: [string, unknown, string?][] = [
    [
      'dataframe_split',
      { dataframe_split: { columns: ['c', 'a, "b"', 'more'], data: rows.map(([a, c]) => [c, a, 'x']) } },
    ],
    ['dataframe_records', { dataframe_records: rows.map(([a, c]) => ({ c, [names[0]]: a, more: null })) }],
    ['instances', { instances: rows }],
    ['inputs', { inputs: rows }],
    ['inputs, a list for each column', { inputs: { c: rows.map(([, c]) => c), [names[0]]: rows.map(([a]) => a) } }],
    ['CSV', `c,"a, ""b"""\n${rows.map(([a, c]) => `${c},${a}`).join('\n')}\n`, 'text/csv'],
  ]

  it.each(forms)('by %s finds what match finds', async (_, body, type) => {
    const found = await post('/invocations', body, type)
    const ours = (await match(som, samples)).unwrapOr(null)
    expect(found.status).toBe(200)
    expect(found.body.predictions.map(({ unit }: { unit: number }) => unit)).toEqual([...(ours?.unit ?? [])])
    const [first] = found.body.predictions
    expect(first.distance).toBeCloseTo(ours?.distance[0] ?? 0, 6)
    expect(first.cluster).toBe((som.clusters?.of[first.unit] ?? -1) + 1)
    expect(first.p_value).toBeGreaterThan(0)
  })

  it('answers a row without any value, and rows of many requests at once', async () => {
    expect((await post('/invocations', { instances: [[null, null]] })).body.predictions[0]).toMatchObject({
      unit: null,
      distance: null,
      p_value: null,
    })
    const many = await Promise.all(rows.map((row) => post('/invocations', { instances: [row] })))
    const together = await post('/invocations', { instances: rows })
    expect(many.map(({ body }) => body.predictions[0])).toEqual(together.body.predictions)
  })

  it('refuses what it cannot serve by a problem document with every issue', async () => {
    const { status, type, body } = await post('/invocations', {
      dataframe_records: [{ c: 'x' }, { c: 1, 'a, "b"': 2 }],
    })
    expect([status, type]).toEqual([400, 'application/problem+json; charset=utf-8'])
    expect(body).toMatchObject({ title: 'Bad Request', status: 400 })
    expect(body.issues).toEqual([
      { path: 'dataframe_records[0].a, "b"', message: 'expected a number or null, found nothing' },
      { path: 'dataframe_records[0].c', message: 'expected a number or null, found "x"' },
    ])
    const uneven = await post('/invocations', { inputs: { c: [1, 2], 'a, "b"': [3], d: 4 } })
    expect(uneven.body.issues.map(({ path }: { path: string }) => path)).toEqual(['inputs.d', 'inputs.a, "b"'])
    expect((await post('/invocations', { inputs: { c: [1] } })).status).toBe(400)
    expect((await post('/invocations', '{"instances": [[1', 'application/json')).status).toBe(400)
    expect((await post('/invocations', { instances: Array(501).fill([1, 2]) })).status).toBe(413)
    expect((await post('/invocations', { instances: [[1, 2, 'x'.repeat(60_000)]] })).status).toBe(413)
    expect((await post('/invocations', '<x/>', 'application/xml')).status).toBe(415)
  })

  it('answers no body whatever with an error of its own', async () => {
    const body = fc.oneof(
      fc.json(),
      fc.record({ instances: fc.jsonValue() }).map((value) => JSON.stringify(value)),
      fc
        .record({ dataframe_split: fc.record({ columns: fc.jsonValue(), data: fc.jsonValue() }) })
        .map((value) => JSON.stringify(value)),
      fc.string(),
    )
    const type = fc.constantFrom('application/json', 'text/csv', 'text/plain', '')
    const path = fc.oneof(
      fc.constantFrom('/invocations', '/v2/models/som/infer', '/v1/plots/u-matrix.svg'),
      fc.webPath(),
    )
    await fc.assert(
      fc.asyncProperty(path, type, body, async (url, contentType, payload) => {
        const answer = await app.inject({
          method: 'POST',
          url: url || '/',
          headers: { 'content-type': contentType },
          payload,
        })
        expect(answer.statusCode).toBeLessThan(500)
        expect(answer.body).not.toContain('node_modules')
      }),
      { numRuns: 400 },
    )
  })
})

it('the Open Inference Protocol knows the model, and infers', async () => {
  const model = await (await fetch(`${address}/v2/models/som`)).json()
  expect(model.inputs).toEqual([{ name: 'samples', datatype: 'FP64', shape: [-1, 2] }])
  const input = { name: 'samples', datatype: 'FP64', shape: [40, 2], data: rows.flat() }
  const { body } = await post('/v2/models/som/infer', { id: '7', inputs: [input] })
  const ours = (await match(som, samples)).unwrapOr(null)
  expect(body).toMatchObject({ model_name: 'som', id: '7' })
  expect(body.outputs[0]).toEqual({ name: 'unit', datatype: 'INT64', shape: [40], data: [...(ours?.unit ?? [])] })
  const refused = await post('/v2/models/som/infer', { inputs: [{ ...input, shape: [40, 3] }] })
  expect([refused.status, refused.body.error]).toEqual([400, expect.stringMatching(/^inputs\[0\]\.shape: expected/)])
  expect((await post('/v1/match', {})).body).not.toHaveProperty('error')
  // Some clients never say that what they send is JSON.
  const headers = { 'content-type': '' }
  const payload = JSON.stringify({ inputs: [input] })
  const untold = await app.inject({ method: 'POST', url: '/v2/models/som/infer', headers, payload })
  expect([untold.statusCode, untold.json().outputs[0]]).toEqual([200, body.outputs[0]])
})

it('pictures, metrics and health are there, and nothing beyond them', async () => {
  const status = async (path: string): Promise<number> => (await fetch(address + path)).status
  const svg = await fetch(`${address}/v1/plots/u-matrix.svg`)
  expect(svg.headers.get('content-type')).toBe('image/svg+xml')
  expect(await svg.text()).toMatch(/^<svg /)
  expect(await status('/v1/plots/component-plane.svg?feature=c')).toBe(200)
  expect(await (await fetch(`${address}/metrics`)).text()).toContain('som_requests_total{route="/invocations"')
  for (const path of ['/ping', '/version', '/health/live', '/health/ready', '/v1/map'])
    expect(await status(path)).toBe(200)
  for (const path of [
    '/v1/plots/../../map.som',
    '/v1/plots/%2e%2e%2fmap.svg',
    '/v1/plots/constructor.svg',
    '/v1/plots/__proto__.svg',
    '/map.som',
  ]) {
    expect(await status(path)).toBe(404)
  }
})

it('the segment of each row is the name of its cluster, with a p-value', async () => {
  const { status, body } = await post('/v1/segment', { instances: [...rows.slice(0, 5), [null, null]] })
  const ours = (await match(som, samples)).unwrapOr(null)
  expect(status).toBe(200)
  expect(body.segments).toHaveLength(6)
  expect(body.segments[0].cluster).toBe((som.clusters?.of[ours?.unit[0] ?? -1] ?? -1) + 1)
  expect(body.segments[0].segment).toBe(`cluster ${body.segments[0].cluster}`)
  expect(body.segments[0].p_value).toBeGreaterThan(0)
  expect(body.segments[5]).toEqual({ segment: null, cluster: null, p_value: null })
  const { clusters: _, ...plain } = som
  const other = await createServer({ som: plain, backend: js() }, settings())
  const answer = await other.inject({ method: 'POST', url: '/v1/segment', payload: { instances: rows } })
  expect([answer.statusCode, answer.json().issues[0].path]).toEqual([409, 'map'])
  await other.close()
})

it('pictures are there as PNG of the width that is requested, within bounds', async () => {
  const { default: sharp } = await import('sharp')
  const found = await fetch(`${address}/v1/plots/u-matrix.png?width=300`)
  expect(found.headers.get('content-type')).toBe('image/png')
  const { width, format } = await sharp(Buffer.from(await found.arrayBuffer())).metadata()
  expect([width, format]).toEqual([300, 'png'])
  expect((await fetch(`${address}/v1/plots/hits.png`)).status).toBe(200)
  for (const wrong of ['4001', '39', '1e3', '-5', ''])
    expect((await fetch(`${address}/v1/plots/hits.png?width=${wrong}`)).status).toBe(400)
  expect((await fetch(`${address}/v1/plots/nothing.png`)).status).toBe(404)
})

it('pictures give colours to values by a scale and over a range, and say why one is refused', async () => {
  const picture = (query: string) => fetch(`${address}/v1/plots/${query}`)
  const beyond = await (await picture('u-matrix.svg?scale=quantile&range=0,0.01')).text()
  expect(beyond).toMatch(/cells above 0\.01, up to/)
  expect((await picture('component-planes.png?scale=quantile&width=300')).status).toBe(200)
  const refused = async (query: string) => {
    const found = await picture(query)
    return [found.status, (await found.json()).issues]
  }
  expect(await refused('u-matrix.svg?range=2,1')).toEqual([
    400,
    [{ path: 'range', message: 'expected two numbers with a comma between, the lower first' }],
  ])
  expect(await refused('u-matrix.svg?scale=log&range=0,1')).toEqual([
    400,
    [{ path: 'range', message: 'expected numbers above 0 for the scale log, found 0,1' }],
  ])
  expect(await refused('training-curve.svg?scale=log')).toEqual([
    400,
    [{ path: 'scale', message: 'is for values as colours, and training-curve has none' }],
  ])
  expect((await picture('u-matrix.svg?scale=root')).status).toBe(400)
})

it('a report of rows is a page that loads nothing, and may do nothing beyond itself', async () => {
  const headers = { 'content-type': 'application/json' }
  const ask = (instances: unknown) =>
    fetch(`${address}/v1/report.html`, { method: 'POST', headers, body: JSON.stringify({ instances }) })
  const found = await ask(rows)
  expect(found.headers.get('content-type')).toContain('text/html')
  expect(found.headers.get('content-security-policy')).toContain("default-src 'none'")
  const text = await found.text()
  expect(text).toContain('40 rows of a request')
  expect(text).not.toMatch(/(src|href)="?http/)
  expect((await ask([])).status).toBe(400)
  expect((await ask([[null, null]])).status).toBe(400)
})

describe('keys', () => {
  const key = 'a-key-of-sixteen-or-more'

  it('are requested, but not for health; a wrong one is refused', async () => {
    const guarded = await createServer(
      { som, backend: js() },
      settings({ SOM_API_KEYS: `other-key-of-sixteen,${key}` }),
    )
    const status = async (url: string, headers = {}): Promise<number> =>
      (await guarded.inject({ url, headers })).statusCode
    expect(await status('/v1/map')).toBe(401)
    expect(await status('/v1/map', { authorization: 'Bearer wrong' })).toBe(401)
    expect(await status('/v1/map', { authorization: `Bearer ${key}` })).toBe(200)
    expect(await status('/v1/map', { 'x-api-key': key })).toBe(200)
    expect(await status('/health/live')).toBe(200)
    expect(JSON.stringify(settings({ SOM_API_KEYS: key }))).not.toContain(key)
    await guarded.close()
  })

  it('are needed beyond the loopback, unless it is stated plainly that none are', () => {
    const told = (written: GivenSettings, environment = {}) => {
      const found = settingsOf({ model: 'map.som', ...written }, environment)
      return found.isOk ? 'started' : found.error.map(({ path }) => path).join()
    }
    expect(told({ host: '0.0.0.0' })).toBe('--host')
    expect(told({ host: '0.0.0.0', open: true })).toBe('started')
    expect(told({ host: '0.0.0.0' }, { SOM_API_KEYS: key })).toBe('started')
    expect(told({ model: undefined, port: 1.5, maxRows: 0 }, { SOM_API_KEYS: 'short' })).toBe(
      '--port,--max-rows,--model,SOM_API_KEYS',
    )
  })
})

describe('a map of categories and times', () => {
  const table: Samples = {
    features: ['kind=a', 'kind=b', 'size', 'when'],
    rows: 6,
    data: Float64Array.from([1, 0, 1, 10, 0, 1, 2, 20, 1, 0, 3, 30, 0, 1, 4, 41, 1, 0, 5, 50, 0, 1, 6.5, 60]),
    sources: [
      { column: 'kind', level: 'a' },
      { column: 'kind', level: 'b' },
      undefined,
      { column: 'when', time: 'days' },
    ],
  }

  it('takes rows by the columns of its table, or by its features', async () => {
    const made = (await train({ samples: table, lattice: { rows: 2, columns: 3 }, epochs: 3 })).unwrapOrElse(() => {
      throw new Error('not trained')
    })
    const server = await createServer({ som: made, backend: js() }, settings())
    const ask = async (payload: object) =>
      (await server.inject({ method: 'POST', url: '/invocations', payload })).json()
    const unit = (await match(made, table)).unwrapOr(null)?.unit[3]
    const day = '1970-02-11'
    const forms = [
      { dataframe_records: [{ kind: 'b', size: 4, when: day }] },
      { dataframe_records: [{ 'kind=a': 0, 'kind=b': 1, size: 4, when: 41 }] },
      { dataframe_split: { columns: ['when', 'size', 'kind'], data: [[day, 4, 'b']] } },
      { dataframe_split: { columns: table.features, data: [[0, 1, 4, 41]] } },
      { instances: [['b', 4, `${day}T00:00:00Z`]] },
      { instances: [[0, 1, 4, 41]] },
    ]
    for (const form of forms) expect((await ask(form)).predictions[0].unit).toBe(unit)
    const csv = {
      method: 'POST',
      url: '/invocations',
      headers: { 'content-type': 'text/csv' },
      payload: `kind,size,when\nb,4,${day}\n`,
    } as const
    expect((await server.inject(csv)).json().predictions[0].unit).toBe(unit)
    expect((await ask({ dataframe_records: [{ kind: 'b', size: 4, when: 'soon' }] })).issues).toEqual([
      {
        path: 'dataframe_records[0].when',
        message: 'expected a date or time such as 2024-05-01T12:00:00Z, or null, found "soon"',
      },
    ])
    await server.close()
  })
})
