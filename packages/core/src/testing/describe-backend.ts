import { describe, expect, it } from 'vitest'
import type { Backend, EpochReport, EpochStep, Matches, NearestUnits, Rows, Session, Task } from '../backend/backend.ts'
import { js } from '../backend/js/js.ts'
import { mergeSums } from '../backend/merge-sums.ts'
import type { LayeredMetric } from '../map/distance.ts'
import { CELLS, type Lattice, SHAPES } from '../map/lattice.ts'
import { METRICS } from '../map/measures.ts'
import { KERNELS, kernelForms } from '../map/neighbourhood.ts'
import { random, randomBelow } from '../random.ts'
import { type Matrix, matrix, rowsOf } from '../rows/matrix.ts'
import { drawClusters, drawMatrix, drawSparse, drawWeights } from './draw.ts'
import { plainNearest, taskName } from './plain.ts'

/** A part of the contract that a backend does not meet, and why. */
export interface Skip {
  /** The beginning of the names of the skipped tests. */
  readonly test: string
  readonly reason: string
}

/**
 * The contract of a backend as tests: the bits that `docs/design/arithmetic.md` defines, for every cell, shape, metric,
 * kernel and rule that core has. A new row in core's tables is tested automatically. Call it in a vitest file:
 * `describeBackend(native({ threads: 2 }))`.
 */
export function describeBackend(backend: Backend, options: { readonly skip?: readonly Skip[] } = {}): void {
  const test = (name: string, run: () => Promise<void>): void => {
    const skip = options.skip?.find((candidate) => name.startsWith(candidate.test))
    if (skip) it.skip(`${name} (skipped: ${skip.reason})`, run)
    else it(name, run)
  }
  describe(`backend ${backend.name}`, () => {
    describe('takes every task of core', () => {
      for (const task of everyTask()) {
        test(taskName(task), async () => {
          expect(backend.rejects(task)).toBeNull()
        })
      }
    })
    describe('gives the defined bits', () => definedBits(backend, test))
    describe('keeps the session contract', () => sessionContract(backend, test))
  })
}

type Test = (name: string, run: () => Promise<void>) => void

const FEATURES = 5
const ROWS = 60

function definedBits(backend: Backend, test: Test): void {
  for (const task of everyTask()) {
    const signed = typeof task.kernel === 'string' && kernelForms[task.kernel].signed
    for (const [kind, rows] of Object.entries(kindsOfRows())) {
      if (!signed) {
        test(`batch, ${kind}: ${taskName(task)}`, async () => {
          await expectSameBits(backend, task, rows, [
            { rule: 'batch', radius: 2.5 },
            { rule: 'batch', radius: 1 },
            { rule: 'batch', radius: 0.3 },
          ])
        })
      }
      test(`online, ${kind}: ${taskName(task)}`, async () => {
        await expectSameBits(backend, task, rows, [onlineEpoch(ROWS, 3, 0.4), onlineEpoch(ROWS, 0.8, 0.1)])
      })
    }
  }
  for (const [rows, columns, features] of [
    [1, 1, 3],
    [1, 17, 2],
    [23, 1, 1],
    [7, 9, 8],
    [4, 4, 33],
    [12, 40, 16],
    [3, 11, 64],
  ]) {
    for (const second of ['clustered', 'repeated', 'far from the origin', 'tiny', 'huge']) {
      test(`matching, ${rows} x ${columns} units of ${features} features, ${second} rows`, async () => {
        const samples = { matrix: rowsOfKind(second, 200, features) }
        const task: Task = { lattice: sheet(rows, columns), metric: 'euclidean', kernel: 'gaussian' }
        const codebook = {
          ...drawMatrix(rows * columns, features, 5),
          data: sampledRows(samples.matrix, rows * columns),
        }
        await expectSameBits(backend, task, samples, [{ rule: 'batch', radius: 1 }], codebook)
      })
    }
  }
  test('matching thousands of clustered rows on a trained map', async () => {
    const samples = { matrix: drawClusters(3000, 12, 15, 8) }
    const task: Task = { lattice: sheet(32, 33), metric: 'euclidean', kernel: 'gaussian' }
    const steps: EpochStep[] = [8, 5, 3, 1.5, 0.7].map((radius) => ({ rule: 'batch', radius }))
    await expectSameBits(backend, task, samples, steps)
  })
  test('an online map of thousands of units, in pieces', async () => {
    const samples = { matrix: drawMatrix(20, 3, 4) }
    const task: Task = { lattice: sheet(70, 90), metric: 'euclidean', kernel: 'gaussian' }
    const whole = Array.from({ length: 30 }, (_, t) => onlineEpoch(20, 40 * 0.85 ** t, 0.5 * 0.95 ** t))
    await expectSameBits(backend, task, samples, whole)
    const pieces = whole.flatMap((step) => [pieceOf(step, 0, 7), pieceOf(step, 7, 20)])
    const once = await run(backend, task, samples, whole, drawMatrix(6300, 3, 11))
    const cut = await run(backend, task, samples, pieces, drawMatrix(6300, 3, 11))
    expectSameCodebook(cut.codebook, once.codebook)
  })
}

