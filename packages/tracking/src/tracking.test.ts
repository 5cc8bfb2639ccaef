import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { plan, samplesOf, trainEpochs } from '@som/core'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { all, follow, jsonl, mlflow, none, push, trackingOf } from './index.ts'

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

it('a file that cannot be written is reported at the end, and stops nothing', async () => {
  const tracker = jsonl(join(folder, 'absent', 'runs.jsonl'))
  await follow(tracker, { experiment: 'test' }, planned, trainEpochs(planned))
  expect((await tracker.end('finished')).join()).toContain('no such file')
})

it('a run continues in the same lines where another process takes it over, and nothing of it is there twice', async () => {
  const file = join(folder, 'over.jsonl')
  const start = { experiment: 'test', parameters: {}, tags: {} }
  const [first, other] = [jsonl(file, 'job-7'), jsonl(file, 'job-77')]
  await first.start(start)
  await other.start(start)
  for (const step of [1, 2, 3]) await first.log({ error: step }, step)
  // What a kill in the midst of a line leaves.
  appendFileSync(file, '{"run":"job-7","time":"2')
  const second = jsonl(file, 'job-7')
  await second.start(start)
  for (const step of [3, 4]) await second.log({ error: step }, step)
  await second.log({ final: 9 }, 4)
  for (const name of ['map.som', 'map.som']) await jsonl(file, 'job-7').artefact(name, new Uint8Array(1))
  await second.end('finished')
  expect(await jsonl(file, 'job-7').end('failed')).toEqual([])
  const lines = readFileSync(file, 'utf8').split('\n')
  const told = lines.filter((line) => line.startsWith('{"run":"job-7",') && line.endsWith('}'))
  expect(told.map((line) => JSON.parse(line)).map(({ event, step, metrics }) => [event, step, metrics])).toEqual([
    ['start', undefined, undefined],
    ...[1, 2, 3, 4].map((step) => ['log', step, { error: step }]),
    ['log', 4, { final: 9 }],
    ['artefact', undefined, undefined],
    ['end', undefined, undefined],
  ])
})

it('what is ended without having begun leaves no line', async () => {
  const file = join(folder, 'never.jsonl')
  expect(await jsonl(file, 'job-8').end('killed')).toEqual([])
  expect(existsSync(file)).toBe(false)
})

it('a text says where runs are recorded, or what is wrong with it', () => {
  const environment = { MLFLOW_TRACKING_URI: 'http://127.0.0.1:9' }
  expect(trackingOf('jsonl:a.jsonl, mlflow:tides', environment).unwrapOr(null)).toEqual({
    experiment: 'tides',
    files: ['a.jsonl'],
    mlflow: true,
  })
  const reasonOf = (text: string, of = {}) => trackingOf(text, of).match({ Ok: () => '', Err: (reason) => reason })
  expect(reasonOf('mlflow')).toContain('MLFLOW_TRACKING_URI')
  expect(reasonOf('jsonl', environment)).toContain('expected jsonl:FILE')
})

