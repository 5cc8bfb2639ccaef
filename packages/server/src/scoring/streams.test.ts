import { type IncomingMessage, request } from 'node:http'
import { ANSWERS, clusterUnits, js, match, type Samples, type Som, train } from '@som/core'
import * as arrow from 'apache-arrow'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { createServer } from '../index.ts'

const COUNT = 5000
const size = Float64Array.from({ length: COUNT }, (_, i) => Math.sin(i) * 9)
const kinds = Array.from(size, (_, i) => (i % 3 === 0 ? 'a' : 'b'))
const samples: Samples = {
  features: ['kind=a', 'kind=b', 'size'],
  rows: COUNT,
  data: Float64Array.from({ length: COUNT * 3 }, (_, k) => {
    const i = Math.floor(k / 3)
    return k % 3 === 2 ? size[i] : Number(kinds[i] === (k % 3 === 0 ? 'a' : 'b'))
  }),
  sources: [{ column: 'kind', level: 'a' }, { column: 'kind', level: 'b' }, undefined],
}
const NDJSON = 'application/x-ndjson'
const ARROW = 'application/vnd.apache.arrow.stream'
let som: Som
let app: FastifyInstance
let address: string
let units: number[]

beforeAll(async () => {
  const trained = (await train({ samples, lattice: { rows: 3, columns: 4 }, epochs: 2 })).unwrapOrElse(() => {
    throw new Error('not trained')
  })
  const clusters = clusterUnits(trained, { count: 2 })
  som = { ...trained, ...(clusters.isOk && { clusters: clusters.value.clusters }) }
  units = [...((await match(som, samples)).unwrapOr(null)?.unit ?? [])]
  app = await createServer({ som, backend: js() }, settingsFor({ maxRows: 3000 }))
  address = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => app.close())

async function post(body: string | Uint8Array, type: string) {
  return fetch(`${address}/v1/match`, { method: 'POST', headers: { 'content-type': type }, body: Buffer.from(body) })
}
const lines = (from = 0, to = COUNT): string =>
  kinds
    .slice(from, to)
    .map((kind, i) => `${JSON.stringify({ kind, size: size[from + i] })}\n`)
    .join('')

describe('a stream of NDJSON', () => {
  it('is answered line by line, however it is cut, and by a status where its first rows are wrong', async () => {
    const answer = await post(lines(), NDJSON)
    const found = (await answer.text()).trimEnd().split('\n')
    expect(found.map((line) => JSON.parse(line).unit)).toEqual(units)
    expect((await (await post('["a", 1]\n[1, 0, 1]', NDJSON)).text()).split('\n')).toHaveLength(3)
    const wrong = await post('{"kind":"a","size":1}\n{"kind":"a","size":"x"}\n', NDJSON)
    expect(wrong.status).toBe(400)
    expect((await wrong.json()).issues[0].path).toBe('lines[1].size')
    expect((await post('nonsense', NDJSON)).status).toBe(400)
    expect((await post(`[${'1'.repeat(2 ** 21)}`, NDJSON)).status).toBe(413)
    expect(await (await post('', NDJSON)).text()).toBe('')
  })

  it('says in its last line what ended it', async () => {
    const answer = await post(`${lines()}{"kind":1\n`, NDJSON)
    const found = (await answer.text()).trimEnd().split('\n')
    expect(JSON.parse(found.at(-1) ?? '').error).toMatchObject({ status: 400, issues: [{ path: `lines[${COUNT}]` }] })
  })

  it('is read no faster than its answer is taken', async () => {
    const call = request(`${address}/v1/match`, { method: 'POST', headers: { 'content-type': NDJSON } })
    const part = lines(0, 2000)
    const response = new Promise<IncomingMessage>((resolve) => call.once('response', resolve))
    let sent = 0
    for (let isTaken = true; isTaken && sent < 3000; sent++) {
      if (call.write(part)) continue
      // Nothing is taken for a while once the buffers of both sides are full.
      isTaken = await Promise.race([
        new Promise<boolean>((resolve) => call.once('drain', () => resolve(true))),
        new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 1500)),
      ])
    }
    expect(sent).toBeLessThan(3000)
    call.end()
    let answered = 0
    for await (const bytes of await response) for (const byte of bytes) if (byte === 10) answered++
    expect(answered).toBe(sent * 2000)
  })
})

