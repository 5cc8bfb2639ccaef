import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer as createHttp, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fitTargets, js, orThrow, samplesOf, train } from '@som/core'
import { decodeModel } from '@som/io'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { sourceWorkers } from '../../test/worker.ts'
import { createServer, type Data, openData } from '../index.ts'
import type { GivenSettings } from '../settings/setting-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-jobs-'))
const root = join(folder, 'root')
const rows = Array.from({ length: 60 }, (_, i) => [Math.sin(i) * 9, Math.cos(i * 1.3), i % 3 === 0 ? 'a' : 'b'])
const csv = `x,y,kind\n${rows.map((row) => row.join(',')).join('\n')}\n`
let data: Data
let app: FastifyInstance
let files: Server
let address: string
let origin: string
const asked: string[] = []

beforeAll(async () => {
  mkdirSync(root)
  writeFileSync(join(root, 'rows.csv'), csv)
  writeFileSync(join(folder, 'secret.csv'), csv)
  symlinkSync(join(folder, 'secret.csv'), join(root, 'link.csv'))
  symlinkSync(folder, join(root, 'way'))
  symlinkSync('/dev/zero', join(root, 'endless.csv'))
  files = createHttp((request, reply) => {
    asked.push(request.url ?? '')
    if (request.url === '/sets/away.csv') return reply.writeHead(302, { location: '/secret.csv' }).end()
    if (request.url === '/sets/zip.csv') return reply.writeHead(200, { 'content-encoding': 'gzip' }).end('x')
    return reply.writeHead(200, { 'content-type': 'text/csv' }).end(csv)
  })
  await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(files.address() as AddressInfo).port}`
  await start(false)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await stop()
  files.close()
  rmSync(folder, { recursive: true })
})

async function start(allowPrivateUrls: boolean, written: GivenSettings = {}) {
  data = openData(join(folder, 'data'))
  const local = `http://localhost:${(files.address() as AddressInfo).port}/sets/`
  const settings = settingsFor(
    {
      ...{
        model: undefined,
        data: join(folder, 'data'),
        allowRoot: [root],
        allowUrl: [`${origin}/sets/`, local, 'http://169.254.169.254/'],
      },
      ...{
        allowPrivateUrls,
        maxUpload: 100000,
        maxUnits: 400,
        maxEpochs: 5000,
        checkpointEvery: 2,
        ...written,
      },
    },
    process.env,
  )
  app = await createServer({ backend: js(), data, workers: sourceWorkers }, settings)
  address = await app.listen({ host: '127.0.0.1', port: 0 })
}
async function stop() {
  await app.close()
  data.close()
}

async function call(method: string, path: string, body?: unknown, type = 'application/json') {
  const sent = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await fetch(address + path, { method, headers: sent ? { 'content-type': type } : {}, body: sent })
  return { status: answer.status, body: await answer.json() }
}
const submit = (body: object) => call('POST', '/v1/jobs', { map: 'made', ...body })

interface Told {
  readonly id: number
  readonly event: string
  readonly data: Record<string, unknown>
}

/** The events of a job until it ends. */
async function events(id: string, after?: number): Promise<Told[]> {
  const headers: Record<string, string> = after === undefined ? {} : { 'last-event-id': String(after) }
  const answer = await fetch(`${address}/v1/jobs/${id}/events`, { headers })
  const parts = (await answer.text()).split('\n\n').filter((part) => part.startsWith('id: '))
  return parts.map((part) => {
    const [id, event, data] = part.split('\n').map((line) => line.slice(line.indexOf(': ') + 2))
    return { id: Number(id), event, data: JSON.parse(data) }
  })
}

