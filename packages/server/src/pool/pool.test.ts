import { js, type Som, samplesOf, train } from '@som/core'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { createServer } from '../index.ts'
import { MAP_PICTURES, pictureOf } from '../pictures.ts'
import { Pool } from './pool.ts'

let app: FastifyInstance
let address: string
let som: Som
beforeAll(async () => {
  const samples = samplesOf([[1, 2], [3, 5], [4, 1], [7, 8]], ['a', 'b']) // biome-ignore format: a table
  som = (await train({ samples, lattice: { rows: 2, columns: 2 }, epochs: 1 })).unwrapOrElse(() => {
    throw new Error('not trained')
  })
  app = await createServer({ som, backend: js() }, settingsFor({}))
  address = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => app.close())

const post = (path: string, body: string, type = 'application/json') =>
  fetch(address + path, { method: 'POST', headers: { 'content-type': type }, body })

/** More rows than are read or answered at once. */
const ROWS = 20_000
const values = Array.from({ length: ROWS }, (_, i) => [(i % 90) / 10, (i % 70) / 10])
const json = JSON.stringify({ instances: values })
const csv = `a,b\n${values.join('\n')}\n`
const tensor = JSON.stringify({
  ...{ id: 'x', outputs: [{ name: 'unit' }] },
  inputs: [{ name: 'samples', shape: [ROWS, 2], datatype: 'FP64', data: values.flat() }],
})

it('every picture of a map is drawn in a thread, and is what would be drawn here', async () => {
  const run = vi.spyOn(app.pool, 'run')
  for (const plot of MAP_PICTURES) {
    const answer = await fetch(`${address}/v1/plots/${plot}.svg?feature=a`)
    const expected = await pictureOf(som, plot, { feature: 'a' })
    expect([plot, answer.status, answer.ok ? await answer.text() : null]).toEqual([
      ...[plot, expected === null ? 404 : 200, expected],
    ])
  }
  expect(run.mock.calls.map(([task]) => task)).toEqual(MAP_PICTURES.map(() => 'drawMap'))
  run.mockRestore()
})

describe('a large body', () => {
  it('has the answers of its rows sent a few at a time, by JSON, CSV and tensors', async () => {
    const few: unknown[] = []
    for (let from = 0; from < ROWS; from += 1000) {
      const answer = await post('/v1/match', JSON.stringify({ instances: values.slice(from, from + 1000) }))
      few.push(...(await answer.json()).predictions)
    }
    expect((await (await post('/v1/match', json)).json()).predictions).toEqual(few)
    expect((await (await post('/v1/match', csv, 'text/csv')).json()).predictions).toEqual(few)
    const { id, outputs } = await (await post('/v2/models/som/infer', tensor)).json()
    expect(id).toBe('x')
    expect(outputs).toEqual([
      {
        ...{ name: 'unit', datatype: 'INT64', shape: [ROWS] },
        data: few.map((row) => (row as { unit: number }).unit),
      },
    ])
  })

  it('is refused in the words of a small one', async () => {
    const wrong = (rows: number): string =>
      JSON.stringify({ instances: [[1, 'x'], ...values.slice(0, rows), [1]] }) // biome-ignore format: rows
    const [small, large] = [await post('/v1/match', wrong(0)), await post('/v1/match', wrong(10_000))]
    expect([small.status, large.status]).toEqual([400, 400])
    const [first] = (await small.json()).issues
    const { issues } = await large.json()
    expect(issues[0]).toEqual(first)
    expect(issues[1].path).toBe('instances[10001]')
    const cut = await post('/v1/match', json.slice(0, -1))
    expect([cut.status, (await cut.json()).issues[0].message]).toEqual([400, expect.stringContaining('body of JSON')])
  })

  it('makes a page about its rows', async () => {
    const answer = await post('/v1/report.html', `a,b\n${values.slice(0, 9000).join('\n')}\n`, 'text/csv')
    expect(answer.status).toBe(200)
    expect(await answer.text()).toMatch(/^<!doctype html>/i)
  })

  it('without rows is refused before it is read', async () => {
    const answer = await post('/v1/match?', `{"a": "${'x'.repeat(100)}"}`)
    expect(answer.status).toBe(400)
  })
})

describe('a task', () => {
  it('that needs more memory than it may have fails alone, and the next is done', async () => {
    const faults: number[] = []
    const pool = new Pool(() => faults.push(1), { mebibytes: 48 })
    const body = (text: string) => ({
      ...{ type: 'json' as const, bytes: new TextEncoder().encode(text), features: [], most: 10_000_000 },
      bounds: { depth: 64, containers: 10_000_000, names: 100_000 },
    })
    const large = pool.run('readSamples', body(`{"instances": [${'[],'.repeat(2_500_000)}[]]}`))
    await expect(large).rejects.toMatchObject({
      status: 413,
      issues: [{ message: expect.stringMatching(/48 MiB of memory|20 seconds/) }],
    })
    const small = pool.run('readSamples', body('{"instances": [[1]]}'))
    await expect(small).rejects.toMatchObject({ status: 400 })
    expect(faults).toEqual([])
    await pool.close()
  })

  it('that takes longer than it may is ended, and the next is done', async () => {
    const pool = new Pool(undefined, { seconds: 0.001 })
    const csv = { type: 'csv' as const, bytes: new TextEncoder().encode('a\n1\n'), features: [], most: 10 }
    const bounds = { depth: 1, containers: 1, names: 1 }
    await expect(pool.run('readSamples', { ...csv, bounds })).rejects.toMatchObject({ status: 413 })
    await pool.close()
  })

  it('whose caller has left while it waited is not begun, and the others are done', async () => {
    const pool = new Pool()
    const text = JSON.stringify({ instances: Array.from({ length: 20_000 }, (_, i) => [i % 7, 'x'.repeat(i % 3)]) })
    const body = () => ({
      ...{ type: 'json' as const, bytes: new TextEncoder().encode(text), features: [], most: 10_000_000 },
      bounds: { depth: 64, containers: 10_000_000, names: 100_000 },
    })
    const leaving = new AbortController()
    const stays = Array.from({ length: 3 }, () => pool.run('readSamples', body()))
    const left = pool.run('readSamples', body(), { left: leaving.signal })
    leaving.abort(new Error('left'))
    await expect(left).rejects.toThrow('left')
    for (const each of stays) await expect(each).rejects.toMatchObject({ status: 400 })
    await pool.close()
  })
})
