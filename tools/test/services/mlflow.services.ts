import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { machine } from '../../../apps/bench/src/machine.ts'
import { readOptions } from '../../../apps/bench/src/options.ts'
import { recordCase } from '../../../apps/bench/src/record.ts'
import { match, type Som, samplesOf } from '../../../packages/core/src/index.ts'
import { decodeModel, encodeModel } from '../../../packages/io/src/index.ts'
import { depositOf, openData, type Version } from '../../../packages/server/src/index.ts'
import { freePort } from '../../lib/free-port.mjs'
import { healthy, mlflowProcess, startMlflow, stopGroup } from './mlflow-process.ts'
import { runPythonIn } from './python.ts'
import { somServe } from './som-serve.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'som-mlflow-'))
const at = (name: string): string => join(folder, name)
let uri: string
let server: ChildProcess
const started: ChildProcess[] = []

beforeAll(async () => {
  writeFileSync(
    at('rows.csv'),
    `a,b\n${Array.from({ length: 60 }, (_, i) => `${Math.sin(i)},${Math.cos(i * 1.7)}`).join('\n')}\n`,
  )
  const port = await freePort()
  uri = `http://127.0.0.1:${port}`
  server = start(port)
  await healthy(`${uri}/health`, server)
}, 300_000)
afterAll(async () => {
  await Promise.all(started.map(stopGroup))
  rmSync(folder, { recursive: true, force: true })
})

const start = (port: number): ChildProcess => kept(startMlflow(port, folder))
const mlflow = (...args: string[]): ChildProcess => kept(mlflowProcess({ folder, uri }, ...args))

function kept(child: ChildProcess): ChildProcess {
  started.push(child)
  return child
}

function somCall(args: readonly string[]) {
  const main = join(root, 'packages', 'cli', 'src', 'main.ts')
  const env = { ...process.env, MLFLOW_TRACKING_URI: uri, SOM_SPOOL: at('spool') }
  const run = ['--import', 'tsx', '--conditions=@som/source', main, ...args]
  return { command: process.execPath, run, options: { cwd: join(root, 'packages', 'cli'), env } }
}

function som(...args: string[]) {
  const { command, run, options } = somCall(args)
  return spawnSync(command, run, { ...options, encoding: 'utf8' })
}

/** The same beside this thread: what it ended with, and what it told. */
function somAside(...args: string[]): { child: ChildProcess; ended: Promise<{ status: number | null; err: string }> } {
  const { command, run, options } = somCall(args)
  const child = spawn(command, run, { ...options, stdio: ['ignore', 'ignore', 'pipe'] })
  started.push(child)
  let err = ''
  child.stderr?.setEncoding('utf8').on('data', (part) => {
    err += part
  })
  return { child, ended: new Promise((resolve) => child.once('close', (status) => resolve({ status, err }))) }
}

