import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Matches, match, type Som, samplesOf, train } from '../../../packages/core/src/index.ts'
import { writeModel } from '../../../packages/io/src/index.ts'
import { runPython } from './python.ts'

/** Python preprocesses in f64 and rounds once to f32, as we do; distances are rounded to f32. */
const SAME_DISTANCE = 1e-5

/** What `tools/python/read-model.py` prints. */
interface Found {
  readonly format: string
  readonly version: string
  readonly digest: string
  readonly found_digest: string
  readonly features: string[]
  readonly tensors: Record<string, { type: string; shape: number[]; sha256: string }>
  readonly unit: number[]
  readonly distance: number[]
}

const folder = mkdtempSync(join(tmpdir(), 'som-services-'))
const features = ['sepal length', 'sepal width', 'petal length', 'petal width']
let som: Som
let matches: Matches
let found: Found

beforeAll(async () => {
  const fixture = JSON.parse(
    readFileSync(new URL('../../../packages/core/fixtures/minisom.json', import.meta.url), 'utf8'),
  )
  const { rows, columns, data } = fixture.samples.iris
  const table = Array.from({ length: rows }, (_, i): number[] => data.slice(i * columns, (i + 1) * columns))
  const samples = samplesOf(table, features)
  const preprocessing = { 'sepal width': 'log', 'petal length': 'arcsinh', 'petal width': 'min-max' } as const
  som = (await train({ samples, lattice: { rows: 6, columns: 5 }, epochs: 5, preprocessing })).unwrapOrElse(fail)
  matches = (await match(som, samples)).unwrapOrElse(fail)
  const path = join(folder, 'map.som')
  ;(await writeModel(path, som)).unwrapOrElse(fail)
  writeFileSync(join(folder, 'rows.json'), JSON.stringify(table))
  found = JSON.parse(runPython('read-model.py', path, join(folder, 'rows.json')))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test("Python's safetensors opens a model file and finds what it is", () => {
  expect(found).toMatchObject({ format: 'som', version: '2', features })
})

test('Python finds the digest that the file carries', () => {
  expect(found.digest).toMatch(/^[0-9a-f]{64}$/)
  expect(found.found_digest).toBe(found.digest)
})

test("Python's safetensors finds the codebook bit for bit", () => {
  const { rows, columns, data } = som.codebook
  const sha256 = createHash('sha256')
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex')
  expect(found.tensors.codebook).toEqual({ type: 'float32', shape: [rows, columns], sha256 })
})

test('Python matches rows as we do, from the file alone', () => {
  expect(found.unit).toEqual([...matches.unit])
  const widest = Math.max(...found.distance.map((distance, i) => Math.abs(distance - matches.distance[i])))
  expect(widest).toBeLessThan(SAME_DISTANCE)
})

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}