describe('a stream of Arrow', () => {
  const tableOf = (from: number, to: number) =>
    arrow.tableFromArrays({ size: size.slice(from, to), kind: kinds.slice(from, to) }).batches
  const stream = (...batches: arrow.RecordBatch[]): Uint8Array => {
    const writer = new arrow.RecordBatchStreamWriter()
    for (const batch of batches) writer.write(batch)
    return writer.finish().toUint8Array(true)
  }

  it('is answered batch by batch', async () => {
    const plain = arrow.tableFromArrays({
      size,
      'kind=b': Float64Array.from(kinds, (kind) => Number(kind === 'b')),
      'kind=a': Int32Array.from(kinds, (kind) => Number(kind === 'a')),
    })
    const [all] = plain.batches
    const answer = await post(stream(all.slice(0, 3000), all.slice(3000)), ARROW)
    expect(answer.headers.get('content-type')).toBe(ARROW)
    const found = arrow.tableFromIPC(await answer.arrayBuffer())
    expect(found.batches).toHaveLength(2)
    expect([...(found.getChild('unit') ?? [])]).toEqual(units)
    expect(found.schema.fields.map(({ name }) => name)).toEqual(ANSWERS.map(({ name }) => name))
    const odd = await post(stream(all.slice(0, 1), all.slice(1, 8), all.slice(8, 15)), ARROW)
    const few = arrow.tableFromIPC(await odd.arrayBuffer())
    for (const { name } of ANSWERS)
      expect([...(few.getChild(name) ?? [])]).toEqual([...(found.getChild(name)?.slice(0, 15) ?? [])])
    const [row] = (
      await (await post(JSON.stringify({ instances: [[...samples.data.slice(0, 3)]] }), 'application/json')).json()
    ).predictions
    expect(found.get(0)?.toJSON()).toEqual(row)
  })

  it('of floats finds what match finds, to the bit, and refuses what is beyond 32 bits', async () => {
    // Four columns of one kind are written at once, others one by one.
    const singles = ['single', 'e', 'f', 'g']
    const features = ['straight', 'a', 'b', 'c', 'bent', ...singles, 'last']
    const width = features.length
    const values = Float64Array.from({ length: width * 1500 }, (_, k) => Math.abs(Math.sin(k * 1.7)) * 40)
    values.fill(Number.NaN, width * 10, width * 11)
    for (let k = 0; k < values.length; k += 7 * width + 1) values[k] = Number.NaN
    for (let k = 0; k < values.length; k++)
      if (singles.includes(features[k % width])) values[k] = Math.fround(values[k])
    const floats: Samples = { features, rows: 1500, data: values }
    const options = { samples: floats, lattice: { rows: 3, columns: 4 }, epochs: 2 }
    const map = (await train({ ...options, preprocessing: { bent: 'log' } })).unwrapOrElse(() => {
      throw new Error('not trained')
    })
    const server = await createServer({ som: map, backend: js() }, settingsFor())
    const at = await server.listen({ host: '127.0.0.1', port: 0 })
    const column = (f: number): number[] => Array.from({ length: 1500 }, (_, i) => values[width * i + f])
    const send = async (more: object = {}) => {
      const own = features.map((name, f) => {
        const Kind = singles.includes(name) ? Float32Array : Float64Array
        return [name, Kind.from(column(f))]
      })
      const columns = { ...Object.fromEntries(own), ...more }
      const [all] = arrow.tableFromArrays(columns).batches
      const body = Buffer.from(stream(all.slice(0, 700), all.slice(700, 1490), all.slice(1490)))
      return fetch(`${at}/v1/match`, { method: 'POST', headers: { 'content-type': ARROW }, body })
    }
    const found = arrow.tableFromIPC(await (await send()).arrayBuffer())
    const ours = (await match(map, floats)).unwrapOr(null)
    const known = <T>(cells: Iterable<T> = []): (T | null)[] => Array.from(cells, (cell, i) => (i === 10 ? null : cell))
    expect([...(found.getChild('unit') ?? [])]).toEqual(known(ours?.unit))
    expect([...(found.getChild('distance') ?? [])]).toEqual(known(ours?.distance))
    for (const f of [0, 3, 9]) {
      const beyond = await send({ [features[f]]: Float64Array.from(column(f)).fill(1e300, 5, 6) })
      expect([beyond.status, (await beyond.json()).issues[0].path]).toEqual([400, features[f]])
    }
    await server.close()
  })

  it('takes categories by their column', async () => {
    const answer = await post(stream(...tableOf(0, 1000)), ARROW)
    expect([...(arrow.tableFromIPC(await answer.arrayBuffer()).getChild('unit') ?? [])]).toEqual(units.slice(0, 1000))
  })

  it('is refused where it is not Arrow, lacks a column, or has batches beyond the limit', async () => {
    const [first] = tableOf(0, 10)
    expect((await post('no arrow at all, not even nearly', ARROW)).status).toBe(400)
    expect((await post(stream(first.select(['size'])), ARROW)).status).toBe(400)
    expect((await post(stream(...tableOf(0, 3001)), ARROW)).status).toBe(413)
    const bytes = stream(first)
    for (let at = 4; at < bytes.length; at += 61) {
      const spoilt = bytes.slice()
      spoilt[at] ^= 0xff
      const answer = await post(spoilt, ARROW).then(
        ({ status }) => status,
        () => 0,
      )
      expect(answer).toBeLessThan(500)
    }
  })
})
