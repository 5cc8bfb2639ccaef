import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { js, samplesOf, train } from '@som/core'
import { encodeModel } from '@som/io'
import { tableFromArrays, tableToIPC } from 'apache-arrow'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { sourceWorkers } from '../../test/worker.ts'
import { createServer, type Data, openData } from '../index.ts'
import { depositOf } from '../registry/deposit-of.ts'

type Schema = Readonly<Record<string, unknown>>
interface Described {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[]
  readonly requestBody?: {
    readonly description?: string
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>
  }
  readonly responses: Readonly<Record<string, unknown>>
}

const folder = mkdtempSync(join(tmpdir(), 'som-openapi-'))
const agent = new Agent({ keepAlive: true, maxSockets: 4 })
let data: Data
let app: FastifyInstance
let address: string
let operations: { readonly path: string; readonly method: string; readonly told: Described }[]

beforeAll(async () => {
  const rows = Array.from({ length: 20 }, (_, i) => [Math.sin(i), Math.cos(i * 1.3)])
  const som = (
    await train({ samples: samplesOf(rows, ['a', 'b']), lattice: { rows: 2, columns: 2 }, epochs: 1 })
  ).unwrapOrElse(() => {
    throw new Error('not trained')
  })
  data = openData(folder)
  await data.registry.put(depositOf('a', som), encodeModel(som).unwrapOr([]))
  await data.registry.setAlias('a', 'champion', 1)
  const settings = settingsFor({ data: folder, maxEpochs: 5, maxUnits: 50, maxBody: 100000, allowRoot: [folder] })
  app = await createServer({ som, backend: js(), data, workers: sourceWorkers }, settings)
  address = await app.listen({ host: '127.0.0.1', port: 0 })
  const { paths } = await (await fetch(`${address}/openapi.json`)).json()
  operations = Object.entries(paths as Record<string, Record<string, Described>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]) => ({ path, method: method.toUpperCase(), told })),
  )
})
afterAll(async () => {
  agent.destroy()
  await app.close()
  data.close()
  rmSync(folder, { recursive: true })
})

/** Values that a schema describes, more or less: now and then one that it does not. */
function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 12, arbitrary: rightOf(schema) },
    { weight: 1, arbitrary: fc.jsonValue() },
    { weight: 1, arbitrary: fc.constantFrom(null, -1, 1e308, '', '../../etc/passwd', '\0', '__proto__') },
  )
}

function rightOf(schema: Schema): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum)
  const choices = schema.oneOf ?? schema.anyOf
  if (Array.isArray(choices)) return fc.oneof(...choices.map(valuesOf))
  const type = Array.isArray(schema.type) ? schema.type : [schema.type]
  return fc.oneof(...type.map((each) => typed(String(each), schema)))
}

function typed(type: string, schema: Schema): fc.Arbitrary<unknown> {
  if (type === 'object') {
    const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>)
    const known = fc.record(Object.fromEntries(properties.map(([name, each]) => [name, valuesOf(each)])), {
      requiredKeys: Array.isArray(schema.required) ? schema.required : [],
    })
    const more =
      typeof schema.additionalProperties === 'object' ? valuesOf(schema.additionalProperties as Schema) : fc.jsonValue()
    const extra = fc.dictionary(fc.constantFrom('a', 'b', 'x', '__proto__', 'constructor'), more, { maxKeys: 2 })
    return properties.length > 0 ? known : extra
  }
  if (type === 'array') return fc.array(valuesOf((schema.items ?? {}) as Schema), { maxLength: 4 })
  if (type === 'string')
    return fc.oneof(
      fc.constantFrom('a', '1', 'champion', 'js', 'rows.csv', '7'),
      fc.string({ unit: 'binary', maxLength: 30 }),
    )
  if (type === 'number') return fc.oneof(fc.double(), fc.integer({ min: -3, max: 60 }))
  if (type === 'integer') return fc.integer({ min: -3, max: 60 })
  return type === 'boolean' ? fc.boolean() : type === 'null' ? fc.constant(null) : fc.jsonValue()
}

interface Bad {
  readonly method: string
  readonly url: string
  readonly type: string
  readonly body: string | Uint8Array
}

/** Rows as Arrow, in which a few bytes are others, or which end early. */
const ARROW = tableToIPC(
  tableFromArrays({ a: Float32Array.of(1, 2, 3), b: Float32Array.of(3, 2, 1), k: ['x', 'y', 'x'] }),
)
const brokenArrow = fc
  .tuple(
    fc.array(fc.tuple(fc.nat(ARROW.length - 1), fc.nat(255)), { maxLength: 6 }),
    fc.oneof(fc.constant(ARROW.length), fc.nat(ARROW.length)),
  )
  .map(([changes, length]) => {
    const body = ARROW.slice()
    for (const [at, byte] of changes) body[at] = byte
    return body.subarray(0, length)
  })

