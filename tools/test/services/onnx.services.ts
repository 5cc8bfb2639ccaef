import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ANSWERS,
  answerRows,
  answersOf,
  clusterUnits,
  type Matches,
  METRICS,
  match,
  type Som,
  samplesOf,
  train,
} from '../../../packages/core/src/index.ts'
import { encodeOnnx, ONNX_METRICS } from '../../../packages/io/src/index.ts'
import { runPythonIn } from './python.ts'

const WRITTEN = METRICS.filter((metric) => ONNX_METRICS.includes(metric))

interface Found {
  readonly metadata: Record<string, string>
  readonly outputs: Record<string, (number | string | null)[]>
}

const folder = mkdtempSync(join(tmpdir(), 'som-onnx-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const features = ['a, "quoted"', 'b', 'c', 'd', 'time']
const rows = Array.from({ length: 300 }, (_, i) => [
  Math.sin(i) * 100,
  i % 11 === 0 ? Number.NaN : Math.cos(i * 1.7) + 2,
  (i % 3) * 5 + Math.sin(i * 9),
  i % 7 === 0 ? Number.NaN : Math.exp(Math.sin(i * 3)),
  1.7e9 + i * 60,
])
rows[5] = rows[5].map(() => Number.NaN)
const preprocessing = { b: 'log', c: 'arcsinh', d: 'robust', time: 'min-max' } as const

describe('onnxruntime finds what we find', () => {
  const soms: Som[] = []
  const ours: Matches[] = []
  let found: Found[]

  beforeAll(async () => {
    const samples = samplesOf(rows, features)
    const paths: string[] = []
    for (const metric of WRITTEN) {
      const options = { samples, metric, lattice: { rows: 5, columns: 7 }, epochs: 4, preprocessing }
      const trained = (await train(options)).unwrapOrElse(fail)
      const { clusters } = clusterUnits(trained, { count: 3 }).unwrapOrElse(fail)
      const som = { ...trained, clusters: { ...clusters, names: ['calm', 'rough, é', 'wild'] } }
      soms.push(som)
      ours.push((await match(som, samples)).unwrapOrElse(fail))
      paths.push(join(folder, `${metric}.onnx`))
      writeFileSync(paths.at(-1) ?? '', encodeOnnx(som).unwrapOrElse(fail))
    }
    const json = JSON.stringify(rows.map((row) => row.map((x) => (Number.isNaN(x) ? null : x))))
    writeFileSync(join(folder, 'rows.json'), json)
    found = JSON.parse(runPythonIn('onnx', 'run-onnx.py', join(folder, 'rows.json'), ...paths))
  })

  test.each(WRITTEN.map((metric, i) => [metric, i] as const))('by %s', (metric, i) => {
    const { outputs, metadata } = found[i]
    expect(JSON.parse(metadata.features)).toEqual(features)
    expect(metadata.metric).toBe(metric)
    const answers = answerRows(answersOf(soms[i]), ours[i])
    expect(Object.keys(outputs)).toEqual(ANSWERS.map(({ name }) => name))
    // Runtimes have no null.
    const said = rows.map((_, row) =>
      Object.fromEntries(
        Object.entries(outputs).map(([name, cells]) => [name, [-1, ''].includes(cells[row] ?? '') ? null : cells[row]]),
      ),
    )
    said.forEach((row, at) => {
      const { distance, p_value, ...others } = answers[at]
      expect(row).toMatchObject(others)
      if (distance === null) {
        expect([row.distance, row.p_value]).toEqual([null, null])
        return
      }
      // Only euclidean distances are summed again without the products of matrices, whose last bits runtimes choose.
      if (metric === 'euclidean') expect([row.distance, row.p_value]).toEqual([distance, p_value])
      else {
        expect(row.distance).toBeCloseTo(distance, 5)
        expect(Math.abs(Number(row.p_value) - (p_value ?? 0))).toBeLessThan(
          2 / (1 + (soms[i].seen?.distances.length ?? 0)),
        )
      }
    })
  })
})

function fail(found: unknown): never {
  throw new Error(JSON.stringify(found))
}
