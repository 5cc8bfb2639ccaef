import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeModel } from '../../packages/io/src/index.ts'
import { pythonEnvironment } from '../python/environment.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'som-mlflow-'))
const at = (name: string): string => join(folder, name)
let uri: string
let server: ChildProcess

beforeAll(async () => {
  writeFileSync(
    at('rows.csv'),
    `a,b\n${Array.from({ length: 60 }, (_, i) => `${Math.sin(i)},${Math.cos(i * 1.7)}`).join('\n')}\n`,
  )
  const port = await freePort()
  uri = `http://127.0.0.1:${port}`
  server = start(port)
  await healthy()
}, 300_000)
afterAll(async () => {
  await stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A server with a process group of its own: it starts workers that must end with it. */
function start(port: number): ChildProcess {
  const { python } = pythonEnvironment('mlflow')
  const options = ['--host', '127.0.0.1', '--port', String(port), '--workers', '1', '--serve-artifacts']
  const stores = ['--backend-store-uri', `sqlite:///${at('m.db')}`, '--artifacts-destination', at('artefacts')]
  const env = {
    ...process.env,
    MLFLOW_DISABLE_TELEMETRY: 'true',
    DO_NOT_TRACK: '1',
    PATH: `${dirname(python)}:${process.env.PATH}`,
  }
  return spawn(python, ['-m', 'mlflow', 'server', ...options, ...stores], {
    detached: true,
    stdio: 'ignore',
    env,
    cwd: folder,
  })
}

async function stop(): Promise<void> {
  if (server?.pid === undefined || server.exitCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  process.kill(-server.pid, 'SIGKILL')
  await ended
}

async function healthy(): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const answer = await fetch(`${uri}/health`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error('MLflow did not start')
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

function som(...args: string[]) {
  const main = join(root, 'packages', 'cli', 'src', 'main.ts')
  const env = { ...process.env, MLFLOW_TRACKING_URI: uri, SOM_SPOOL: at('spool') }
  const run = ['--import', 'tsx', '--conditions=@som/source', main, ...args]
  return spawnSync(process.execPath, run, { cwd: join(root, 'packages', 'cli'), env, encoding: 'utf8' })
}

const ask = async (path: string, body?: object) => {
  const answer = await fetch(`${uri}/api/2.0/mlflow/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
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
  const file = await fetch(`${uri}/get-artifact?path=map.som&run_uuid=${info.run_id}`)
  expect(Buffer.from(await file.arrayBuffer())).toEqual(readFileSync(at('map.som')))
}, 120_000)

test('a server that is killed loses nothing: once it is back, push brings the run, once', async () => {
  const port = Number(new URL(uri).port)
  await stop()
  const trained = som('train', at('rows.csv'), '-o', at('map.som'), ...options, '--track', 'mlflow:killed')
  expect(trained.status).toBe(0)
  expect(trained.stderr).toContain('som track push')
  expect(som('track', 'push').status).toBe(1)
  server = start(port)
  await healthy()
  expect(som('track', 'push').stdout).toBe('1 run sent, 0 left\n')
  expect(som('track', 'push').stdout).toBe('0 runs sent, 0 left\n')
  const { info } = await runOf('killed')
  expect(info.status).toBe('FINISHED')
  expect((await history(info.run_id, 'quantization_error')).map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
}, 300_000)
