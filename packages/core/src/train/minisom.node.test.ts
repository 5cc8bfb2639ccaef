import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { EpochStep, Matches, Task } from '../backend/backend.ts'
import { js } from '../backend/js/js.ts'
import type { Lattice } from '../map/lattice.ts'
import { neighboursOf } from '../map/neighbours.ts'
import { quantizationError, topographicError } from '../read/quality/errors.ts'
import { uMatrix } from '../read/u-matrix.ts'
import { type Matrix, matrix } from '../rows/matrix.ts'

/**
 * Both sides are given the same f32 numbers; MiniSom then computes in f64, and our reported distances are rounded to
 * f32 once.
 */
const AGREEMENT = 1e-6
/**
 * MiniSom keeps its prototypes in f64 during online training, ours are f32. Ten units in the last place of values from
 * 4 to 8.
 */
const ONLINE_ROUNDING = 5e-6

/** The numbers of `tools/python/make-fixtures.py`: what the published MiniSom package finds. */
interface Fixture {
  readonly source: Record<string, string | number>
  readonly samples: Record<string, { rows: number; columns: number; data: number[] }>
  readonly matching: readonly (Placed & {
    readonly codebook: number[]
    readonly unit: number[]
    readonly secondUnit: number[]
    readonly quantizationError: number
    readonly topographicError: number
    readonly winners: Record<'manhattan' | 'cosine', number[]>
    readonly 'distanceMap mean'?: number[]
    readonly 'distanceMap sum'?: number[]
  })[]
  readonly training: readonly (Trained & {
    readonly kernel: 'gaussian'
    readonly metric: 'euclidean' | 'manhattan'
    readonly learningRate: number
    readonly steps: number
  })[]
  readonly batch: readonly (Trained & { readonly epochs: number })[]
}
interface Placed {
  readonly name: string
  readonly samples: string
  readonly lattice: Lattice
}
interface Trained extends Placed {
  readonly radius: number
  readonly initial: number[]
  readonly codebook: number[]
  readonly quantizationError: number
}

const fixture: Fixture = JSON.parse(readFileSync(new URL('../../fixtures/minisom.json', import.meta.url), 'utf8'))
const minisom = `MiniSom ${fixture.source.MiniSom}`

describe.each(fixture.matching)(`matching agrees with ${minisom}: $name`, (expected) => {
  test('every sample has the same best-matching unit and the same second-best unit', async () => {
    const matches = await matchAll('euclidean', expected)
    expect([...matches.unit]).toEqual(expected.unit)
    expect([...matches.secondUnit]).toEqual(expected.secondUnit)
  })

  test('the quantization error is the same', async () => {
    const matches = await matchAll('euclidean', expected)
    expectNear(quantizationError(expected, matches), expected.quantizationError, AGREEMENT)
  })

  test('the topographic error of 8 (hexagonal: 6) neighbours is the same', async () => {
    const matches = await matchAll('euclidean', expected)
    const neighbours = expected.lattice.cell === 'hexagonal' ? 6 : 8
    expectNear(topographicError(expected, matches, { neighbours }), expected.topographicError, AGREEMENT)
  })

  test.each(['manhattan', 'cosine'] as const)('every sample has the same best-matching unit by %s', async (metric) => {
    const matches = await matchAll(metric, expected)
    expect([...matches.unit]).toEqual(expected.winners[metric])
  })
})

describe.each(fixture.matching.filter((expected) => 'distanceMap mean' in expected))(
  `the U-matrix agrees with ${minisom}: $name`,
  (expected) => {
    test('over its maximum it is the distance map of means', () => {
      const heights = uMatrixOf(expected)
      expectAllNear(overMaximum(heights), expected['distanceMap mean']!, AGREEMENT)
    })

    test('times the number of neighbours it is the distance map of sums', () => {
      const neighbours = expected.lattice.cell === 'hexagonal' ? 6 : 8
      const sums = uMatrixOf(expected).map(
        (mean, unit) => mean * neighboursOf(expected.lattice, unit, neighbours).length,
      )
      expectAllNear(overMaximum(sums), expected['distanceMap sum']!, AGREEMENT)
    })
  },
)

test.each(fixture.training)(`online training ends where ${minisom} ends: $name`, async (expected) => {
  const { steps, samples } = expected
  const rows = fixture.samples[samples].rows
  const step: EpochStep = {
    rule: 'online',
    order: Uint32Array.from({ length: steps }, (_, t) => t % rows),
    radius: Float32Array.from({ length: steps }, (_, t) => asymptotic(expected.radius, t, steps)),
    rate: Float32Array.from({ length: steps }, (_, t) => asymptotic(expected.learningRate, t, steps)),
  }
  const codebook = await train(
    { lattice: expected.lattice, metric: expected.metric, kernel: expected.kernel },
    expected,
    [step],
  )
  expectAllNear(codebook.data, expected.codebook, ONLINE_ROUNDING)
})

test.each(fixture.batch)(`batch training ends where ${minisom} ends: $name`, async (expected) => {
  const steps = Array.from({ length: expected.epochs }, (_, t): EpochStep => {
    return { rule: 'batch', radius: asymptotic(expected.radius, t, expected.epochs) }
  })
  const codebook = await train({ lattice: expected.lattice, metric: 'euclidean', kernel: 'gaussian' }, expected, steps)
  expectAllNear(codebook.data, expected.codebook, AGREEMENT)
})

/** MiniSom's default decay. Its progress is t / steps, ours t / (steps - 1): hence the session, and no schedule. */
function asymptotic(start: number, t: number, steps: number): number {
  return start / (1 + t / (steps / 2))
}

async function train(task: Task, expected: Trained, steps: readonly EpochStep[]): Promise<Matrix> {
  const session = await js().open(
    task,
    { matrix: samplesNamed(expected.samples) },
    codebookOf(expected, expected.initial),
  )
  for (const step of steps) await session.epoch(step)
  const codebook = await session.codebook()
  session.close()
  return codebook
}

async function matchAll(metric: Task['metric'], expected: Placed & { codebook: number[] }): Promise<Matches> {
  const task: Task = { lattice: expected.lattice, metric, kernel: 'gaussian' }
  const session = await js().open(
    task,
    { matrix: samplesNamed(expected.samples) },
    codebookOf(expected, expected.codebook),
  )
  const matches = await session.match()
  session.close()
  return matches
}

function uMatrixOf(expected: Placed & { codebook: number[] }): Float64Array {
  return uMatrix({ lattice: expected.lattice, metric: 'euclidean', codebook: codebookOf(expected, expected.codebook) })
}

function samplesNamed(name: string): Matrix {
  const { rows, columns, data } = fixture.samples[name]
  return matrix(rows, columns, Float32Array.from(data))
}

function codebookOf({ lattice, samples }: Placed, data: readonly number[]): Matrix {
  return matrix(lattice.rows * lattice.columns, fixture.samples[samples].columns, Float32Array.from(data))
}

function overMaximum(values: Float64Array): Float64Array {
  const maximum = values.reduce((a, b) => Math.max(a, b), 0)
  return values.map((value) => value / maximum)
}

function expectNear(found: number, expected: number, tolerance: number): void {
  expect(Math.abs(found - expected), `found ${found}, expected ${expected}`).toBeLessThanOrEqual(tolerance)
}

function expectAllNear(found: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(found.length).toBe(expected.length)
  const widest = expected.reduce((wide, value, i) => Math.max(wide, Math.abs(found[i] - value)), 0)
  expect(widest).toBeLessThanOrEqual(tolerance)
}
