import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { js, type Som, samplesOf, train } from '../../../packages/core/src/index.ts'
import { encodeModel } from '../../../packages/io/src/index.ts'
import { createServer, type Data, openShared, type SharedAddress } from '../../../packages/server/src/index.ts'
import { ObjectFiles } from '../../../packages/server/src/shared/object-files.ts'
import { sharedAddressOf } from '../../../packages/server/src/shared/shared-address.ts'
import { describeRegistry } from '../../../packages/server/test/describe-registry.ts'
import { settingsFor } from '../../../packages/server/test/settings-for.ts'
import { type OwnPostgres, ownPostgres } from './postgres.ts'
import { type OwnS3, ownS3 } from './s3.ts'

const PASSWORD = 'unsaid-word'
const folder = mkdtempSync(join(tmpdir(), 'som-shared-'))
let postgres: OwnPostgres
let s3: OwnS3
let addresses: { registry: string; store: string }
let shared: SharedAddress

beforeAll(async () => {
  postgres = await ownPostgres(PASSWORD)
  s3 = await ownS3('maps')
  addresses = addressesOf(PASSWORD)
  shared = sharedOf(addresses, s3.environment)
})
afterAll(async () => {
  await postgres?.remove()
  await s3?.remove()
  rmSync(folder, { recursive: true, force: true })
})

const addressesOf = (password: string) => ({
  registry: `postgres://${postgres.user}:${password}@127.0.0.1:${postgres.port}/postgres`,
  store: `s3://${s3.bucket}/som/live?endpoint=${s3.endpoint}`,
})

function sharedOf(written: typeof addresses, environment: NodeJS.ProcessEnv): SharedAddress {
  const found = sharedAddressOf(written, environment).unwrapOrElse(fail)
  return found ?? fail('no address')
}

const objects = async (): Promise<string[]> =>
  [...(await (await s3.ask('GET', '?list-type=2')).text()).matchAll(/<Key>([^<]+)/g)].map(([, key]) => key)

describeRegistry('a registry in PostgreSQL and S3', async () => {
  // Both make the tables, at once.
  const [one, other] = await Promise.all(['one', 'other'].map((name) => openShared(join(folder, name), shared)))
  return {
    registry: one.registry,
    other: other.registry,
    async spoil(digest, bytes) {
      expect((await s3.ask('PUT', `/som/live/${digest}.som`, bytes)).ok).toBe(true)
    },
    async close() {
      one.close()
      other.close()
    },
  }
})

test('collecting leaves what is not ours in the bucket alone, however many pages of names there are', async () => {
  const foreign = ['/som/live/notes.som', `/${'a'.repeat(64)}.som`, `/som/live/deeper/${'b'.repeat(64)}.som`]
  for (const path of foreign) await s3.ask('PUT', path, Buffer.from('x'))
  const name = (i: number): string => `${i}`.padStart(64, '0')
  for (let i = 0; i < 8; i++) await s3.ask('PUT', `/som/live/${name(i)}.som`, Buffer.from('four'))
  const files = new ObjectFiles(shared.store, shared.keys, 3)
  const isWanted = (digest: string): boolean => !/^0{63}[1-7]$/.test(digest)
  expect(await files.sweep(isWanted)).toEqual({ files: 7, bytes: 28 })
  expect(await objects()).toContain(`som/live/${name(0)}.som`)
  expect(await objects()).toEqual(expect.arrayContaining(foreign.map((path) => path.slice(1))))
})

async function modelOf(rows: number): Promise<Uint8Array> {
  const samples = samplesOf(
    Array.from({ length: 30 }, (_, i) => [Math.sin(i), Math.cos(i * 1.7)]),
    ['a', 'b'],
  )
  const som: Som = (await train({ samples, lattice: { rows, columns: 3 }, epochs: 2 })).unwrapOrElse(fail)
  return Buffer.concat(encodeModel(som).unwrapOrElse(fail))
}

function fail(found: unknown): never {
  throw new Error(JSON.stringify(found))
}

