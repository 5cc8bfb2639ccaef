import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { js, type Som, samplesOf, train } from '@som/core'
import { decodeModel, encodeModel } from '@som/io'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { createServer, type Data, openData } from '../index.ts'
import { NAME } from './names.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-registry-'))
const data: Data = openData(join(folder, 'data'))
let app: FastifyInstance
let address: string
let [small, large]: Uint8Array[] = []

async function modelOf(rows: number): Promise<Uint8Array> {
  const samples = samplesOf(
    Array.from({ length: 30 }, (_, i) => [Math.sin(i), Math.cos(i * 1.7)]),
    ['a', 'b'],
  )
  const trained: Som = (await train({ samples, lattice: { rows, columns: 3 }, epochs: 2 })).unwrapOrElse(() => {
    throw new Error('not trained')
  })
  return Buffer.concat(encodeModel(trained).unwrapOr([]))
}

beforeAll(async () => {
  ;[small, large] = [await modelOf(2), await modelOf(4)]
  app = await createServer({ backend: js(), data }, settingsFor({ data: folder }))
  address = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await app.close()
  data.close()
  rmSync(folder, { recursive: true })
})

async function call(method: string, path: string, body?: unknown, type = 'application/json') {
  const sent = body instanceof Uint8Array ? Buffer.from(body) : body === undefined ? undefined : JSON.stringify(body)
  const answer = await fetch(address + path, { method, headers: sent ? { 'content-type': type } : {}, body: sent })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: text.startsWith('{') ? JSON.parse(text) : text }
}

const upload = (name: string, bytes: Uint8Array, query = '') =>
  call('POST', `/v1/maps/${name}/versions${query}`, bytes, 'application/octet-stream')