function sessionContract(backend: Backend, test: Test): void {
  const task: Task = { lattice: sheet(4, 5), metric: 'euclidean', kernel: 'gaussian' }
  const samples: Rows = { matrix: drawMatrix(40, 3, 1) }
  const codebook = drawMatrix(20, 3, 2)
  const open = (rows = samples): Promise<Session> => backend.open(task, rows, codebook)

  test('the lower unit wins a tie, for best and second best', async () => {
    const same = matrix(20, 3)
    const session = await backend.open(task, samples, same)
    const matches = await session.match()
    session.close()
    expect(new Set(matches.unit)).toEqual(new Set([0]))
    expect(new Set(matches.secondUnit)).toEqual(new Set([1]))
  })

  test('the lower of units at equal distance comes first among the nearest', async () => {
    const session = await backend.open(task, samples, matrix(20, 3))
    const nearest = await session.nearest(4)
    session.close()
    expect([...nearest.unit.subarray(8, 12)]).toEqual([0, 1, 2, 3])
  })

  for (const k of [1, 2, 3, 8, 20, 32]) {
    test(`the nearest ${k} units are those that measuring every unit finds`, async () => {
      const rows: Rows = { matrix: drawMatrix(40, 3, 1, 0.3) }
      const session = await open(rows)
      expect(await session.nearest(k)).toEqual(plainNearest(task, rows, codebook, k))
      session.close()
    })
  }

  test('the nearest unit and the second nearest are the best-matching and the second-best unit', async () => {
    const session = await open({ matrix: drawMatrix(40, 3, 1, 0.2) })
    const { unit, secondUnit, distance, secondDistance } = await session.match()
    const two = await session.nearest(2)
    session.close()
    expect(two.unit.filter((_, i) => i % 2 === 0)).toEqual(unit)
    expect(two.unit.filter((_, i) => i % 2 === 1)).toEqual(secondUnit)
    expect(two.distance.filter((_, i) => i % 2 === 0)).toEqual(distance)
    expect(two.distance.filter((_, i) => i % 2 === 1)).toEqual(secondDistance)
  })

  test('a number of nearest units below 1, above 32 or between integers is refused', async () => {
    const session = await open()
    for (const k of [0, -1, 33, 1.5, Number.NaN]) await expect(session.nearest(k)).rejects.toThrow(/k: expected/)
    await expect(session.nearest(3, { matrix: drawMatrix(5, 2, 1) })).rejects.toThrow(/features.*2/)
    session.close()
  })

  test('a unit with no sample in reach keeps its prototype', async () => {
    const lone: Rows = { matrix: matrix(1, 3, codebook.data.slice(0, 3)) }
    const session = await open(lone)
    await session.epoch({ rule: 'batch', radius: 0.1 })
    const after = await session.codebook()
    session.close()
    expect(after.data.slice(3)).toEqual(codebook.data.slice(3))
  })

  test('a sample with every feature missing has no unit and moves nothing', async () => {
    const session = await open({ matrix: matrix(1, 3, new Float32Array(3).fill(Number.NaN)) })
    const matches = await session.match()
    expect(await session.epoch({ rule: 'batch', radius: 1 })).toEqual({ distance: 0, weight: 0 })
    expect(await session.epoch(onlineEpoch(1, 1, 0.5))).toEqual({ distance: 0, weight: 0 })
    const after = await session.codebook()
    session.close()
    expect([matches.unit[0], matches.secondUnit[0]]).toEqual([-1, -1])
    expect(matches.distance[0]).toBeNaN()
    expect(after.data).toEqual(codebook.data)
  })

  test('a map of one unit has no second unit', async () => {
    const session = await backend.open({ ...task, lattice: sheet(1, 1) }, samples, drawMatrix(1, 3, 2))
    const matches = await session.match()
    session.close()
    expect(new Set(matches.unit)).toEqual(new Set([0]))
    expect(new Set(matches.secondUnit)).toEqual(new Set([-1]))
    expect(matches.secondDistance.every(Number.isNaN)).toBe(true)
  })

  test('second-best units are left out if they are not requested', async () => {
    const session = await open({ matrix: drawMatrix(40, 3, 1, 0.2) })
    const both = await session.match()
    const best = await session.match(undefined, { second: false })
    session.close()
    expect([best.unit, best.distance]).toEqual([both.unit, both.distance])
    expect([best.secondUnit, best.secondDistance]).toEqual([new Int32Array(), new Float32Array()])
  })

  test('samples, weights and codebook are never written', async () => {
    const rows: Rows = { matrix: drawMatrix(40, 3, 1, 0.2), weights: drawWeights(40, 3) }
    const before = structuredClone({ rows, codebook })
    const session = await open(rows)
    await session.epoch({ rule: 'batch', radius: 2 })
    await session.epoch(onlineEpoch(40, 2, 0.5))
    await session.update(await session.sums(rows), 1, 0.5)
    await session.match(rows)
    const copy = await session.codebook()
    copy.data.fill(7)
    expect((await session.codebook()).data).not.toEqual(copy.data)
    session.close()
    expect({ rows, codebook }).toEqual(before)
  })

  test('sums of chunks merged and one update are a batch epoch', async () => {
    const whole = await open()
    await whole.epoch({ rule: 'batch', radius: 1.5 })
    const parts = await open()
    const dense = samples.matrix
    const chunks = 'data' in dense ? [rowsOf(dense, 0, 13), rowsOf(dense, 13, 40)] : []
    const [first, second] = await sequentially(chunks.map((chunk) => () => parts.sums({ matrix: chunk })))
    await parts.update(mergeSums(first, second), 1.5)
    const expected = await whole.codebook()
    const found = await parts.codebook()
    whole.close()
    parts.close()
    // Chunks are added in another order than single samples: rounding of f64 sums, then of f32 prototypes.
    expectClose(found.data, expected.data, 1e-6)
  })

  test('a learning rate below 1 moves that share of the way', async () => {
    const half = await open()
    const full = await open()
    const sums = await half.sums(samples)
    await half.update(sums, 1, 0.5)
    await full.update(sums, 1)
    const [a, b] = [await half.codebook(), await full.codebook()]
    half.close()
    full.close()
    expectClose(
      a.data,
      b.data.map((w, i) => (w + codebook.data[i]) / 2),
      1e-6,
    )
  })

  test('after close every call rejects, and closing again is fine', async () => {
    const session = await open()
    session.close()
    session.close()
    const calls = [
      () => session.epoch({ rule: 'batch', radius: 1 }),
      () => session.match(),
      () => session.nearest(3),
      () => session.codebook(),
      () => session.sums(samples),
    ]
    for (const call of calls) await expect(call()).rejects.toThrow(/closed/)
  })

  test('shapes that do not belong together are refused with what was found', async () => {
    await expect(backend.open(task, { matrix: drawMatrix(5, 4, 1) }, codebook)).rejects.toThrow(/features.*4/)
    await expect(backend.open(task, samples, drawMatrix(19, 3, 1))).rejects.toThrow(/19/)
    await expect(backend.open(task, { ...samples, weights: new Float32Array(3) }, codebook)).rejects.toThrow(/weights/)
    const layers = [{ columns: [0, 1], metric: 'manhattan', weight: 1 }] as const
    await expect(backend.open({ ...task, metric: { layers } }, samples, codebook)).rejects.toThrow(/layers.*3 features/)
    const session = await open()
    await expect(session.match({ matrix: drawMatrix(5, 2, 1) })).rejects.toThrow(/features.*2/)
    await expect(session.epoch(onlineEpoch(41, 1, 0.5))).rejects.toThrow(/order/)
    session.close()
  })

  test('an epoch that is aborted before it begins rejects and leaves the codebook', async () => {
    const session = await open()
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(session.epoch({ rule: 'batch', radius: 1 }, { signal })).rejects.toThrow('enough')
    expect((await session.codebook()).data).toEqual(codebook.data)
    session.close()
  })
}

