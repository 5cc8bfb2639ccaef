import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { plan, samplesOf, trainEpochs } from '@som/core'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { all, follow, jsonl, mlflow, none, push } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-tracking-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const planned = plan({
  samples: samplesOf(Array.from({ length: 30 }, (_, i) => [Math.sin(i), Math.cos(2 * i)])),
  lattice: { rows: 3, columns: 4 },
  epochs: 5,
  radius: { start: 4, end: 0.5 },
}).unwrapOrElse((issues) => {
  throw new Error(JSON.stringify(issues))
})

it('a file of JSON lines holds the start, each epoch by the schedule, and the end', async () => {
  const file = join(folder, 'runs.jsonl')
  const tracker = all(none(), jsonl(file))
  const som = await follow(tracker, { experiment: 'test', tags: { data: 'abc' } }, planned, trainEpochs(planned))
  await tracker.artefact('map.som', new Uint8Array(7))
  expect(await tracker.end('finished')).toEqual([])
  const lines = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ event }) => event)).toEqual(['start', ...Array(6).fill('log'), 'artefact', 'end'])
  expect(lines[0]).toMatchObject({
    experiment: 'test',
    parameters: { rows: 30, epochs: 5, radius: '4:0.5' },
    tags: { data: 'abc' },
  })
  lines.slice(1, 6).forEach(({ step, metrics }, i) => {
    expect(step).toBe(i + 1)
    expect(metrics.neighbourhood_radius).toBe(som.training.history[i].radius)
  })
})

it('a file that cannot be written is told at the end, and stops nothing', async () => {
  const tracker = jsonl(join(folder, 'absent', 'runs.jsonl'))
  await follow(tracker, { experiment: 'test' }, planned, trainEpochs(planned))
  expect((await tracker.end('finished')).join()).toContain('no such file')
})