const ask = async (path: string, body?: object) => {
  const call = (): Promise<Response> =>
    fetch(`${uri}/api/2.0/mlflow/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
  // The server closes what was idle while a command kept this thread.
  const answer = await call().catch(call)
  return answer.json()
}

/** The only run of an experiment. */
async function runOf(experiment: string) {
  const found = await ask(`experiments/get-by-name?experiment_name=${experiment}`)
  const { runs } = await ask('runs/search', { experiment_ids: [found.experiment.experiment_id] })
  expect(runs).toHaveLength(1)
  return runs[0]
}

async function history(run: string, key: string): Promise<{ step: number; value: number }[]> {
  const { metrics } = await ask(`metrics/get-history?run_id=${run}&metric_key=${key}`)
  return metrics.sort((a: { step: number }, b: { step: number }) => a.step - b.step)
}

async function artefact(run: string, path: string): Promise<Buffer> {
  const file = await fetch(`${uri}/get-artifact?path=${encodeURIComponent(path)}&run_uuid=${run}`)
  return Buffer.from(await file.arrayBuffer())
}

const mapAt = (name: string): Som => decodeModel(readFileSync(at(name))).unwrapOrElse(fail)

function fail(found: unknown): never {
  throw new Error(JSON.stringify(found))
}

/** Distances are f32, and matrix products of f64 sum in another order. */
const RELATIVE = 1e-5

const options = [
  '--size',
  '4x4',
  '--epochs',
  '8',
  '--radius',
  '3:0.5',
  '--rule',
  'online',
  '--rate',
  '0.5:0.01',
  '--backend',
  'js',
]

test('MLflow has a run whose radius and learning rate fall exponentially, to the digits of the schedule', async () => {
  const trained = som('train', at('rows.csv'), '-o', at('map.som'), ...options, '--track', 'mlflow:falling')
  expect([trained.status, trained.stderr]).toEqual([0, ''])
  const { info, data } = await runOf('falling')
  expect(info.status).toBe('FINISHED')
  const model = decodeModel(readFileSync(at('map.som')))
  const recorded = model.isOk ? model.value.training.history : []
  const radius = await history(info.run_id, 'neighbourhood_radius')
  const rate = await history(info.run_id, 'learning_rate')
  expect(radius.map(({ value }) => value)).toEqual(recorded.map((epoch) => epoch.radius))
  expect(rate.map(({ value }) => value)).toEqual(recorded.map((epoch) => epoch.learningRate))
  const ratios = radius.slice(1).map(({ value }, i) => value / radius[i].value)
  for (const ratio of ratios) expect(ratio).toBeCloseTo(ratios[0], 9)
  expect(data.params).toContainEqual({ key: 'radius', value: '3:0.5' })
  expect(await artefact(info.run_id, 'map.som')).toEqual(readFileSync(at('map.som')))
}, 120_000)

test('MLflow has the topographic error of each epoch, the digest of the data, the U-matrix and a report', async () => {
  const { info, data } = await runOf('falling')
  const errors = await history(info.run_id, 'topographic_error')
  expect(errors.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  const som = mapAt('map.som')
  const [last] = await history(info.run_id, 'final_topographic_error')
  expect(last.value).toBe(som.seen?.topographicError)
  // 60 rows are few enough to look at all of them: the last epoch's error is the map's.
  expect(errors.at(-1)?.value).toBe(last.value)
  expect(data.tags).toContainEqual({ key: 'som.digest', value: som.training.digest })
  expect((await artefact(info.run_id, 'plots/u-matrix.svg')).toString()).toMatch(/^<svg.*U-matrix.*<\/svg>\s*$/s)
  expect((await artefact(info.run_id, 'report.html')).toString()).toContain('rows.csv')
})

test('mlflow models serve answers for a registered map, and gives our numbers', async () => {
  const args = ['train', at('rows.csv'), '-o', at('served.som'), ...options, '--track', 'mlflow:served']
  for (const version of ['1', '2']) {
    const trained = som(...args, '--register', 'calm sea')
    expect([trained.status, trained.stderr]).toEqual([0, ''])
    const answer = await ask(`model-versions/get?name=calm%20sea&version=${version}`)
    expect(answer.model_version).toMatchObject({ name: 'calm sea', version, status: 'READY' })
  }
  const port = await freePort()
  const local = ['--env-manager', 'local', '--host', '127.0.0.1', '--port', String(port)]
  const serving = mlflow('models', 'serve', '--model-uri', 'models:/calm sea/2', ...local)
  await healthy(`http://127.0.0.1:${port}/ping`, serving)
  const rows = [
    [0.25, -0.5],
    [3, Number.NaN],
    [-1e3, 1e3],
    ...Array.from({ length: 40 }, (_, i) => [Math.sin(i * 3.3), Math.cos(i)]),
  ]
  // Columns by name, in another order than the map's.
  const turned = rows.map(([a, b]) => [Number.isNaN(b) ? null : b, a])
  const answer = await fetch(`http://127.0.0.1:${port}/invocations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ dataframe_split: { columns: ['b', 'a'], data: turned } }),
  })
  const { predictions } = await answer.json()
  expect(predictions, JSON.stringify(predictions)).toHaveLength(rows.length)
  const ours = (await match(mapAt('served.som'), samplesOf(rows, ['a', 'b']))).unwrapOrElse(fail)
  rows.forEach((_, i) => {
    expect(predictions[i].unit).toBe(ours.unit[i])
    expect(predictions[i].second_unit).toBe(ours.secondUnit[i])
    expect(Math.abs(predictions[i].distance / ours.distance[i] - 1)).toBeLessThan(RELATIVE)
  })
}, 300_000)

test('the bench puts a case on record: its medians, errors and shares, and who was absent', async () => {
  process.env.MLFLOW_TRACKING_URI = uri
  process.env.SOM_SPOOL = at('bench-spool')
  const seconds = { median: 0.25, least: 0.2, most: 0.5, count: 3 }
  const told = await recordCase(
    {
      name: 'w2',
      title: 'Batch training',
      setting: 'small',
      rows: [
        {
          name: 'native, batch',
          kind: 'ours',
          licence: 'MIT',
          seconds,
          quality: { quantizationError: 0.5, topographicError: 0.125, rows: 10 },
          limitShare: 0.75,
          peakBytes: 1024,
          share: 1,
          versions: {},
          note: '',
          reused: false,
        },
        { name: 'somoclu', kind: 'package', absent: 'no wheel for this Python' },
      ],
      findings: [],
      targets: [],
    },
    { machine: machine(), options: readOptions([]), limits: { arithmetic: 200, read: 20, triad: 22 } },
  )
  expect(told).toEqual([])
  const { info, data } = await runOf('som-bench')
  expect(info.run_name).toBe('w2')
  const metrics = Object.fromEntries(data.metrics.map(({ key, value }: { key: string; value: number }) => [key, value]))
  expect(metrics).toMatchObject({
    'native batch/seconds': 0.25,
    'native batch/seconds_most': 0.5,
    'native batch/topographic_error': 0.125,
    'native batch/share_of_limit': 0.75,
    limit_gflops: 200,
  })
  expect(data.tags).toContainEqual({ key: 'bench.absent.somoclu', value: 'no wheel for this Python' })
  expect(JSON.parse((await artefact(info.run_id, 'w2.json')).toString()).result.name).toBe('w2')
})

test('mlflow.pyfunc loads the folder of a model, and its example and signature are those of the map', async () => {
  const { info } = await runOf('falling')
  for (const { path } of (await ask(`artifacts/list?run_id=${info.run_id}&path=model`)).files) {
    mkdirSync(at('model'), { recursive: true })
    writeFileSync(at(path), await artefact(info.run_id, path))
  }
  const { outputs, signed, found, example } = JSON.parse(runPythonIn('mlflow', 'load-mlflow.py', at('model')))
  expect(outputs).toEqual(signed)
  const ours = (await match(mapAt('map.som'), samplesOf(example, ['a', 'b']))).unwrapOrElse(fail)
  expect(found.unit).toEqual([...ours.unit])
  // The example is of prototypes: as f64 in the user's units and back they lie on their units except for rounding.
  expect(Math.max(...found.distance)).toBeLessThan(RELATIVE)
}, 120_000)

test('a job of som serve is one run, which continues after kill -9, with each epoch once and its map registered', async () => {
  const words = ['--data', at('jobs'), '--allow-root', folder, '--backend', 'js', '--checkpoint-every', '2']
  const serve = () =>
    somServe([...words, '--track', 'mlflow:jobs', '--register'], {
      MLFLOW_TRACKING_URI: uri,
      SOM_SPOOL: at('job-spool'),
    })
  const body = {
    ...{ map: 'tides', table: { path: 'rows.csv' }, tags: { team: 'a' } },
    options: { lattice: { rows: 18, columns: 18 }, epochs: 300, radius: { start: 9, end: 0.5 } },
  }
  const first = await serve()
  const answer = await fetch(`${first.address}/v1/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const { id } = await answer.json()
  const epoch = async () => (await (await fetch(`${first.address}/v1/jobs/${id}`)).json()).epoch
  await expect.poll(epoch, { timeout: 60_000 }).toBeGreaterThan(10)
  expect(await first.end('SIGKILL')).toBe('SIGKILL')
  const second = await serve()
  const events = await (await fetch(`${second.address}/v1/jobs/${id}/events`)).text()
  expect(events).toContain('event: resumed')
  expect(events).toContain('event: done')
  expect(events).not.toContain('not on record')
  const { info, data } = await runOf('jobs')
  expect([info.status, info.run_name]).toEqual(['FINISHED', 'tides'])
  expect(data.tags).toEqual(
    expect.arrayContaining([
      { key: 'som.job', value: id },
      { key: 'team', value: 'a' },
    ]),
  )
  const radius = await history(info.run_id, 'neighbourhood_radius')
  expect(radius.map(({ step }) => step)).toEqual(Array.from({ length: 300 }, (_, i) => i + 1))
  const ratios = radius.slice(1).map(({ value }, i) => value / radius[i].value)
  for (const ratio of ratios) expect(ratio).toBeCloseTo(ratios[0], 9)
  const version = await ask('model-versions/get?name=tides&version=1')
  expect(version.model_version).toMatchObject({ run_id: info.run_id, status: 'READY' })
  const map = await fetch(`${second.address}/v1/maps/tides/versions/1/model`)
  expect(await artefact(info.run_id, 'tides.som')).toEqual(Buffer.from(await map.arrayBuffer()))
  expect(readdirSync(at('job-spool'))).toEqual([])
  expect(await second.end()).toBe(0)
}, 300_000)

test("MLflow's own client gets our numbers from som serve by /invocations, in each form that MLflow sends", async () => {
  const serving = await somServe(['--model', at('map.som'), '--backend', 'js'])
  const rows = [
    [0.25, -0.5],
    [3, 1],
    [-1e3, 1e3],
    ...Array.from({ length: 40 }, (_, i) => [Math.sin(i * 3.3), Math.cos(i)]),
  ]
  writeFileSync(at('asked.json'), JSON.stringify(rows))
  const found = JSON.parse(runPythonIn('mlflow', 'ask-invocations.py', serving.address, at('asked.json')))
  const ours = (await match(mapAt('map.som'), samplesOf(rows, ['a', 'b']))).unwrapOrElse(fail)
  expect(Object.keys(found)).toEqual([
    'frame',
    'turned',
    'records',
    'array',
    'columns',
    'single precision',
    'params',
    'csv',
  ])
  for (const [form, units] of Object.entries(found)) expect([form, units]).toEqual([form, [...ours.unit]])
  expect(await serving.end()).toBe(0)
}, 300_000)

test('a server that is killed loses nothing: once it is back, push brings the run, once', async () => {
  const port = Number(new URL(uri).port)
  await stopGroup(server)
  const trained = som('train', at('rows.csv'), '-o', at('map.som'), ...options, '--track', 'mlflow:killed')
  expect(trained.status).toBe(0)
  expect(trained.stderr).toContain('som track push')
  expect(som('track', 'push').status).toBe(1)
  server = start(port)
  await healthy(`${uri}/health`, server)
  expect(som('track', 'push').stdout).toBe('1 run sent, 0 still to send\n')
  expect(som('track', 'push').stdout).toBe('0 runs sent, 0 still to send\n')
  const { info } = await runOf('killed')
  expect(info.status).toBe('FINISHED')
  expect((await history(info.run_id, 'quantization_error')).map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
}, 300_000)

test('a server that is killed in mid-run loses nothing: every epoch is there once, in one run', async () => {
  const epochs = 4000
  const long = ['--size', '4x4', '--epochs', String(epochs), '--radius', '3:0.5', '--backend', 'js']
  const { child, ended } = somAside('train', at('rows.csv'), '-o', at('long.som'), ...long, '--track', 'mlflow:midrun')
  const told = async (): Promise<number> => {
    const { experiment } = await ask('experiments/get-by-name?experiment_name=midrun')
    const { runs = [] } = experiment ? await ask('runs/search', { experiment_ids: [experiment.experiment_id] }) : {}
    return runs[0]?.data.metrics?.length ?? 0
  }
  while (child.exitCode === null && (await told()) === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  const port = Number(new URL(uri).port)
  expect(child.exitCode).toBeNull()
  await stopGroup(server)
  expect(await ended).toMatchObject({ status: 0, err: expect.stringContaining('som track push') })
  server = start(port)
  await healthy(`${uri}/health`, server)
  const { info: before } = await runOf('midrun')
  const reached = (await history(before.run_id, 'neighbourhood_radius')).length
  expect([before.status, reached > 0, reached < epochs]).toEqual(['RUNNING', true, true])
  expect(som('track', 'push').stdout).toBe('1 run sent, 0 still to send\n')
  const { info } = await runOf('midrun')
  expect([info.run_id, info.status]).toEqual([before.run_id, 'FINISHED'])
  const radii = await history(info.run_id, 'neighbourhood_radius')
  expect(radii.map(({ step }) => step)).toEqual(Array.from({ length: epochs }, (_, i) => i + 1))
  expect(radii.map(({ value }) => value)).toEqual(mapAt('long.som').training.history.map(({ radius }) => radius))
}, 300_000)

test('som registry brings the versions of a map to MLflow and back, with their numbers and aliases, once', async () => {
  const data = openData(at('ours'))
  const [first, second] = [readFileSync(at('map.som')), encoded({ ...mapAt('map.som'), seen: null })]
  for (const bytes of [first, second]) {
    const deposit = depositOf('calm', decodeModel(bytes).unwrapOrElse(fail), {
      tags: { team: 'a' },
      metrics: { gap: 0.1 },
    })
    await data.registry.put(deposit, [bytes])
  }
  await data.registry.setAlias('calm', 'champion', 1)
  await data.registry.setAlias('calm', 'latest', 2)
  const exported = som('registry', 'export', 'calm', '--data', at('ours'), '--as', "calm's map")
  expect([exported.status, exported.stdout]).toEqual([
    0,
    "2 versions of calm exported as calm's map, 0 there already\n",
  ])
  expect(exported.stderr).toMatch(/^note: the server refused the alias latest: /)
  const again = som('registry', 'export', 'calm', '--data', at('ours'), '--as', "calm's map")
  expect(again.stdout).toBe("0 versions of calm exported as calm's map, 2 there already\n")
  const { model_version } = await ask("registered-models/alias?name=calm's%20map&alias=champion")
  expect(model_version).toMatchObject({ version: '1', status: 'READY' })

  const imported = som('registry', 'import', "calm's map", '--data', at('theirs'), '--as', 'calm')
  expect([imported.status, imported.stderr]).toEqual([0, ''])
  expect(som('registry', 'import', "calm's map", '--data', at('theirs'), '--as', 'calm').stdout).toContain('0 versions')
  const theirs = openData(at('theirs'))
  const [ours, found] = [await data.registry.versions('calm'), await theirs.registry.versions('calm')]
  const told = ({ version, digest, metrics, tags, lineage }: Version) => ({ version, digest, metrics, tags, lineage })
  expect(found.map(told)).toEqual(ours.map(told))
  expect((await theirs.registry.find('calm', { alias: 'champion' }))?.version).toBe(1)
  data.close()
  theirs.close()
}, 120_000)

test('a model that som train --register made is imported from its run, and one that there is not is refused', () => {
  const imported = som('registry', 'import', 'calm sea', '--data', at('theirs'), '--as', 'sea')
  expect([imported.status, imported.stderr]).toEqual([0, ''])
  expect(imported.stdout).toMatch(/^[12] versions? of calm sea imported as sea/)
  const absent = som('registry', 'import', 'nobody', '--data', at('theirs'))
  expect([absent.status, absent.stderr]).toEqual([1, 'error: nobody: the MLflow server has no such model\n'])
})

const encoded = (map: Som): Buffer => Buffer.concat(encodeModel(map).unwrapOrElse(fail))
