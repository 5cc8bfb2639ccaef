import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { js, samplesOf, train as trainMap } from '../../packages/core/src/index.ts'
import { encodeModel } from '../../packages/io/src/index.ts'
import { createServer, type Data, openData } from '../../packages/server/src/index.ts'
import { depositOf } from '../../packages/server/src/registry/deposit-of.ts'
import { settingsFor } from '../../packages/server/test/settings-for.ts'
import { ensureStudioPage } from '../lib/studio-page.mjs'
import { absent, Browsing, foundByAxe, give, hasBrowser, train } from './browsing.ts'

type FastifyInstance = Awaited<ReturnType<typeof createServer>>

describe.skipIf(!hasBrowser)(`the studio of som serve${absent}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'som-studio-'))
  let browsing: Browsing
  let app: FastifyInstance
  let data: Data
  let address: string
  let key: string

  beforeAll(async () => {
    await ensureStudioPage()
    browsing = await Browsing.start()
    const samples = samplesOf([[1, 2], [3, 5], [4, 1]], ['tallness', 'breadth']) // biome-ignore format: a table
    const som = (await trainMap({ samples, lattice: { rows: 2, columns: 3 }, epochs: 1 })).unwrapOrElse(() => {
      throw new Error('not trained')
    })
    data = openData(folder)
    await data.registry.put(depositOf('tides', som, {}), encodeModel(som).unwrapOr([]))
    await data.registry.setAlias('tides', 'champion', 1)
    key = data.keys.make({ label: '', scopes: ['read', 'train'], limits: {}, expires: null }).key
    app = await createServer({ som, backend: js(), data }, settingsFor({ data: folder }))
    address = await app.listen({ port: 0, host: '127.0.0.1' })
  })
  afterEach(async () => {
    // The console says that a request without a key was refused.
    expect((await browsing.closePages()).filter((line) => !line.includes('status of 401'))).toEqual([])
  })
  afterAll(async () => {
    await browsing?.close()
    await app?.close()
    data?.close()
    rmSync(folder, { recursive: true })
  })

  it('asks for a key, opens the maps that it allows, and keeps a map without its rows', async () => {
    const page = await browsing.pageAt(`${address}/studio`)
    expect(page.url()).toBe(`${address}/studio/`)
    await page.getByLabel('Key').fill('wrong')
    await page.getByRole('button', { name: 'Show maps' }).click()
    await page.getByText('This server does not know that key.').waitFor()
    expect(await foundByAxe(page)).toEqual([])
    expect(await page.locator('body').textContent()).not.toContain('tides')
    await page.getByLabel('Key').fill(key)
    await page.getByRole('button', { name: 'Show maps' }).click()
    await page.getByRole('button', { name: 'tides version 1, champion' }).click()
    await page.getByText('2 × 3 units').waitFor()

    const bodies: string[] = []
    page.on('request', (request) => bodies.push(request.postDataBuffer()?.toString('latin1') ?? ''))
    await give(page, 'people.csv', 'tallness,breadth,who\n1,2,Xanthippe\n3,5,Xanthippe\n4,1,Socrates\n2,2,Socrates\n')
    await page.getByText('4 rows, 3 columns').waitFor()
    await train(page, [2, 2])
    await page.getByLabel('as', { exact: true }).fill('people')
    await page.getByRole('button', { name: 'Keep the map on the server' }).click()
    await page.getByText('The server keeps it as people, version 1.').waitFor()
    await page.getByRole('button', { name: 'people version 1' }).waitFor()
    expect(await data.registry.versions('people')).toHaveLength(1)
    expect(bodies.some((body) => body.length > 0)).toBe(true)
    expect(bodies.filter((body) => body.includes('Xanthippe'))).toEqual([])
  })

  it('has a policy that lets nothing in the page and nothing from elsewhere run, and files that come packed', async () => {
    const { headers, body } = await app.inject('/studio/')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
    expect(policy).toContain("connect-src 'self';")
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'.*unsafe-eval|https?:/)
    const [, script] = /src="\.\/(assets\/[^"]+\.js)"/.exec(body) ?? []
    const packed = await app.inject({ url: `/studio/${script}`, headers: { 'accept-encoding': 'gzip' } })
    expect(packed.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'text/javascript; charset=utf-8',
    })
    expect(packed.headers['cache-control']).toContain('immutable')
    for (const path of ['/studio/../package.json', '/studio/%2e%2e/package.json', '/studio/assets/'])
      expect((await app.inject({ url: path, headers: { 'x-api-key': key } })).statusCode).toBe(404)
  })
})