describe('an MLflow server', () => {
  const spool = join(folder, 'spool')
  let server: Server
  let calls: { path: string; body: string; authorization?: string }[]
  let isDown: boolean
  let isLost: boolean
  const RUN = { info: { run_id: 'r1', artifact_uri: 'mlflow-artifacts:/7/r1/artifacts' } }
  const isAskedFor =
    (filter: string) =>
    ({ key, value }: { key: string; value: string }): boolean =>
      filter.includes(JSON.stringify(`tags."${key}" = '${value}'`))
  /** The call after whose answer it is down. */
  let downAfter: string
  let uri: string

  beforeEach(async () => {
    calls = []
    isDown = false
    isLost = false
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
        if (isLost && path.endsWith('runs/create')) return void request.socket.destroy()
        const made = calls.filter(({ path: asked }) => asked.endsWith('runs/create'))
        if (path.endsWith(downAfter)) isDown = true
        const answers: Record<string, object> = {
          '/api/2.0/mlflow/experiments/get-by-name': { experiment: { experiment_id: '7' } },
          '/api/2.0/mlflow/runs/create': {
            run: RUN,
          },
          '/api/2.0/mlflow/model-versions/create': { model_version: { version: '1' } },
        }
        answers['/api/2.0/mlflow/runs/search'] = {
          runs: made.filter(({ body: of }) => JSON.parse(of).tags.some(isAskedFor(body))).map(() => RUN),
        }
        const versions = calls.filter(({ path: asked }) => asked.endsWith('model-versions/create'))
        answers['/api/2.0/mlflow/model-versions/search'] = {
          model_versions: versions.map(({ body: of }) => JSON.parse(of)),
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

  it('receives everything in order, and nothing is left in the spool', async () => {
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

  it('that closes an idle connection while this thread is busy is reported all the same', async () => {
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

  it('has one run of a training that another process continued with, each epoch once', async () => {
    const start = { experiment: 'test', parameters: {}, tags: {} }
    const first = mlflow({ uri, spool, run: 'job-7' })
    await first.start(start)
    await first.log({ neighbourhood_radius: 3 }, 1)
    await first.log({ neighbourhood_radius: 2 }, 2)
    await first.artefact('map.som', new Uint8Array(3))
    await first.register('model', 'calm')
    const [name] = readdirSync(spool)
    const sent = (): string => readFileSync(join(spool, name, 'sent.json'), 'utf8')
    await expect.poll(sent).toContain('"entries":5')
    appendFileSync(join(spool, name, 'entries.jsonl'), '{"kind":"lo')
    const second = mlflow({ uri, spool, run: 'job-7', wasBegun: true })
    await second.start(start)
    await second.log({ neighbourhood_radius: 2 }, 2)
    await second.log({ neighbourhood_radius: 1 }, 3)
    await second.artefact('map.som', new Uint8Array(3))
    await second.register('model', 'calm')
    expect(await second.end('finished')).toEqual([])
    expect(radii().map(({ step }: { step: number }) => step)).toEqual([1, 2, 3])
    const paths = calls.map(({ path }) => path)
    for (const once of ['runs/create', 'artifacts/map.som', 'model-versions/create', 'runs/update'])
      expect(paths.filter((path) => path.endsWith(once))).toHaveLength(1)
    // All of it was sent: whoever comes later begins no second run.
    const third = mlflow({ uri, spool, run: 'job-7', wasBegun: true })
    await third.start(start)
    await third.log({ neighbourhood_radius: 1 }, 3)
    expect(await third.end('finished')).toEqual([])
    expect(calls).toHaveLength(paths.length)
    expect(readdirSync(spool)).toEqual([])
  })

  it('whose answer was lost has one run all the same', async () => {
    isLost = true
    const tracker = mlflow({ uri, spool })
    await tracker.start({ experiment: 'test', parameters: {}, tags: {} })
    const made = (): number => calls.filter(({ path }) => path.endsWith('runs/create')).length
    await expect.poll(made).toBe(1)
    expect(await tracker.end('finished')).toEqual([])
    expect(made()).toBe(1)
    expect(calls.at(-1)).toMatchObject({ path: '/api/2.0/mlflow/runs/update' })
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

  it('whose address has a name and a password gets them, and nobody else is', async () => {
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
    const path = join(spool, run, 'writer')
    // As it would be had another process, which is no more, begun it.
    const { pid } = spawnSync(process.execPath, ['--eval', '0'])
    const writer = readFileSync(path, 'utf8')
    writeFileSync(path, writer.replace(String(process.pid), String(pid)))
    expect(await push({ uri, spool })).toEqual({ sent: 1, left: [], going: 0 })
    expect(JSON.parse(calls.at(-1)?.body ?? '')).toMatchObject({ run_id: 'r1', status: 'KILLED' })
    expect(await push({ uri, spool })).toEqual({ sent: 0, left: [], going: 0 })
  })

  it('has no end by push of a run that another process may continue with', async () => {
    await mlflow({ uri, spool, run: 'job-8' }).start({ experiment: 'test', parameters: {}, tags: {} })
    const [name] = readdirSync(spool)
    rmSync(join(spool, name, 'writer'))
    expect(await push({ spool })).toEqual({ sent: 1, left: [], going: 0 })
    expect(calls.map(({ path }) => path)).not.toContain('/api/2.0/mlflow/runs/update')
    expect(readdirSync(spool)).toEqual([name])
  })

  it('that nobody reaches is reported by its name, and no secret is kept', async () => {
    process.env.MLFLOW_TRACKING_TOKEN = 'secret'
    const tracker = mlflow({ uri: 'http://127.0.0.1:9', spool })
    await tracker.start({ experiment: 'test', parameters: {}, tags: {} })
    expect((await tracker.end('failed')).join()).toContain('cannot reach http://127.0.0.1:9')
    const [run] = readdirSync(spool)
    expect(readFileSync(join(spool, run, 'entries.jsonl'), 'utf8')).not.toContain('secret')
  })
})