describe('an MLflow server', () => {
  const spool = join(folder, 'spool')
  let server: Server
  let calls: { path: string; body: string; authorization?: string }[]
  let isDown: boolean
  /** The call after whose answer it is down. */
  let downAfter: string
  let uri: string

  beforeEach(async () => {
    calls = []
    isDown = false
    downAfter = 'nothing'
    server = createServer((request, response) => {
      let body = ''
      request.on('data', (part) => {
        body += part
      })
      request.on('end', () => {
        const path = (request.url ?? '').replace(/\?.*/, '')
        if (isDown) return void response.writeHead(503).end('{"message": "busy"}')
        calls.push({ path, body, authorization: request.headers.authorization })
        if (path.endsWith(downAfter)) isDown = true
        const answers: Record<string, object> = {
          '/api/2.0/mlflow/experiments/get-by-name': { experiment: { experiment_id: '7' } },
          '/api/2.0/mlflow/runs/create': {
            run: { info: { run_id: 'r1', artifact_uri: 'mlflow-artifacts:/7/r1/artifacts' } },
          },
        }
        const made = calls.filter(({ path: asked }) => asked.endsWith('model-versions/create'))
        answers['/api/2.0/mlflow/model-versions/search'] = {
          model_versions: made.map(({ body: of }) => JSON.parse(of)),
        }
        response.end(JSON.stringify(answers[path] ?? {}))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach(() => {
    server.close()
    rmSync(spool, { recursive: true, force: true })
    delete process.env.MLFLOW_TRACKING_TOKEN
    delete process.env.MLFLOW_TRACKING_URI
  })

  const metricsSent = () =>
    calls.flatMap(({ path, body }) => (path.endsWith('log-batch') ? (JSON.parse(body).metrics ?? []) : []))
  const radii = () => metricsSent().filter(({ key }: { key: string }) => key === 'neighbourhood_radius')

  it('is told everything in order, and nothing is left in the spool', async () => {
    process.env.MLFLOW_TRACKING_TOKEN = 'secret'
    const tracker = mlflow({ uri, spool })
    await follow(tracker, { experiment: 'test' }, planned, trainEpochs(planned))
    await tracker.artefact('plots/u-matrix.svg', new TextEncoder().encode('<svg/>'))
    expect(await tracker.end('finished')).toEqual([])
    expect(radii().map(({ step }: { step: number }) => step)).toEqual([1, 2, 3, 4, 5])
    expect(calls.at(-2)).toMatchObject({
      path: '/api/2.0/mlflow-artifacts/artifacts/7/r1/artifacts/plots/u-matrix.svg',
      body: '<svg/>',
    })
    expect(JSON.parse(calls.at(-1)?.body ?? '')).toMatchObject({ run_id: 'r1', status: 'FINISHED' })
    expect(calls.every(({ authorization }) => authorization === 'Bearer secret')).toBe(true)
    expect(readdirSync(spool)).toEqual([])
  })

  it('that is down loses nothing: what waited is sent by push, once', async () => {
    isDown = true
    const tracker = mlflow({ uri, spool })
    await follow(tracker, { experiment: 'test' }, planned, trainEpochs(planned))
    const [told] = await tracker.end('finished')
    expect(told).toContain('answered 503: busy')
    expect(told).toContain('som track push')
    expect((await push({ spool })).left).toHaveLength(1)
    isDown = false
    expect(await push({ spool })).toEqual({ sent: 1, left: [], going: 0 })
    expect(radii()).toHaveLength(5)
    expect(calls.filter(({ path }) => path.endsWith('runs/create'))).toHaveLength(1)
    expect(await push({ spool })).toEqual({ sent: 0, left: [], going: 0 })
  })

  it('that goes down in mid-run has each epoch once in the end', async () => {
    const tracker = mlflow({ uri, spool })
    await follow(tracker, { experiment: 'test' }, planned, trainEpochs(planned), ({ record }) => {
      isDown = record.epoch >= 2
    })
    expect(await tracker.end('finished')).toHaveLength(1)
    isDown = false
    expect((await push({ spool })).sent).toBe(1)
    expect(radii().map(({ step }: { step: number }) => step)).toEqual([1, 2, 3, 4, 5])
    expect(calls.filter(({ path }) => path.endsWith('runs/create'))).toHaveLength(1)
  })

  it('that goes down once it has made the run is not asked for another', async () => {
    downAfter = 'runs/create'
    const tracker = mlflow({ uri, spool })
    await tracker.start({ experiment: 'test', parameters: { a: 1 }, tags: {} })
    await tracker.end('finished')
    downAfter = 'nothing'
    isDown = false
    expect((await push({ spool })).sent).toBe(1)
    expect(calls.filter(({ path }) => path.endsWith('runs/create'))).toHaveLength(1)
    expect(JSON.parse(calls.at(-1)?.body ?? '')).toMatchObject({ run_id: 'r1', status: 'FINISHED' })
  })

  it('that closes an idle connection while this thread is busy is told all the same', async () => {
    server.keepAliveTimeout = 1
    const tracker = mlflow({ uri, spool })
    await follow(tracker, { experiment: 'test' }, planned, trainEpochs(planned), () => {
      const until = performance.now() + 50
      while (performance.now() < until);
    })
    expect(await tracker.end('finished')).toEqual([])
  })

  it('has a model registered once, whatever is sent twice', async () => {
    const tracker = mlflow({ uri, spool })
    await tracker.start({ experiment: 'test', parameters: {}, tags: {} })
    await tracker.register('model', 'calm')
    isDown = true
    await tracker.register('model', 'calm')
    await tracker.end('finished')
    isDown = false
    await push({ spool })
    const versions = calls.filter(({ path }) => path.endsWith('model-versions/create'))
    expect(versions.map(({ body }) => JSON.parse(body))).toEqual([
      { name: 'calm', source: 'mlflow-artifacts:/7/r1/artifacts/model', run_id: 'r1' },
    ])
  })

  it('that is busy for a moment at the end is asked again', async () => {
    const tracker = mlflow({ uri, spool })
    await tracker.start({ experiment: 'test', parameters: {}, tags: {} })
    isDown = true
    setTimeout(() => {
      isDown = false
    }, 50)
    expect(await tracker.end('finished')).toEqual([])
    expect(readdirSync(spool)).toEqual([])
  })

  it('whose address holds a name and a password is told them, and nobody else is', async () => {
    const secret = uri.replace('://', '://anna:p%40ss@')
    const tracker = mlflow({ uri: secret, spool })
    await tracker.start({ experiment: 'test', parameters: {}, tags: {} })
    await tracker.log({ radius: 1 }, 1)
    isDown = true
    const [told] = await tracker.end('finished')
    const basic = `Basic ${Buffer.from('anna:p@ss').toString('base64')}`
    expect(calls.every(({ authorization }) => authorization === basic)).toBe(true)
    const [run] = readdirSync(spool)
    const kept = readFileSync(join(spool, run, 'entries.jsonl'), 'utf8')
    for (const text of [told, kept]) expect(text).not.toMatch(/anna|p@ss|p%40ss/)
    isDown = false
    process.env.MLFLOW_TRACKING_URI = secret
    expect(await push({ spool })).toMatchObject({ sent: 1 })
    expect(calls.at(-1)?.authorization).toBe(basic)
  })

  it('is not told by push of a run that is still going, and told that one whose process was killed was killed', async () => {
    const tracker = mlflow({ uri: 'http://127.0.0.1:9', spool })
    await tracker.start({ experiment: 'test', parameters: {}, tags: {} })
    await tracker.log({ radius: 1 }, 1)
    expect(await push({ uri, spool })).toEqual({ sent: 0, left: [], going: 1 })
    const [run] = readdirSync(spool)
    const path = join(spool, run, 'entries.jsonl')
    // As it would be had another process, which is no more, begun it.
    const { pid } = spawnSync(process.execPath, ['--eval', '0'])
    writeFileSync(path, readFileSync(path, 'utf8').replace(`"pid":${process.pid}`, `"pid":${pid}`))
    expect(await push({ uri, spool })).toEqual({ sent: 1, left: [], going: 0 })
    expect(JSON.parse(calls.at(-1)?.body ?? '')).toMatchObject({ run_id: 'r1', status: 'KILLED' })
    expect(await push({ uri, spool })).toEqual({ sent: 0, left: [], going: 0 })
  })

  it('that nobody reaches is told by its name, and no secret is kept', async () => {
    process.env.MLFLOW_TRACKING_TOKEN = 'secret'
    const tracker = mlflow({ uri: 'http://127.0.0.1:9', spool })
    await tracker.start({ experiment: 'test', parameters: {}, tags: {} })
    expect((await tracker.end('failed')).join()).toContain('http://127.0.0.1:9 is out of reach')
    const [run] = readdirSync(spool)
    expect(readFileSync(join(spool, run, 'entries.jsonl'), 'utf8')).not.toContain('secret')
  })
})
