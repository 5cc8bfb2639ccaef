import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { samplesOf, train } from '@som/core'
import { writeModel } from '@som/io'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveProcess } from '../../server/test/serve-process.ts'
import { interfaceText } from '../test/interface-text.ts'
import { somClient } from './index.ts'

const KEY = 'a-key-of-sixteen-or-more'
const folder = mkdtempSync(join(tmpdir(), 'som-client-'))
const rows = Array.from({ length: 40 }, (_, i) => [Math.sin(i) * 9, Math.cos(i * 1.3)])
let end: () => Promise<void>
let address: string

beforeAll(async () => {
  const samples = samplesOf(rows, ['a', 'b'])
  const som = (await train({ samples, lattice: { rows: 3, columns: 3 }, epochs: 3 })).unwrapOrElse(() => {
    throw new Error('not trained')
  })
  await writeModel(join(folder, 'map.som'), som)
  writeFileSync(join(folder, 'rows.csv'), `a,b\n${rows.map((row) => row.join(',')).join('\n')}\n`)
  const words = ['--model', join(folder, 'map.som'), '--data', join(folder, 'data'), '--allow-root', folder]
  const server = await serveProcess(words, { environment: { SOM_API_KEYS: KEY } })
  address = server.address
  end = async () => {
    const ended = once(server.child, 'exit')
    server.child.kill('SIGTERM')
    await ended
  }
}, 60_000)
afterAll(async () => {
  await end()
  rmSync(folder, { recursive: true, force: true })
})

describe('the client', () => {
  it('is made of what the server says today', async () => {
    const kept = readFileSync(new URL('interface.ts', import.meta.url), 'utf8')
    expect(kept, 'run packages/client/test/generate.ts').toBe(await interfaceText())
  })

  it('matches rows, and tells a problem with its issues', async () => {
    const som = somClient(`${address}/`, { key: KEY })
    const { data } = await som.POST('/v1/match', { body: { instances: rows.slice(0, 2) } })
    const units = data?.predictions.map(({ unit }) => unit ?? -1) ?? []
    expect(units).toHaveLength(2)
    expect(Math.min(...units)).toBeGreaterThanOrEqual(0)
    const { error, response } = await som.POST('/v1/match', { body: { instances: [['x', 1]] } })
    expect(response.status).toBe(400)
    expect(error?.issues?.map(({ path }) => path)).toEqual(['instances[0].a'])
  })

  it('trains, and looks at the version that comes of it', async () => {
    const som = somClient(address, { key: KEY })
    const body = { map: 'made', table: { path: 'rows.csv' }, options: { epochs: 2, lattice: { rows: 2, columns: 3 } } }
    const { data: job } = await som.POST('/v1/jobs', { body })
    const state = async () =>
      (await som.GET('/v1/jobs/{id}', { params: { path: { id: job?.id ?? '' } } })).data?.state ?? 'none'
    await expect.poll(state).toBe('done')
    const { data: found } = await som.GET('/v1/maps/{name}/versions/{version}/map', {
      params: { path: { name: 'made', version: '1' } },
    })
    expect(found?.trainedRows).toBe(40)
  }, 90_000)

  it('is refused without a key', async () => {
    const { response, error } = await somClient(address).GET('/v1/map')
    expect([response.status, error?.status]).toEqual([401, 401])
  })
})
