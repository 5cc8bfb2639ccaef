import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { js, samplesOf, train } from '@som/core'
import { encodeModel } from '@som/io'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { sourceWorkers } from '../../test/worker.ts'
import { createServer, type Data, openData, SCOPES, type Scope } from '../index.ts'
import { depositOf } from '../registry/deposit-of.ts'

interface Described {
  readonly security?: readonly unknown[]
  readonly description?: string
}

const folder = mkdtempSync(join(tmpdir(), 'som-scopes-'))
const data: Data = openData(folder)
let app: FastifyInstance
let operations: { readonly method: InjectOptions['method']; readonly url: string; readonly scope: Scope | null }[]

/** A path of the description as one that leads somewhere. */
const PLACES: Readonly<Record<string, string>> = { version: '1', alias: 'champion', id: 'a'.repeat(36) }

beforeAll(async () => {
  const samples = samplesOf([[1, 2], [3, 5], [4, 1]], ['a', 'b']) // biome-ignore format: a table
  const som = (await train({ samples, lattice: { rows: 2, columns: 2 }, epochs: 1 }, { backend: js() })).unwrapOrElse(
    () => {
      throw new Error('not trained')
    },
  )
  await data.registry.put(depositOf('calm', som), encodeModel(som).unwrapOr([]))
  await data.registry.setAlias('calm', 'champion', 1)
  data.keys.make({ label: '', scopes: ['admin'], limits: {}, expires: null })
  app = await createServer({ som, backend: js(), data, workers: sourceWorkers }, settingsFor({ data: folder }))
  const { paths } = (await app.inject('/openapi.json')).json()
  operations = Object.entries(paths as Record<string, Record<string, Described>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security, description }]) => ({
      // The methods of the description are those of HTTP.
      method: method.toUpperCase() as InjectOptions['method'],
      url: path.replace(/{(\w+)}/g, (_, name: string) => PLACES[name] ?? 'calm'),
      scope: security ? null : (SCOPES.find((each) => description === `Needs a key that allows ${each}.`) ?? 'admin'),
    })),
  )
})
afterAll(async () => {
  await app.close()
  data.close()
  rmSync(folder, { recursive: true })
})

const keyOf = (...scopes: Scope[]): string =>
  data.keys.make({ label: 'of a test', scopes, limits: {}, expires: null }).key

/** The statuses of every operation that asks for a key, by its name. */
async function statuses(keyFor: (scope: Scope) => string | undefined): Promise<[string, number][]> {
  const found: [string, number][] = []
  for (const { method, url, scope } of operations) {
    if (scope === null) continue
    const key = keyFor(scope)
    const { statusCode } = await app.inject({ method, url, headers: key === undefined ? {} : { 'x-api-key': key } })
    found.push([`${method} ${url}`, statusCode])
  }
  return found
}

const all = (found: readonly [string, number][], status: number): [string, number][] =>
  found.map(([name]) => [name, status])

describe('every operation of the description', () => {
  it('says what it asks for, and nothing but health and the description itself asks for nothing', () => {
    const open = operations.filter(({ scope }) => scope === null).map(({ url }) => url)
    const probes = ['/health/live', '/health/ready', '/ping', '/v2/health/live', '/v2/health/ready', '/version']
    expect(open.sort()).toEqual(['/docs', '/openapi.json', ...probes].sort())
    expect(new Set(operations.map(({ scope }) => scope))).toEqual(new Set([...SCOPES, null]))
  })

  it('is refused without a key, with one that does not exist, is revoked, or has expired', async () => {
    const revoked = data.keys.make({ label: '', scopes: ['admin'], limits: {}, expires: null })
    data.keys.revoke(revoked.entry.id)
    const expires = new Date(Date.now() - 1000).toISOString()
    const expired = data.keys.make({ label: '', scopes: ['admin'], limits: {}, expires }).key
    for (const key of [undefined, '', 'constructor', `${keyOf('admin')}x`, revoked.key, expired]) {
      const found = await statuses(() => key)
      expect(found).toEqual(all(found, 401))
    }
  })

  it('is refused to a key that allows everything but what it asks for', async () => {
    const others = Object.fromEntries(
      SCOPES.map((scope) => [scope, keyOf(...SCOPES.filter((each) => each !== scope && each !== 'admin'))]),
    )
    const found = await statuses((scope) => others[scope])
    expect(found).toEqual(all(found, 403))
  })

  it('is served, or its request found wanting, to a key that allows what it asks for', async () => {
    const own = Object.fromEntries(SCOPES.map((scope) => [scope, keyOf(scope)]))
    const found = await statuses((scope) => own[scope])
    for (const [name, status] of found)
      expect([name, [401, 403].includes(status), status < 500]).toEqual([name, false, true])
  })
})
