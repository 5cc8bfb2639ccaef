import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { som } from '../test/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-tracked-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)
writeFileSync(at('rows.csv'), `a,b\n${Array.from({ length: 20 }, (_, i) => `${Math.sin(i)},${i % 3}`).join('\n')}\n`)

const environment = { ...process.env }
afterEach(() => {
  for (const name of ['MLFLOW_TRACKING_URI', 'SOM_SPOOL']) delete process.env[name]
  Object.assign(process.env, environment)
})

const options = ['--size', '3x3', '--epochs', '4', '--backend', 'js']

test('som train --track jsonl:FILE puts every epoch on record, and the map', async () => {
  const { code } = await som(
    'train',
    at('rows.csv'),
    '-o',
    at('map.som'),
    ...options,
    '--track',
    `jsonl:${at('runs.jsonl')}`,
  )
  expect(code).toBe(0)
  const lines = readFileSync(at('runs.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.filter(({ event }) => event === 'log')).toHaveLength(5)
  expect(lines[0].tags).toMatchObject({ 'som.data': 'rows.csv', 'som.backend': 'js' })
  expect(lines.at(-2)).toMatchObject({ event: 'artefact', name: 'map.som' })
})

test('a server out of reach does not stop training: it is reported, and som track push reports it again', async () => {
  process.env.MLFLOW_TRACKING_URI = 'http://127.0.0.1:9'
  process.env.SOM_SPOOL = at('spool')
  const trained = await som('train', at('rows.csv'), '-o', at('map.som'), ...options, '--track', 'mlflow:penguins')
  expect(trained.code).toBe(0)
  expect(trained.err).toMatch(
    /^note: not recorded: cannot reach http:\/\/127.0.0.1:9: .*; the run is kept; send it with: som track push\n$/,
  )
  const pushed = await som('track', 'push')
  expect([pushed.code, pushed.out]).toEqual([1, '0 runs sent, 1 still to send\n'])
})

test('what an MLflow server gets of a run waits in the spool: map, model, U-matrix, report and registration', async () => {
  process.env.MLFLOW_TRACKING_URI = 'http://127.0.0.1:9'
  process.env.SOM_SPOOL = at('spool-of-one')
  const args = ['train', at('rows.csv'), '-o', at('map.som'), ...options, '--track', 'mlflow', '--register', 'calm']
  expect((await som(...args)).code).toBe(0)
  const [run] = readdirSync(at('spool-of-one'))
  const entries = readFileSync(join(at('spool-of-one'), run, 'entries.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(entries.filter(({ kind }) => kind === 'artefact').map(({ name }) => name)).toEqual([
    'map.som',
    ...['model.onnx', 'MLmodel', 'conda.yaml', 'python_env.yaml', 'requirements.txt'].map((name) => `model/${name}`),
    ...['input_example.json', 'serving_input_example.json'].map((name) => `model/${name}`),
    'plots/u-matrix.svg',
    'report.html',
  ])
  expect(entries.at(-2)).toEqual({ kind: 'register', folder: 'model', name: 'calm' })
})

test('what --track cannot be is reported before any work', async () => {
  const told = async (text: string): Promise<string> => (await som('train', at('rows.csv'), '--track', text)).err
  expect(await told('wandb')).toBe('error: --track: expected jsonl:FILE, mlflow or mlflow:EXPERIMENT, found "wandb"\n')
  expect(await told('mlflow')).toBe(
    'error: --track: mlflow: expected the address of the server in MLFLOW_TRACKING_URI, found none\n',
  )
  expect((await som('train', at('rows.csv'), '--track', 'jsonl:x', '--register', 'calm')).err).toBe(
    'error: --register: needs --track mlflow: the registry belongs to the MLflow server\n',
  )
  expect((await som('track', 'pull')).code).toBe(2)
})
