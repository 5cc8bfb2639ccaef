import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { js, samplesOf, train } from '@som/core'
import { encodeModel } from '@som/io'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import Sqlite from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { sourceWorkers } from '../../test/worker.ts'
import { createServer, type Data, type Limits, openData, type Scope } from '../index.ts'
import { amongSql, isAmong, mapNamesOf } from './map-names.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-tenants-'))
const data: Data = openData(folder)
let app: FastifyInstance
let model: Buffer

const keyFor = (maps: string | null, scopes: Scope[], limits: Partial<Limits> = {}): string =>
  data.keys.make({
    ...{ label: '', scopes, limits, expires: null },
    maps: maps === null ? null : mapNamesOf(maps).unwrapOr([]),
  }).key
const ask = (key: string, method: 'GET' | 'POST' | 'PUT', url: string, body?: object | Buffer) =>
  app.inject({
    ...{ method, url },
    headers: {
      'x-api-key': key,
      ...(body && { 'content-type': Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json' }),
    },
    ...(body && { payload: body }),
  })
const upload = async (key: string, map: string): Promise<number> =>
  (await ask(key, 'POST', `/v1/maps/${map}/versions`, model)).statusCode

beforeAll(async () => {
  const samples = samplesOf([[1, 2], [3, 5], [4, 1]], ['a', 'b']) // biome-ignore format: a table
  const som = await train({ samples, lattice: { rows: 2, columns: 2 }, epochs: 1 }, { backend: js() })
  model = Buffer.concat(som.map((trained) => encodeModel(trained).unwrapOr([])).unwrapOr([]))
  app = await createServer({ backend: js(), data, workers: sourceWorkers }, settingsFor({ data: folder }))
  const admin = keyFor(null, ['admin'])
  for (const name of ['north-1', 'south-1', 'tides']) expect(await upload(admin, name)).toBe(201)
})
afterAll(async () => {
  await app.close()
  data.close()
  rmSync(folder, { recursive: true })
})

describe('a key for some maps', () => {
  it('adds versions and tags to those alone', async () => {
    const key = keyFor('north-*,tides', ['train', 'read'])
    for (const map of ['north-1', 'north-new', 'tides']) expect([map, await upload(key, map)]).toEqual([map, 201])
    for (const map of ['south-1', 'tides-2', 'new']) expect([map, await upload(key, map)]).toEqual([map, 403])
    expect((await ask(key, 'PUT', '/v1/maps/south-1/versions/1/tags', { a: 'b' })).statusCode).toBe(403)
    expect((await ask(key, 'PUT', '/v1/maps/north-1/versions/1/tags', { a: 'b' })).statusCode).toBe(200)
    const refused = await ask(key, 'POST', '/v1/maps/south-1/versions', model)
    expect(refused.json().detail).toBe('expected a map of this key (north-*, tides), found another')
  })

  it('looks at and matches by those alone, whichever way they are named', async () => {
    const key = keyFor('south-*', ['score', 'read'])
    const rows = { instances: [[1, 2]] }
    const paths = (name: string): string[] => [
      ...[`/v1/maps/${name}/versions/1/match`, `/v1/maps/${name}/versions/1/invocations`],
    ]
    for (const path of paths('south-1')) expect((await ask(key, 'POST', path, rows)).statusCode).toBe(200)
    for (const name of ['north-1', 'north%2D1'])
      for (const path of paths(name)) expect((await ask(key, 'POST', path, rows)).statusCode).toBe(403)
    expect((await ask(key, 'GET', '/v2/models/south-1')).statusCode).toBe(200)
    for (const path of ['/v2/models/north-1', '/v1/maps/north-1/versions', '/v1/maps/north-1/versions/1/model'])
      expect((await ask(key, 'GET', path)).statusCode).toBe(403)
  })

  it('sees no name of another map: not in the list, on the page, or among examples', async () => {
    const key = keyFor('south-*', ['score', 'read'])
    const { maps } = (await ask(key, 'GET', '/v1/maps')).json()
    expect(maps.map(({ name }: { name: string }) => name)).toEqual(['south-1'])
    for (const path of ['/', '/openapi.json']) {
      const { body } = await ask(key, 'GET', path)
      expect([body.includes('south-1'), body.includes('north-1'), body.includes('tides')]).toEqual([true, false, false])
    }
  })

  it('trains those alone, and from those alone', async () => {
    const key = keyFor('south-*', ['train', 'read'])
    const job = { map: 'north-1', table: { path: 'rows.csv' }, from: { name: 'tides', version: 1 } }
    const answer = await ask(key, 'POST', '/v1/jobs', job)
    expect([answer.statusCode, answer.json().issues.map(({ path }: { path: string }) => path)]).toEqual([
      403,
      ['map', 'from.name'],
    ])
  })
})

describe('what a key may keep', () => {
  it('is bounded in maps: further versions of those there are stay possible', async () => {
    const key = keyFor('few-*', ['train'], { maps: 2 })
    expect([await upload(key, 'few-1'), await upload(key, 'few-2'), await upload(key, 'few-3')]).toEqual([
      201, 201, 403,
    ])
    expect(await upload(key, 'few-1')).toBe(201)
    const job = await ask(key, 'POST', '/v1/jobs', { map: 'few-3', table: { path: 'rows.csv' } })
    expect(job.json().issues[0].message).toBe('expected at most 2 maps in the maps of this key, found 3')
  })

  it('is bounded in bytes, tables that it sent among them, until these are collected', async () => {
    const key = keyFor('tabled', ['train'], { bytes: model.length + 20 })
    const csv = async (text: string) =>
      (
        await app.inject({
          ...{ method: 'POST', url: '/v1/tables', payload: text },
          headers: { 'x-api-key': key, 'content-type': 'text/csv' },
        })
      ).statusCode
    expect(await upload(key, 'tabled')).toBe(201)
    expect([await csv('a\n1\n'), await csv('a\n1\n')]).toEqual([201, 201])
    expect([await csv('a,b\n5,6\n7,8\n'), await csv('a,b\n5,6\n1,2\n')]).toEqual([201, 413])
    expect([await csv('a\n2\n'), await csv('a\n3\n'), await upload(key, 'tabled')]).toEqual([201, 403, 403])
    data.tables.sweep(() => false)
    expect([await csv('a,b\n5,6\n7,8\n'), await csv('a,b\n5,7\n7,8\n')]).toEqual([201, 413])
  })

  it('is not exceeded by tables that arrive at once', async () => {
    const key = keyFor('at-once', ['train'], { bytes: 20 })
    const answers = await Promise.all(
      [1, 2, 3].map((cell) =>
        app.inject({
          ...{ method: 'POST', url: '/v1/tables', payload: `a,b\n1,2\n3,${cell}\n` },
          headers: { 'x-api-key': key, 'content-type': 'text/csv' },
        }),
      ),
    )
    const statuses = answers.map(({ statusCode }) => statusCode).sort()
    expect(statuses.filter((status) => status === 201).length).toBeLessThanOrEqual(1)
    expect(statuses.every((status) => [201, 403, 413].includes(status))).toBe(true)
  })

  it('is bounded in bytes, of all its versions together, whichever key of these maps put them there', async () => {
    const limits = { bytes: 2 * model.length }
    expect(await upload(keyFor('small-*', ['train'], limits), 'small-1')).toBe(201)
    const key = keyFor('small-*', ['train'], limits)
    expect([await upload(key, 'small-1'), await upload(key, 'small-1')]).toEqual([201, 403])
  })
})

describe('the names of a key', () => {
  const name = fc.stringMatching(/^[ab]{1,3}$/)
  const names = fc.array(
    fc.tuple(name, fc.boolean()).map(([text, isOpen]) => (isOpen ? `${text}*` : text)),
    {
      minLength: 1,
      maxLength: 3,
    },
  )

  it('mean the same in a database as elsewhere', () => {
    const db = new Sqlite(':memory:')
    fc.assert(
      fc.property(names, name, (among, one) => {
        const { where, values } = amongSql(among, 'name', () => '?')
        const found = db.prepare(`SELECT 1 FROM (SELECT ? AS name) WHERE ${where}`).get(one, ...values)
        expect(found !== undefined).toBe(isAmong(among, one))
      }),
    )
    db.close()
  })

  it.each(['', '*,a', 'a,', '../x', 'a*b', `${'a'.repeat(65)}`])('cannot be %j', (text) => {
    expect(mapNamesOf(text).isErr).toBe(true)
  })

  it('are every map for a key of an earlier version, whose folder is still opened', () => {
    const old = mkdtempSync(join(tmpdir(), 'som-tenants-old-'))
    const db = new Sqlite(join(old, 'index.sqlite'))
    db.exec(
      `CREATE TABLE keys (id TEXT PRIMARY KEY, label TEXT NOT NULL, digest TEXT NOT NULL UNIQUE, scopes TEXT NOT NULL,
       limits TEXT NOT NULL, created TEXT NOT NULL, expires TEXT, revoked TEXT);
       INSERT INTO keys VALUES ('k', '', 'ab', '["train"]', '{}', '2026-01-01', NULL, NULL)`,
    )
    db.close()
    const opened = openData(old)
    expect(opened.keys.list()).toMatchObject([{ id: 'k', maps: null }])
    opened.close()
    rmSync(old, { recursive: true })
  })
})
