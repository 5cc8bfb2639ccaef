import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Task } from '../backend/backend.ts'
import { js } from '../backend/js/js.ts'
import { matrix, rowOf } from '../rows/matrix.ts'
import { distanceFunction } from './distance.ts'
import { METRICS, type MetricName } from './measures.ts'

/** The numbers of `tools/python/make-metric-fixtures.py`: what SciPy's `cdist` finds. */
interface Fixture {
  readonly features: number
  readonly lattice: { readonly rows: number; readonly columns: number }
  readonly radius: number
  readonly cases: readonly {
    readonly metric: MetricName
    readonly rows: readonly number[]
    readonly codebook: readonly number[]
    readonly distances: readonly number[]
    readonly epoch: readonly number[]
  }[]
}
const fixture: Fixture = JSON.parse(readFileSync(new URL('../../fixtures/metrics.json', import.meta.url), 'utf8'))

/** SciPy sums in another order, and prototypes are of 32 bits here. */
const AGREE = 1e-6

const { features, lattice, radius } = fixture
const units = lattice.rows * lattice.columns

it('SciPy has been asked about every metric', () => {
  expect(fixture.cases.map(({ metric }) => metric)).toEqual([...METRICS])
})

describe.each(fixture.cases)('$metric agrees with SciPy', ({ metric, rows, codebook, distances, epoch }) => {
  const samples = matrix(rows.length / features, features, Float32Array.from(rows))
  const prototypes = matrix(units, features, Float32Array.from(codebook))
  const task: Task = { lattice: { cell: 'rectangular', shape: 'sheet', ...lattice }, metric, kernel: 'gaussian' }

  it('on every distance', () => {
    const distance = distanceFunction(metric)
    for (const [i, expected] of distances.entries()) {
      const found = distance(rowOf(samples, Math.floor(i / units)), rowOf(prototypes, i % units))
      expect(Math.abs(found - expected)).toBeLessThan(AGREE)
    }
  })

  it('in matching and in an epoch', async () => {
    const session = await js().open(task, { matrix: samples }, prototypes)
    const { distance } = await session.match()
    for (const [i, found] of distance.entries())
      expect(Math.abs(found - Math.min(...distances.slice(i * units, (i + 1) * units)))).toBeLessThan(AGREE)
    await session.epoch({ rule: 'batch', radius })
    const moved = await session.codebook()
    for (const [i, expected] of epoch.entries()) expect(Math.abs(moved.data[i] - expected)).toBeLessThan(AGREE)
    session.close()
  })
})
