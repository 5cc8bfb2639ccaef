import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { js, samplesOf, train } from '@som/core'
import { encodeModel } from '@som/io'
import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { sourceWorkers } from '../../test/worker.ts'
import { createServer, type Data, openData, type Scope } from '../index.ts'
import type { KeptRequest } from '../jobs/job.ts'
import { JobQueue } from '../jobs/queue.ts'
import { depositOf } from '../registry/deposit-of.ts'

const open: { app: FastifyInstance; data: Data; folder: string }[] = []
afterEach(async () => {
  for (const { app, data, folder } of open.splice(0)) {
    await app.close()
    data.close()
    rmSync(folder, { recursive: true })
  }
})

const hostile = '<img src=x onerror=alert(1)>'
// The page reads only these of a request.
const request = (map: string): KeptRequest => ({ map, table: { shown: hostile }, limits: { jobs: 9 } }) as KeptRequest

/** A server of the map tides in two versions, and of a job of each owner. */
async function served(...owners: string[]): Promise<{ app: FastifyInstance; data: Data; queue: JobQueue }> {
  const samples = samplesOf([[1, 2], [3, 5], [4, 1]], ['tallness', 'breadth']) // biome-ignore format: a table
  const som = (await train({ samples, lattice: { rows: 2, columns: 2 }, epochs: 1 })).unwrapOrElse(() => {
    throw new Error('not trained')
  })
  const folder = mkdtempSync(join(tmpdir(), 'som-home-'))
  const data = openData(folder)
  for (const note of ['first', hostile])
    await data.registry.put(depositOf('tides', som, { tags: { note } }), encodeModel(som).unwrapOr([]))
  await data.registry.setAlias('tides', 'champion', 1)
  const queue = new JobQueue(data.db, 9)
  for (const owner of owners) {
    const { id } = queue.submit(owner, request(`of-${owner}`))
    queue.take()
    for (let epoch = 1; epoch <= 400; epoch++) queue.tellAll(id, [{ kind: 'epoch', data: record(epoch) }])
    queue.end(id, 'failed', { issues: [{ path: 'table', message: hostile }] })
  }
  const app = await createServer({ som, backend: js(), data, workers: sourceWorkers }, settingsFor({ data: folder }))
  open.push({ app, data, folder })
  return { app, data, queue }
}

/** An epoch as a worker reports it: the error falls from 1 to 0.5. */
const record = (epoch: number) => ({
  epoch,
  epochs: 400,
  quantizationError: 0.5 + 0.5 / epoch,
  radius: 1,
  learningRate: 1,
  moved: 0,
  seconds: 0,
})

const pageOf = async (app: FastifyInstance, key?: string): Promise<{ status: number; text: string }> => {
  const answer = await app.inject({ url: '/', headers: key === undefined ? {} : { authorization: `Bearer ${key}` } })
  expect(answer.headers['content-type']).toMatch(/^text\/html/)
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
  return { status: answer.statusCode, text: answer.body }
}

describe('the page of /', () => {
  it('shows maps, versions, aliases and jobs with their curves', async () => {
    const { app } = await served('nobody')
    const { status, text } = await pageOf(app)
    expect(status).toBe(200)
    expect(text).toMatch(/tallness, breadth.*tides.*version 2.*version 1<\/strong> <span class="alias">champion</s)
    expect(text).toMatch(/of-nobody.*failed.*400 of 400 epochs, quantization error 0.5012/s)
    expect(text).toContain('aria-label="Quantization error by epoch: 1 after epoch 1, 0.5012 after epoch 400"')
    expect(text).toContain('href="/v1/maps/tides/versions/2/plots/u-matrix.svg"')
  })

  it('shows what is in names and messages as text', async () => {
    const { app } = await served('nobody')
    const { text } = await pageOf(app)
    expect(text).not.toContain('<img')
    expect(text.split('&lt;img src=x').length - 1).toBe(3)
  })

  it('shows nothing without a key where keys are needed, and asks for one', async () => {
    const { app, data } = await served('a')
    data.keys.make({ label: '', scopes: ['admin'], limits: {}, expires: null })
    for (const key of [undefined, 'wrong']) {
      const { status, text } = await pageOf(app, key)
      expect(status).toBe(401)
      expect(text).not.toMatch(/tides|tallness|of-a/)
      expect(text).toContain('type="password"')
    }
  })

  it('shows each key what it allows: maps to who may read, jobs to who may train, all of them to who may do all', async () => {
    const { app, data, queue } = await served('another')
    const keyFor = (...scopes: Scope[]): { key: string; id: string } => {
      const { key, entry } = data.keys.make({ label: '', scopes, limits: {}, expires: null })
      return { key, id: entry.id }
    }
    const [reader, trainer, scorer, admin] = [keyFor('read'), keyFor('read', 'train'), keyFor('score'), keyFor('admin')]
    queue.submit(trainer.id, request('of-mine'))
    const seen = async ({ key }: { key: string }): Promise<string[]> => {
      const { status, text } = await pageOf(app, key)
      expect(status).toBe(200)
      return ['tallness', 'tides', 'of-mine', 'of-another'].filter((word) => text.includes(word))
    }
    expect(await seen(reader)).toEqual(['tallness', 'tides'])
    expect(await seen(trainer)).toEqual(['tallness', 'tides', 'of-mine'])
    expect(await seen(scorer)).toEqual([])
    expect(await seen(admin)).toEqual(['tallness', 'tides', 'of-mine', 'of-another'])
  })

  it('continues to the next maps after fifty', async () => {
    const { app, data } = await served()
    const [version] = await data.registry.versions('tides')
    for (let i = 0; i < 60; i++)
      await data.registry.put({ ...version, name: `map-${i + 10}` }, [Buffer.from('not read here')])
    const first = (await app.inject('/')).body
    const [, next] = /rel="next" href="([^"]+)"/.exec(first) ?? []
    expect(next).toBe('/?after=map-59')
    const second = (await app.inject(next)).body
    expect(second).toContain('map-60')
    expect(second).toContain('tides')
    expect(second).not.toContain('map-59<')
    expect((await app.inject('/?after=..')).statusCode).toBe(400)
  })
})

it('a curve of many epochs is drawn by some of them, the last among them', async () => {
  const { queue } = await served('nobody')
  const points = queue.curve(queue.list(1)[0].id)
  expect(points.length).toBeLessThan(150)
  expect(points.at(-1)).toEqual({ epoch: 400, quantizationError: 0.5 + 0.5 / 400 })
})