test('what one instance was given another serves at once, and a database that went away is a 503 until it is back', async () => {
  const data: Data[] = []
  const apps = await Promise.all(
    ['one', 'other'].map(async (name) => {
      const opened = await openShared(join(folder, name), shared)
      data.push(opened)
      return createServer({ backend: js(), data: opened }, settingsFor({ model: undefined, data: folder }))
    }),
  )
  const [one, other] = await Promise.all(apps.map((app) => app.listen({ host: '127.0.0.1', port: 0 })))
  const model = Buffer.from(await modelOf(2))
  const put = () =>
    fetch(`${one}/v1/maps/calm/versions?alias=champion`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: model },
    })
  expect((await put()).status).toBe(201)
  const match = () =>
    fetch(`${other}/v1/maps/calm/alias/champion/match`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"instances": [[0.1, 0.2]]}' },
    })
  expect((await (await match()).json()).predictions).toHaveLength(1)
  expect(Buffer.from(await (await fetch(`${other}/v1/maps/calm/versions/1/model`)).arrayBuffer())).toEqual(model)
  await postgres.stop()
  const [refused, unheard] = [await put(), await match()]
  expect([refused.status, unheard.status]).toEqual([503, 503])
  expect(await refused.text()).not.toMatch(/unsaid|127\.0\.0\.1|ECONN/)
  await postgres.start()
  expect((await put()).status).toBe(201)
  expect((await match()).status).toBe(200)
  for (const app of apps) await app.close()
  for (const each of data) each.close()
})

test('a wrong password and a wrong key are reported without either', async () => {
  const wrong = sharedOf(addressesOf('wrong-word'), s3.environment)
  await expect(openShared(join(folder, 'x'), wrong)).rejects.toThrow(
    /cannot reach the registry: password authentication failed/,
  )
  const key = sharedOf(addresses, { ...s3.environment, AWS_SECRET_ACCESS_KEY: 'wrong-key' })
  await expect(openShared(join(folder, 'x'), key)).rejects.toThrow('answered GET with 403 SignatureDoesNotMatch')
  const bucket = { ...addresses, store: addresses.store.replace('/maps/', '/absent/') }
  await expect(openShared(join(folder, 'x'), sharedOf(bucket, s3.environment))).rejects.toThrow('404 NoSuchBucket')
})

test('som serve --registry says no secret, neither when it serves nor when it cannot', async () => {
  const main = fileURLToPath(new URL('../../../packages/cli/src/main.ts', import.meta.url))
  const words = ['--import', 'tsx', '--conditions=@som/source', main, 'serve', '--port', '0', '--log']
  const cwd = fileURLToPath(new URL('../../../packages/cli/', import.meta.url))
  const env = { ...process.env, ...s3.environment, SOM_DATA: join(folder, 'served') }
  const at = { SOM_REGISTRY: addresses.registry, SOM_STORE: addresses.store }
  const refused = spawnSync(process.execPath, words, {
    ...{ cwd, encoding: 'utf8', env: { ...env, ...at, SOM_REGISTRY: addressesOf('unsaid-wrong').registry } },
  })
  expect([refused.status, refused.stdout]).toEqual([1, ''])
  expect(refused.stderr).toMatch(/^error: --registry: cannot reach the registry: password authentication failed/)
  const server = spawn(process.execPath, words, { cwd, env: { ...env, ...at }, stdio: ['ignore', 'pipe', 'pipe'] })
  let told = ''
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const address = await new Promise<string>((resolve, reject) => {
    void ended.then(() => reject(new Error(told)))
    for (const stream of [server.stdout, server.stderr])
      stream.on('data', (text) => {
        told += text
        const found = /serving .* at (http:\S+)/.exec(told)
        if (found) resolve(found[1])
      })
  })
  expect((await (await fetch(`${address}/v1/maps`)).json()).maps).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'calm' })]),
  )
  server.kill('SIGTERM')
  await ended
  for (const secret of ['unsaid', s3.environment.AWS_SECRET_ACCESS_KEY])
    expect(told + refused.stderr).not.toContain(secret)
  expect(readFileSync(join(folder, 'served', 'index.sqlite')).includes('unsaid')).toBe(false)
})