/** Layers of the five features, which have every metric between them. */
const layered: readonly LayeredMetric[] = [
  {
    layers: [
      { columns: [0, 2], metric: 'manhattan', weight: 1.5 },
      { columns: [1], metric: 'euclidean', weight: 0.3 },
      { columns: [3, 4], metric: 'tanimoto', weight: 1 },
    ],
  },
  {
    layers: [
      { columns: [1, 3], metric: 'correlation', weight: 0.7 },
      { columns: [0, 2, 4], metric: 'jaccard', weight: 2 },
    ],
  },
  {
    layers: [
      { columns: [4], metric: 'chebyshev', weight: 1 },
      { columns: [0, 1], metric: 'cosine', weight: 3 },
      { columns: [2, 3], metric: 'hamming', weight: 0.1 },
    ],
  },
]

/** Every cell, shape and kernel with the euclidean metric, every metric on one lattice, and layers on another. */
function everyTask(): Task[] {
  const tasks: Task[] = []
  for (const cell of CELLS) {
    for (const shape of SHAPES) {
      for (const kernel of KERNELS) {
        tasks.push({ lattice: { cell, shape, rows: 6, columns: 7 }, metric: 'euclidean', kernel })
      }
    }
  }
  for (const metric of METRICS) {
    if (metric !== 'euclidean') tasks.push({ lattice: sheet(5, 6), metric, kernel: 'gaussian' })
  }
  for (const metric of layered) tasks.push({ lattice: sheet(3, 18), metric, kernel: 'gaussian' })
  return tasks
}

