import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { js } from '@som/core'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { createServer, type Data, openData, openIssues } from '../index.ts'
import { Callers } from './callers.ts'
import type { KeyWish } from './key-store.ts'
import { Bucket } from './limits.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-keys-'))
const data: Data = openData(folder)
const settings = settingsFor({ model: undefined, data: folder })
let app: FastifyInstance
let address: string
const wish: KeyWish = { label: 'a test', scopes: ['read'], limits: {}, expires: null }

beforeAll(async () => {
  app = await createServer({ backend: js(), data }, settings)
  address = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await app.close()
  data.close()
  rmSync(folder, { recursive: true })
})

const status = async (path: string, key?: string, method = 'GET'): Promise<number> =>
  (await fetch(address + path, { method, headers: key ? { authorization: `Bearer ${key}` } : {} })).status

/** The status that a request by another Host or Origin has. */
function asked(headers: Record<string, string>, method = 'GET'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = request(`${address}/v1/maps`, { method, headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    call.once('error', reject)
    call.end()
  })
}

describe('before there was a key, on the loopback', () => {
  it('nobody needs one', async () => {
    expect(await status('/v1/maps')).toBe(200)
  })

  it('names that were pointed at the loopback, and pages of other sites, are refused', async () => {
    expect(await asked({ host: 'attacker.example' })).toBe(403)
    expect(await asked({ host: '[::1]:80' })).toBe(200)
    expect(await asked({ host: 'localhost' })).toBe(200)
    expect(await asked({ origin: 'https://attacker.example' }, 'POST')).toBe(403)
    expect(await asked({ origin: 'null' }, 'POST')).toBe(403)
    expect(await asked({ 'sec-fetch-site': 'cross-site' }, 'POST')).toBe(403)
  })
})

describe('keys', () => {
  it('are requested from the first one on, and allow what their scopes say', async () => {
    const reader = data.keys.make(wish).key
    const scorer = data.keys.make({ ...wish, scopes: ['score'] }).key
    const admin = data.keys.make({ ...wish, scopes: ['admin'] }).key
    expect(await status('/v1/maps')).toBe(401)
    expect(await status('/health/live')).toBe(200)
    expect(await status('/nothing')).toBe(401)
    expect(await status('/v1/maps', reader)).toBe(200)
    expect(await status('/v1/maps', `${reader}x`)).toBe(401)
    expect(await status('/v1/maps', reader.slice(0, -1))).toBe(401)
    expect(await status('/v1/maps', scorer)).toBe(403)
    expect(await status('/v1/collect', reader, 'POST')).toBe(403)
    expect(await status('/v1/collect', admin, 'POST')).toBe(200)
  })

  it('are kept as digests alone', () => {
    const { key } = data.keys.make(wish)
    const held = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
    for (const { name } of held) expect(readFileSync(join(folder, name)).includes(key.slice(4))).toBe(false)
    expect(key).toMatch(/^som_[\w-]{43}$/)
    expect(JSON.stringify(data.keys.list())).not.toContain(key.slice(4))
  })

  it('end when they are revoked, by whatever process, or expire', async () => {
    const { key, entry } = data.keys.make(wish)
    const old = data.keys.make({ ...wish, expires: '2020-01-01T00:00:00.000Z' }).key
    expect(await status('/v1/maps', key)).toBe(200)
    expect(await status('/v1/maps', old)).toBe(401)
    const other = openData(folder)
    expect(other.keys.revoke(entry.id)).toBe(true)
    expect(other.keys.revoke(entry.id)).toBe(false)
    other.close()
    await expect.poll(() => status('/v1/maps', key)).toBe(401)
  })

  it('may have limits of their own', async () => {
    const slow = data.keys.make({ ...wish, limits: { rate: 0.001 } }).key
    expect(await status('/v1/maps', slow)).toBe(200)
    const second = await fetch(`${address}/v1/maps`, { headers: { 'x-api-key': slow } })
    expect([second.status, Number(second.headers.get('retry-after')) > 900]).toEqual([429, true])
    const callers = new Callers([], data.keys, settings.limits)
    const narrow = data.keys.make({ ...wish, limits: { rows: 7 } }).key
    expect(callers.find(narrow)?.limits).toEqual({ ...settings.limits, rows: 7 })
  })
})

it('a server whose last key was revoked lets nobody in', async () => {
  for (const { id } of data.keys.list()) data.keys.revoke(id)
  expect(data.keys.live()).toEqual([])
  expect(await status('/v1/maps')).toBe(401)
})

it('a server beyond the loopback is refused until there is a key', () => {
  const beyond = { ...settings, host: '0.0.0.0' }
  expect(openIssues(beyond, false)[0].message).toContain('som keys make')
  expect(openIssues(beyond, true)).toEqual([])
  expect(openIssues({ ...beyond, isOpen: true }, false)).toEqual([])
})

it('a bucket gives its rate, in bursts of a second', () => {
  const bucket = new Bucket(2, 0)
  expect([bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([0, 0, 0.5])
  expect([bucket.take(500), bucket.take(500)]).toEqual([0, 0.5])
  expect([bucket.take(60_000), bucket.take(60_000), bucket.take(60_000) > 0]).toEqual([0, 0, true])
})
