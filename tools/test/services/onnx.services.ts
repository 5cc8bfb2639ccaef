import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  clusterUnits,
  type Matches,
  METRICS,
  match,
  pValue,
  type Som,
  samplesOf,
  train,
} from '../../../packages/core/src/index.ts'
import { encodeOnnx } from '../../../packages/io/src/index.ts'
import { runPythonIn } from './python.ts'

const TOLERANCE = 5

interface Found {
  readonly metadata: Record<string, string>
  readonly outputs: {
    readonly unit: number[]
    readonly second_unit: number[]
    readonly distance: (number | null)[]
    readonly cluster: number[]
    readonly cluster_name: string[]
    readonly p_value: (number | null)[]
  }
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
    for (const metric of METRICS) {
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

  test.each(METRICS.map((metric, i) => [metric, i] as const))('by %s', (metric, i) => {
    const { outputs, metadata } = found[i]
    const { unit, secondUnit, distance } = ours[i]
    expect(JSON.parse(metadata.features)).toEqual(features)
    expect(metadata.metric).toBe(metric)
    expect(outputs.unit).toEqual([...unit])
    expect(outputs.second_unit).toEqual([...secondUnit])
    const { clusters, seen } = soms[i]
    rows.forEach((_, row) => {
      if (row === 5) {
        expect([outputs.unit[row], outputs.distance[row], outputs.p_value[row], outputs.cluster[row]]).toEqual([
          -1,
          null,
          null,
          -1,
        ])
        return
      }
      expect(outputs.distance[row]).toBeCloseTo(distance[row], TOLERANCE)
      expect(outputs.cluster[row]).toBe((clusters?.of[unit[row]] ?? -1) + 1)
      expect(outputs.cluster_name[row]).toBe(clusters?.names?.[outputs.cluster[row] - 1])
      // A distance that differs in its last place may stand on the other side of an equal one of training.
      const step = 2 / (1 + (seen?.distances.length ?? 0))
      expect(
        Math.abs((outputs.p_value[row] ?? 0) - pValue(seen ?? { distances: new Float32Array() }, distance[row])),
      ).toBeLessThan(step)
    })
  })
})

function fail(found: unknown): never {
  throw new Error(JSON.stringify(found))
}