describe('a training job', () => {
  it('of an upload becomes a version with its lineage, and reports each epoch', async () => {
    const { status, body } = await call('POST', '/v1/tables', csv, 'text/csv')
    expect(status).toBe(201)
    const options = { lattice: { rows: 4, columns: 5 }, epochs: 6, seed: 7 }
    const job = await submit({ table: body, choice: { categories: ['kind'] }, options }).then(() =>
      submit({
        table: { upload: body.upload },
        choice: { categories: ['kind'] },
        options,
        alias: 'champion',
        tags: { by: 'test' },
      }),
    )
    expect(job.status).toBe(202)
    const told = await events(job.body.id)
    expect(told.map(({ id }) => id)).toEqual(told.map((_, i) => i + 1))
    expect(told.filter(({ event }) => event === 'epoch').map(({ data }) => data.epoch)).toEqual([1, 2, 3, 4, 5, 6])
    expect(told.filter(({ event }) => event === 'checkpoint').map(({ data }) => data.epoch)).toEqual([2, 4])
    expect(told.at(-1)).toMatchObject({ event: 'done', data: { version: 1 } })
    expect(await events(job.body.id, 3)).toEqual(told.slice(3))
    const version = (await call('GET', '/v1/maps/made/alias/champion')).body
    expect(version).toMatchObject({
      version: 1,
      tags: { by: 'test' },
      lineage: { table: body.upload, job: job.body.id, parameters: { seed: 7 } },
    })
    const scored = await call('POST', '/v1/maps/made/versions/1/match', {
      dataframe_records: [{ x: 1, y: 1, kind: 'a' }],
    })
    expect(scored.body.predictions).toHaveLength(1)
    expect(readdirSync(join(folder, 'data', 'jobs'))).toEqual([])
  })

  it('of a path under an allowed root starts from another version', async () => {
    const job = await submit({
      table: { path: 'rows.csv' },
      from: { name: 'made', alias: 'champion' },
      options: { epochs: 2 },
    })
    expect((await events(job.body.id)).at(-1)).toMatchObject({ event: 'done', data: { version: 2 } })
    const { lineage } = (await call('GET', '/v1/maps/made/versions/2')).body
    expect(lineage.parent).toEqual({ name: 'made', version: 1 })
    const whole = await submit({ table: { path: join(root, 'rows.csv') }, options: { epochs: 1 } })
    expect((await events(whole.body.id)).at(-1)?.event).toBe('done')
  })

  it('with targets makes a map that predicts them, with the bytes of the command', async () => {
    const targets = [{ name: 'kind' }, { name: 'y', kind: 'number' }]
    const wrong = await submit({ table: { path: 'rows.csv' }, targets: [{ name: 'kynd' }] })
    const [failed] = (await events(wrong.body.id)).slice(-1)
    expect([failed.event, JSON.stringify(failed.data)]).toEqual(['failed', expect.stringContaining('did you mean')])
    const job = await submit({ map: 'predicts', table: { path: 'rows.csv' }, targets, options: { epochs: 3 } })
    expect((await events(job.body.id)).at(-1)).toMatchObject({ event: 'done', data: { version: 1 } })
    const bytes = new Uint8Array(await (await fetch(`${address}/v1/maps/predicts/versions/1/model`)).arrayBuffer())
    const som = orThrow(decodeModel(bytes).mapErr(({ issues }) => issues))
    expect(som.features.map(({ name }) => name)).toEqual(['x'])
    expect(som.targets?.of.map(({ name, kind }) => [name, kind])).toEqual([
      ['kind', 'class'],
      ['y', 'number'],
    ])
    const samples = samplesOf(
      rows.map(([x]) => [Number(x)]),
      ['x'],
    )
    const own = orThrow(await train({ samples, epochs: 3 }, { backend: js() }))
    const values = { kind: rows.map(([, , kind]) => String(kind)), y: rows.map(([, y]) => Number(y)) }
    const fitted = orThrow(await fitTargets(own, samples, values, { seed: own.training.seed }, { backend: js() }))
    expect(som.targets).toEqual(fitted.targets)
  })

  it('is refused in plain words where properties are wrong, missing or not there', async () => {
    const { status, body } = await submit({ map: undefined, table: 'rows.csv', backend: 5, choise: {} })
    expect(status).toBe(400)
    expect(body.issues).toEqual([
      { path: 'map', message: 'expected a value, found none' },
      {
        path: 'table',
        message: 'expected {"upload": digest}, {"path": file} or {"url": address}, found "rows.csv"',
      },
      { path: 'backend', message: 'expected text, found 5' },
      { path: 'choise', message: 'no such property; did you mean choice?' },
    ])
    const options = { lattice: { size: 3 }, metric: 'euclid', epochs: 'many' }
    const inner = await submit({ table: { path: 'rows.csv' }, options, targets: [{ name: 'kind', kind: 'clas' }] })
    expect(inner.body.issues).toEqual([
      { path: 'targets.0.kind', message: 'expected one of class, number, found "clas"; did you mean class?' },
      { path: 'options.lattice.size', message: 'no such property; there are cell, shape, rows, columns, units' },
      {
        path: 'options.metric',
        message: expect.stringMatching(/^expected one of euclidean, .*; did you mean euclidean\?$/),
      },
      { path: 'options.epochs', message: 'expected a number, found "many"' },
    ])
  })

  it('is refused with each property that is not there, and how many more there are', async () => {
    const some = Object.fromEntries(Array.from({ length: 3 }, (_, i) => [`x${i}`, i]))
    const few = await submit({ table: { path: 'rows.csv' }, options: some, chioce: {} })
    expect(few.body.issues.map(({ path }: { path: string }) => path)).toEqual([
      'options.x0',
      'options.x1',
      'options.x2',
      'chioce',
    ])
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`x${i}`, i]))
    const { body } = await submit({ table: { path: 'rows.csv' }, options: many })
    expect(body.issues.at(0).path).toBe('options.x0')
    expect(body.issues.at(-1)).toEqual({ path: '', message: `and ${5000 - body.issues.length + 1} more` })
  })

  it('is refused with every issue before it waits', async () => {
    const options = { lattice: { rows: 100, columns: 100 }, epochs: 10_000, kernel: 'mexican-hat', rule: 'batch' }
    const found = await submit({ table: { path: 'rows.csv' }, options, backend: 'gpu' })
    expect(found.status).toBe(400)
    expect(found.body.issues.map(({ path }: { path: string }) => path)).toEqual([
      'options.kernel',
      'backend',
      'options.lattice',
      'options.epochs',
    ])
    expect((await submit({ table: { upload: '0'.repeat(64) } })).status).toBe(404)
    expect((await submit({ table: { path: 'rows.csv' }, map: '../x' })).body.issues[0].path).toBe('map')
    expect((await submit({ table: { path: 'rows.csv', url: 'http://x/' } })).status).toBe(400)
  })

  it('fails with its issues where its table does not do, and names no path of ours', async () => {
    const { body } = await call('POST', '/v1/tables', 'a,b\nx,y\n', 'text/csv')
    const job = await submit({ table: { upload: body.upload } })
    const end = (await events(job.body.id)).at(-1)
    expect(end?.event).toBe('failed')
    expect(JSON.stringify(end)).not.toContain(folder)
    const parquet = await call('POST', '/v1/tables', 'PAR1 no parquet PAR1', 'application/vnd.apache.parquet')
    const bad = await submit({ table: { upload: parquet.body.upload } })
    const told = (await events(bad.body.id)).at(-1)
    expect(told?.event).toBe('failed')
    expect(JSON.stringify(told)).not.toContain(folder)
  })

  it('fails where its rows are deeper than those of a table, which may end the process that reads them', async () => {
    const deep = `{"a": ${'['.repeat(500)}${']'.repeat(500)}}\n{"a": 1}\n`
    const { body } = await call('POST', '/v1/tables', deep, 'application/x-ndjson')
    const job = await submit({ table: { upload: body.upload } })
    const end = (await events(job.body.id)).at(-1)
    const issue = { path: 'table', message: 'expected lines at most 100 lists and objects deep' }
    expect([end?.event, end?.data]).toEqual(['failed', { issues: [issue] }])
  })

  it('is cancelled where it waits, and where it runs', async () => {
    const long = { table: { path: 'rows.csv' }, options: { lattice: { rows: 20, columns: 20 }, epochs: 5000 } }
    const [running, waiting] = [await submit(long), await submit(long)]
    expect((await call('DELETE', `/v1/jobs/${waiting.body.id}`)).status).toBe(202)
    expect((await events(waiting.body.id)).at(-1)?.event).toBe('cancelled')
    await expect.poll(async () => (await call('GET', `/v1/jobs/${running.body.id}`)).body.epoch).toBeGreaterThan(1)
    await call('DELETE', `/v1/jobs/${running.body.id}`)
    expect((await events(running.body.id)).at(-1)?.event).toBe('cancelled')
    expect((await call('DELETE', `/v1/jobs/${running.body.id}`)).status).toBe(409)
  })

  it('rests when the server ends, and continues from its checkpoint when it starts', async () => {
    const job = await submit({
      map: 'rested',
      table: { path: 'rows.csv' },
      options: { lattice: { rows: 20, columns: 20 }, epochs: 400 },
    })
    await expect.poll(async () => (await call('GET', `/v1/jobs/${job.body.id}`)).body.epoch).toBeGreaterThan(1)
    await stop()
    await start(false)
    const told = await events(job.body.id)
    const kinds = told.map(({ event }) => event)
    expect(kinds.indexOf('resumed')).toBeGreaterThan(kinds.indexOf('interrupted'))
    expect(kinds.at(-1)).toBe('done')
    const { lineage } = (await call('GET', '/v1/maps/rested/versions/1')).body
    expect(lineage.parameters.epochsDone).toBe(400)
  })
})