describe('a registry over HTTP', () => {
  it('numbers versions, keeps where they came from, and gives the same bytes back', async () => {
    const tags = encodeURIComponent('{"team":"a"}')
    const sha256 = createHash('sha256').update(small).digest('hex')
    const first = await upload('penguins', small, `?sha256=${sha256}&tags=${tags}&alias=champion&metrics={"gap":0.5}`)
    expect(first.status).toBe(201)
    expect(first.body).toMatchObject({ version: 1, digest: sha256, tags: { team: 'a' }, aliases: ['champion'] })
    const som = decodeModel(small).unwrapOrElse(() => {
      throw new Error('no model')
    })
    expect(first.body.lineage.rows).toBe(som.training.digest)
    expect(first.body.metrics).toEqual({
      quantizationError: som.seen?.quantizationError,
      topographicError: som.seen?.topographicError,
      gap: 0.5,
    })
    expect((await upload('penguins', large)).body.version).toBe(2)
    const file = await fetch(`${address}/v1/maps/penguins/alias/champion/model`)
    expect(file.headers.get('etag')).toBe(`"${sha256}"`)
    expect(Buffer.from(await file.arrayBuffer()).equals(small)).toBe(true)
    expect((await call('GET', '/v1/maps')).body.maps).toEqual([
      { name: 'penguins', versions: 2, latest: 2, aliases: { champion: 1 } },
    ])
  })

  it('serves each version and alias by the routes of a map alone', async () => {
    const rows = { instances: [[0.1, 0.2]] }
    for (const place of ['versions/1', 'alias/champion']) {
      expect((await call('GET', `/v1/maps/penguins/${place}/map`)).body.lattice.rows).toBe(2)
      expect((await call('POST', `/v1/maps/penguins/${place}/match`, rows)).body.predictions).toHaveLength(1)
      expect((await call('GET', `/v1/maps/penguins/${place}/plots/u-matrix.svg`)).body).toMatch(/^<svg /)
    }
    const input = { name: 'samples', shape: [1, 2], data: [0.1, 0.2] }
    expect((await call('POST', '/v2/models/penguins/infer', { inputs: [input] })).body.outputs[0].data).toHaveLength(1)
    expect((await call('GET', '/v2/models/penguins/versions/2')).body.inputs[0].shape).toEqual([-1, 2])
    expect((await call('POST', '/v1/maps/penguins/versions/9/match', rows)).status).toBe(404)
    expect((await call('POST', '/v1/maps/nobody/alias/champion/match', rows)).status).toBe(404)
  })

  it('points aliases again and takes them away; a version is never changed, and its number never given again', async () => {
    expect((await call('PUT', '/v1/maps/penguins/alias/champion', { version: 2 })).body.aliases).toEqual(['champion'])
    expect((await call('GET', '/v1/maps/penguins/alias/champion/map')).body.lattice.rows).toBe(4)
    expect((await call('PUT', '/v1/maps/penguins/alias/champion', { version: 7 })).status).toBe(404)
    expect((await call('PUT', '/v1/maps/penguins/alias/7', { version: 1 })).status).toBe(400)
    expect((await call('PUT', '/v1/maps/penguins/versions/2/tags', { stage: 'live' })).body.tags).toEqual({
      stage: 'live',
    })
    expect((await call('PUT', '/v1/maps/penguins/versions/2', {})).status).toBe(404)
    expect((await call('DELETE', '/v1/maps/penguins/versions/2')).status).toBe(204)
    expect((await call('GET', '/v1/maps/penguins/alias/champion')).status).toBe(404)
    expect((await upload('penguins', large)).body.version).toBe(3)
  })

  it('collects the files that no version has, and no others', async () => {
    await call('DELETE', '/v1/maps/penguins/versions/3')
    expect(readdirSync(join(folder, 'data', 'models'))).toHaveLength(2)
    expect(await data.registry.collect()).toEqual({ files: 1, bytes: large.length })
    expect((await call('GET', '/v1/maps/penguins/versions/1/model')).status).toBe(200)
  })

  it('refuses what is not a model, has another checksum, or an invalid name', async () => {
    expect((await upload('bad', Buffer.from('no model at all'))).status).toBe(422)
    expect((await upload('bad', small.subarray(0, 100))).status).toBe(422)
    expect((await upload('bad', small, `?sha256=${'0'.repeat(64)}`)).body.issues[0].path).toBe('sha256')
    expect((await call('POST', '/v1/maps/bad/versions', {})).status).toBe(415)
    expect((await call('GET', '/v1/maps/bad/versions')).body.versions).toEqual([])
  })

  it.each([
    '..%2f..%2fetc%2fpasswd',
    '%2e%2e',
    '%252e%252e%252f',
    '..%5c..%5cwindows',
    'a%00.som',
    '%2fetc%2fpasswd',
    'a..b',
    '.hidden',
    'a%23b',
    'a%3fb',
    'file:%2f%2f%2fetc%2fpasswd',
    'x'.repeat(90),
  ])('knows no map called %s, by whatever route', async (name) => {
    const tries = [
      upload(name, small),
      call('GET', `/v1/maps/${name}/versions`),
      call('GET', `/v1/maps/${name}/versions/1/model`),
      call('GET', `/v1/maps/penguins/alias/${name}/model`),
      call('PUT', `/v1/maps/penguins/alias/${name}`, { version: 1 }),
      call('GET', `/v2/models/${name}`),
    ]
    for (const { status } of await Promise.all(tries)) expect([400, 404]).toContain(status)
    expect(readdirSync(folder)).toEqual(['data'])
  })

  it('fails plainly where a file is not what was put in', async () => {
    const { digest } = (await call('GET', '/v1/maps/penguins/versions/1')).body
    const found = await upload('spoilt', await modelOf(6))
    writeFileSync(join(folder, 'data', 'models', `${found.body.digest}.som`), small)
    const answer = await call('POST', '/v1/maps/spoilt/versions/1/match', { instances: [[1, 2]] })
    expect(answer.status).toBe(500)
    expect(JSON.stringify(answer.body)).not.toContain(digest)
  })
})

it('no name that the pattern takes has a slash, a dot before it, or two dots in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('.', '/', 'a', '-', '%', '\\', '\0', '\n') }), (name) => {
      if (NAME.test(name)) expect(name).toMatch(/^[a-z](\.?[a-z-])*\.?$/)
    }),
  )
})

it('what is there when a server ends is there when it starts again', async () => {
  const again = openData(join(folder, 'data'))
  expect((await again.registry.maps({ limit: 100 })).map(({ name }) => name)).toContain('penguins')
  again.close()
})