function kindsOfRows(): Record<string, Rows> {
  return {
    'dense rows': { matrix: drawMatrix(ROWS, FEATURES, 1) },
    'missing values and weights': { matrix: drawMatrix(ROWS, FEATURES, 2, 0.3), weights: drawWeights(ROWS, 2) },
    'sparse rows': { matrix: drawSparse(ROWS, FEATURES, 3) },
  }
}

function rowsOfKind(kind: string, rows: number, features: number): Matrix {
  const drawn = kind === 'clustered' ? drawClusters(rows, features, 6, 3) : drawMatrix(rows, features, 3)
  if (kind === 'repeated') return { ...drawn, data: drawn.data.map((_, i) => drawn.data[i % (7 * features)]) }
  const scale = { tiny: 1e-18, huge: 1e15 }[kind] ?? 1
  const offset = kind === 'far from the origin' ? 1e4 : 0
  return { ...drawn, data: drawn.data.map((x) => x * scale + offset) }
}

function sampledRows(rows: Matrix, units: number): Float32Array {
  const source = random(9, 'codebook')
  const data = new Float32Array(units * rows.columns)
  for (let k = 0; k < units; k++) {
    const i = randomBelow(source, rows.rows)
    data.set(rows.data.subarray(i * rows.columns, (i + 1) * rows.columns), k * rows.columns)
  }
  return data
}

function sheet(rows: number, columns: number): Lattice {
  return { cell: 'rectangular', shape: 'sheet', rows, columns }
}

function onlineEpoch(rows: number, radius: number, rate: number): EpochStep & { rule: 'online' } {
  return {
    rule: 'online',
    order: Uint32Array.from({ length: rows }, (_, i) => (i * 7) % rows),
    radius: Float32Array.from({ length: rows }, (_, i) => radius * (1 - (0.5 * i) / rows)),
    rate: new Float32Array(rows).fill(rate),
  }
}

function pieceOf(step: EpochStep & { rule: 'online' }, from: number, to: number): EpochStep {
  const cut = <T extends Float32Array | Uint32Array>(a: T): T => a.slice(from, to) as T // slice keeps the array's own type
  return { rule: 'online', order: cut(step.order), radius: cut(step.radius), rate: cut(step.rate) }
}

interface Outcome {
  readonly reports: EpochReport[]
  readonly codebook: Matrix
  readonly matches: Matches
  readonly nearest: NearestUnits
}

async function run(
  backend: Backend,
  task: Task,
  samples: Rows,
  steps: readonly EpochStep[],
  start: Matrix,
): Promise<Outcome> {
  const session = await backend.open(task, samples, start)
  try {
    const reports = await sequentially(steps.map((step) => () => session.epoch(step)))
    const codebook = await session.codebook()
    return { reports, codebook, matches: await session.match(), nearest: await session.nearest(6) }
  } finally {
    session.close()
  }
}

async function expectSameBits(
  backend: Backend,
  task: Task,
  samples: Rows,
  steps: readonly EpochStep[],
  start = drawMatrix(task.lattice.rows * task.lattice.columns, samples.matrix.columns, 11),
): Promise<void> {
  const [expected, found] = [
    await run(js(), task, samples, steps, start),
    await run(backend, task, samples, steps, start),
  ]
  expect(found.reports).toEqual(expected.reports)
  expectSameCodebook(found.codebook, expected.codebook)
  expect(found.matches).toEqual(expected.matches)
  expect(found.nearest).toEqual(expected.nearest)
}

function expectSameCodebook(found: Matrix, expected: Matrix): void {
  expect(found.rows).toBe(expected.rows)
  expect(found.data).toEqual(expected.data)
}

function expectClose(found: Float32Array, expected: Float32Array, tolerance: number): void {
  let worst = 0
  for (let i = 0; i < expected.length; i++) worst = Math.max(worst, Math.abs(found[i] - expected[i]))
  expect(worst).toBeLessThanOrEqual(tolerance)
}

async function sequentially<T>(calls: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = []
  for (const call of calls) results.push(await call())
  return results
}
