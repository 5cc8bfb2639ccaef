import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { js, samplesOf, train } from '@som/core'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsFor } from '../test/settings-for.ts'
import { sourceWorkers } from '../test/worker.ts'
import { createServer, type Data, openData } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-large-'))
let data: Data
let app: FastifyInstance
let address: string

beforeAll(async () => {
  const samples = samplesOf([[1, 2], [3, 5], [4, 1], [7, 8]], ['a', 'b']) // biome-ignore format: a table
  const som = (await train({ samples, lattice: { rows: 2, columns: 2 }, epochs: 1 })).unwrapOrElse(() => {
    throw new Error('not trained')
  })
  data = openData(folder)
  app = await createServer({ som, data, backend: js(), workers: sourceWorkers }, settingsFor({ data: folder }))
  address = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await app.close()
  data.close()
  rmSync(folder, { recursive: true })
})

async function post(path: string, body: string, type = 'application/json') {
  const answer = await fetch(address + path, { method: 'POST', headers: { 'content-type': type }, body })
  const text = await answer.text()
  expect(text.length).toBeLessThan(20_000)
  return { status: answer.status, issues: JSON.parse(text).issues as { path: string; message: string }[] }
}

const MANY = 2_000_000
/** Fewer where no rows are taken: such bodies are smaller. */
const MANY_FOR_JOBS = 120_000
const list = (entry: string, many = MANY): string => `[${`${entry},`.repeat(many - 1)}${entry}]`
const job = (more: string): string => `{"map": "a", "table": {"upload": "${'0'.repeat(64)}"}, ${more}}`

describe('a body of many wrong things is refused by its first ones', () => {
  it.each(['columns', 'exclude', 'categories'])('a job whose choice.%s holds 120,000 numbers', async (name) => {
    expect(await post('/v1/jobs', job(`"choice": {"${name}": ${list('1', MANY_FOR_JOBS)}}`))).toEqual({
      status: 400,
      issues: [{ path: `choice.${name}`, message: 'expected a list of at most 100000 entries, found 120000' }],
    })
  })

  it.each([
    ['options.phases', `"options": {"phases": ${list('1', MANY_FOR_JOBS)}}`],
    ['choice.times.t', `"choice": {"times": {"t": ${list('1', MANY_FOR_JOBS)}}}`],
  ])('a job whose %s holds 120,000 numbers', async (path, more) => {
    const { status, issues } = await post('/v1/jobs', job(more))
    expect([status, issues.length, issues[0].path]).toEqual([400, 1, path])
  })

  it('a tensor whose shape is 2 million texts, and 2 million tensors', async () => {
    const tensor = `{"shape": ${list('"1"')}, "data": [1, 2]}`
    const shape = await post('/v2/models/som/infer', `{"inputs": [${tensor}]}`)
    expect([shape.status, shape.issues.map(({ path }) => path)]).toEqual([400, ['inputs.0.shape']])
    const inputs = await post('/v2/models/som/infer', `{"inputs": ${list('1')}}`)
    expect([inputs.status, inputs.issues.map(({ path }) => path)]).toEqual([400, ['inputs']])
  })

  it('99 wrong names are 20 issues, and how many more', async () => {
    const columns = JSON.stringify(Array.from({ length: 99 }, (_, i) => i))
    const { issues } = await post('/v1/jobs', job(`"choice": {"columns": ${columns}}`))
    expect([issues.length, issues[19].path, issues[20]]).toEqual([
      21,
      'choice.columns.19',
      { path: '', message: 'and 79 more' },
    ])
    const rows = JSON.stringify(Array.from({ length: 99 }, () => [1, 'x']))
    expect((await post('/v1/match', `{"instances": ${rows}}`)).issues.at(-1)).toEqual({
      path: '',
      message: 'and 79 more',
    })
  })

  it('an object of more names, and more lists and objects, than any request has', async () => {
    const names = Array.from({ length: 120_000 }, (_, i) => `"n${i}": "average"`).join(',')
    expect((await post('/v1/jobs', job(`"tags": {${names}}`))).status).toBe(413)
    expect((await post('/v1/match', `{"dataframe_records": ${list('{}')}}`)).status).toBe(413)
    expect((await post('/v1/match', `{"inputs": {"${'n'.repeat(1e6)}": 1}}`)).status).toBe(400)
  })

  it.each([
    ['lines of nothing', ',\n'],
    ['quotes', '"'],
    ['quoted quotes', '""""\n'],
    ['delimiters', ','],
    ['line ends', '\r\n'],
  ])('CSV of %s', async (_, part) => {
    expect((await post('/v1/match', part.repeat((2 * MANY) / part.length), 'text/csv')).status).toBeGreaterThanOrEqual(
      400,
    )
    const { status } = await post('/v1/match', `a,b\n${part.repeat((2 * MANY) / part.length)}`, 'text/csv')
    expect(status).toBeLessThan(500)
  })
})