const requestOf = ({ path, method, told }: (typeof operations)[number]): fc.Arbitrary<Bad> => {
  const types = Object.entries(told.requestBody?.content ?? {})
  const parameters = told.parameters.map(({ schema }) => fc.option(valuesOf(schema), { freq: 8, nil: undefined }))
  const bodies: fc.Arbitrary<Pick<Bad, 'type' | 'body'>> = fc.oneof(
    ...(types.length > 0 ? types : [['application/json', { schema: {} }] as const]).map(([type, { schema }]) =>
      valuesOf(schema).map((value) => ({
        type,
        body: typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
      })),
    ),
    fc.record({
      type: fc.constantFrom('application/json', 'text/csv', 'application/vnd.apache.arrow.stream', 'x'),
      body: fc.string(),
    }),
    brokenArrow.map((body) => ({ type: 'application/vnd.apache.arrow.stream', body })),
  )
  return fc.tuple(fc.tuple(...parameters), bodies).map(([values, { type, body }]) => {
    const query = new URLSearchParams()
    let url = path
    told.parameters.forEach((parameter, i) => {
      const text = typeof values[i] === 'object' ? JSON.stringify(values[i]) : String(values[i] ?? 'a')
      if (parameter.in === 'path')
        url = url.replace(`{${parameter.name}}`, encodeURIComponent(wellFormed(text)) || '%20')
      else if (values[i] !== undefined) query.set(parameter.name, wellFormed(text))
    })
    return { method, url: `${url}?${query}`, type, body: method === 'GET' ? '' : body }
  })
}

function send({ method, url, type, body }: Bad): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = body.length === 0 ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) }
    const call = request(address + url, { method, agent, headers }, async (answer) => {
      let text = ''
      for await (const part of answer) text += part
      resolve({ status: answer.statusCode ?? 0, text })
    })
    call.once('error', reject)
    call.end(body)
  })
}

/** A hundred thousand from one seed in `npm run test:services`, a million by hand; a thousand from any seed here. */
const DRAWN = process.env.SOM_DRAWN
const RUNS = DRAWN === undefined ? { numRuns: 1000 } : { numRuns: Number(DRAWN), seed: 1 }
/** Milliseconds that they may take altogether. */
const PATIENCE = 180_000 + 20 * Number(DRAWN ?? 0)

describe('the description of the interface', () => {
  it('names every route once, and says about each what may go wrong', () => {
    const ids = operations.map(({ told }) => told.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(operations.map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining(['POST /v1/jobs', 'GET /v1/maps/{name}/alias/{alias}/model', 'POST /invocations']),
    )
    for (const { told } of operations) expect(Object.keys(told.responses)).toContain('default')
    const job = operations.find(({ told }) => told.operationId === 'postV1Jobs')?.told.requestBody?.content[
      'application/json'
    ].schema
    expect(job).toMatchObject({ type: 'object', required: ['map', 'table'], additionalProperties: false })
  })

  it(
    'thousands of requests drawn from it are answered without an error of ours',
    async () => {
      // Events of a job and the page are answers that do not end at once, or never change.
      const drawn = fc.constantFrom(...operations.filter(({ path }) => path !== '/docs')).chain(requestOf)
      const statuses = new Map<number, number>()
      await fc.assert(
        fc.asyncProperty(drawn, async (bad) => {
          const { status, text } = await send(bad)
          statuses.set(status, (statuses.get(status) ?? 0) + 1)
          if (status !== 503) expect(status, text).toBeLessThan(500)
          expect(text).not.toMatch(/node_modules|\.ts:\d|SQLITE/)
        }),
        RUNS,
      )
      expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 404, 415]))
      expect((await send({ method: 'GET', url: '/ping', type: '', body: '' })).status).toBe(200)
    },
    PATIENCE,
  )

  it('every operation is in a group, and each group says what it is for', async () => {
    const { tags } = await (await fetch(`${address}/openapi.json`)).json()
    const groups = new Map<string, string>(
      tags.map((tag: { name: string; description: string }) => [tag.name, tag.description]),
    )
    expect([...groups.keys()].slice(0, 2)).toEqual(['Match rows', 'Open Inference Protocol'])
    for (const words of groups.values()) expect(words.length).toBeGreaterThan(20)
    for (const { told } of operations) expect(groups.has(told.tags[0]), told.operationId).toBe(true)
  })

  it('the choices within a body are listed beside it, which viewers edit as text', () => {
    const job = operations.find(({ path, method }) => path === '/v1/jobs' && method === 'POST')
    const listed = job?.told.requestBody?.description?.split('\n') ?? []
    expect(listed).toContain('- `options.rule`: `batch`, `online`, `mini-batch`')
    expect(listed).toContain('- `options.lattice.cell`: `rectangular`, `hexagonal`')
  })

  it('parameters that are one of a few are described by them', () => {
    const picture = operations.find(({ told }) => told.operationId === 'getV1PlotsByPlotSvg')
    expect(picture?.told.parameters[0]).toMatchObject({
      name: 'plot',
      schema: { enum: expect.arrayContaining(['u-matrix']) },
    })
  })
})

const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '?')