describe('jobs on record', () => {
  it('are trained where the tracking server is down: what it should receive waits in the data folder', async () => {
    vi.stubEnv('MLFLOW_TRACKING_URI', 'http://127.0.0.1:9')
    await stop()
    await start(false, { track: 'mlflow:tides', register: true })
    const options = { lattice: { rows: 4, columns: 5 }, epochs: 3 }
    const job = await submit({ map: 'told', table: { path: 'rows.csv' }, options, tags: { by: 'test' } })
    const told = await events(job.body.id)
    expect(told.at(-1)?.event).toBe('done')
    // Where runs are recorded is no concern of whoever sends jobs.
    expect(told.at(-2)?.data.message).toBe("the run is not recorded yet; see the server's log")
    expect(JSON.stringify(told)).not.toContain('127.0.0.1:9')
    const long = { lattice: { rows: 20, columns: 20 }, epochs: 5000 }
    const stopped = await submit({ map: 'told', table: { path: 'rows.csv' }, options: long })
    await expect.poll(async () => (await call('GET', `/v1/jobs/${stopped.body.id}`)).body.epoch).toBeGreaterThan(1)
    await call('DELETE', `/v1/jobs/${stopped.body.id}`)
    expect((await events(stopped.body.id)).at(-1)?.event).toBe('cancelled')
    await stop()
    await start(false)
    const spool = join(folder, 'data', 'spool')
    const runs = readdirSync(spool).sort()
    expect(runs.map((name) => name.slice(-36))).toEqual([job.body.id, stopped.body.id])
    const [done, killed] = runs.map((name) =>
      readFileSync(join(spool, name, 'entries.jsonl'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    )
    expect(done[0].run).toMatchObject({
      ...{ experiment: 'tides', name: 'told', parameters: { epochs: 3, rows: 60 } },
      tags: { by: 'test', 'som.job': job.body.id, 'som.data': 'rows.csv', 'som.backend': 'js' },
    })
    expect(done.filter(({ kind }) => kind === 'artefact').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['told.som', 'model/MLmodel', 'plots/u-matrix.svg', 'report.html']),
    )
    expect(done.slice(-2)).toMatchObject([
      { kind: 'register', name: 'told' },
      { kind: 'end', status: 'finished' },
    ])
    expect(killed.at(-1)).toMatchObject({ kind: 'end', status: 'killed' })
    expect(readdirSync(join(folder, 'data', 'jobs'))).toEqual([])
  })
})

describe('what leads elsewhere', () => {
  it.each([
    '../secret.csv',
    'link.csv',
    'way/secret.csv',
    'endless.csv',
    '..%2fsecret.csv',
    'way/root/../secret.csv',
    '/etc/passwd',
    '',
    '.',
    'rows.csv\0.png',
    'rows.csv#x',
    'file:///etc/passwd',
    '\\\\host\\share',
    "SELECT * FROM '/etc/passwd'",
    '*.csv',
    '/proc/self/environ',
  ])('no job reads the path %j', async (path) => {
    const found = await submit({ table: { path } })
    expect([400, 403]).toContain(found.status)
    expect(JSON.stringify(found.body)).not.toContain(folder)
  })

  it('no job fetches from beyond the prefixes, from this machine, its network, or a cloud that it runs in', async () => {
    const before = asked.length
    const tries = [
      `${origin}/sets/rows.csv`,
      `http://localhost:${new URL(origin).port}/sets/rows.csv`,
      'http://169.254.169.254/latest/meta-data/',
      `${origin}/secret.csv`,
      `${origin}/sets/../secret.csv`,
      `${origin}/sets/%2e%2e/secret.csv`,
      `${origin}/sets/..%2fsecret.csv`,
      `${origin}/sets/%252e%252e/secret.csv`,
      `${origin}/sets/x.csv#/../../etc/passwd`,
      `http://user:word@${new URL(origin).host}/sets/rows.csv`,
      `${origin}@attacker.example/sets/rows.csv`,
      'http://2130706433/sets/rows.csv',
      'http://0x7f.1/sets/rows.csv',
      'http://[::ffff:127.0.0.1]/sets/rows.csv',
      'file:///etc/passwd',
      'ftp://127.0.0.1/sets/rows.csv',
      'gopher://127.0.0.1/',
      'jar:http://127.0.0.1!/',
      '//127.0.0.1/sets/rows.csv',
      'javascript:0',
    ]
    for (const url of tries) expect([url, (await submit({ table: { url } })).status]).toEqual([url, 403])
    expect(asked.length).toBe(before)
  })

  it('told plainly, a job fetches from this machine, and follows no redirect', async () => {
    await stop()
    await start(true)
    const job = await submit({ map: 'fetched', table: { url: `${origin}/sets/rows.csv` }, options: { epochs: 2 } })
    expect((await events(job.body.id)).at(-1)?.event).toBe('done')
    const away = await submit({ table: { url: `${origin}/sets/away.csv` } })
    expect(away.body.issues[0].message).toContain('a redirect')
    expect((await submit({ table: { url: `${origin}/sets/zip.csv` } })).status).toBe(422)
    expect(asked).not.toContain('/secret.csv')
  })

  it('an upload beyond the limit is refused, and nothing of it is left', async () => {
    const before = readdirSync(join(folder, 'data', 'tables')).length
    expect((await call('POST', '/v1/tables', 'x'.repeat(200_000), 'text/csv')).status).toBe(413)
    expect((await call('POST', '/v1/tables', '{}', 'application/json')).status).toBe(415)
    expect(readdirSync(join(folder, 'data', 'tables'))).toHaveLength(before)
  })
})

describe('bounds', () => {
  it('a queue that is full, or a caller with too many jobs, is reported so', async () => {
    await stop()
    await start(false, { queue: 2, maxJobs: 4 })
    const long = { table: { path: 'rows.csv' }, options: { lattice: { rows: 20, columns: 20 }, epochs: 5000 } }
    const found = [await submit(long), await submit(long), await submit(long), await submit(long)]
    expect(found.map(({ status }) => status)).toEqual([202, 202, 202, 503])
    for (const { body } of found.slice(0, 3).reverse()) await call('DELETE', `/v1/jobs/${body.id}`)
    const { key } = data.keys.make({ label: '', scopes: ['train'], limits: { jobs: 1 }, expires: null })
    const ask = (path: string, body?: object) =>
      fetch(address + path, {
        method: body ? 'POST' : 'GET',
        headers: { 'x-api-key': key, ...(body && { 'content-type': 'application/json' }) },
        body: body && JSON.stringify(body),
      })
    const own = await ask('/v1/jobs', { map: 'own', ...long })
    expect((await ask('/v1/jobs', { map: 'own', ...long })).status).toBe(429)
    const { jobs } = await (await ask('/v1/jobs')).json()
    expect(jobs.map(({ id }: { id: string }) => id)).toEqual([(await own.json()).id])
    expect((await ask(`/v1/jobs/${found[0].body.id}`)).status).toBe(404)
  })

  it('one server serves a folder', async () => {
    const other = openData(join(folder, 'data'))
    await expect(createServer({ backend: js(), data: other }, settingsFor({ data: folder }))).rejects.toMatchObject({
      status: 409,
    })
    other.close()
  })
})
