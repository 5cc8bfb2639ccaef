import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Matches } from '../backend/backend.ts'
import { js } from '../backend/js/js.ts'
import type { TrainOptions } from '../plan/options.ts'
import { plan } from '../plan/plan.ts'
import { match } from '../read/match.ts'
import { toDense } from '../rows/matrix.ts'
import { samplesOf } from '../rows/samples.ts'
import type { Som } from '../som.ts'
import { drawClusters, drawMatrix, drawSparse, drawWeights } from '../testing/draw.ts'
import type { Runtime } from './runtime.ts'
import { train, trainEpochs } from './train.ts'

async function trained(options: TrainOptions, runtime?: Runtime): Promise<Som> {
  const result = await train(options, runtime)
  if (result.isErr) throw new Error(result.error.map(({ path, message }) => `${path}: ${message}`).join('\n'))
  return result.value
}

const samples = samplesOf(drawClusters(150, 4, 5, 1))
const lattice = { rows: 6, columns: 7 }
const RULES = ['batch', 'online', 'mini-batch'] as const

for (const rule of RULES) {
  it(`${rule}: training lowers the quantization error, and the same seed gives the same bits`, async () => {
    const options: TrainOptions = { samples, lattice, rule, seed: 5, epochs: 12, initial: 'random' }
    const som = await trained(options)
    const { history } = som.training
    expect(som.seen?.quantizationError).toBeLessThan(0.6 * history[0].quantizationError)
    expect(som.seen?.topographicError).toBeLessThan(0.3)
    expect(await trained(options)).toEqual(som)
    expect((await trained({ ...options, seed: 6 })).codebook).not.toEqual(som.codebook)
  })

  it(`${rule}: a run cancelled anywhere and resumed ends with the same bits as an unbroken one`, async () => {
    const options: TrainOptions = {
      samples: { ...samples, weights: drawWeights(150, 4) },
      lattice,
      rule,
      seed: 2,
      batchSize: 40,
      phases: [
        { epochs: 3, radius: { start: 3, end: 1 } },
        { epochs: 3, radius: { start: 1, end: 0.5, decay: 'linear' } },
      ],
    }
    const whole = await trained(options)
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 1, noNaN: true }), async (share) => {
        const controller = new AbortController()
        const progress = (done: number): void => {
          if (done >= share) controller.abort()
        }
        const broken = await trained(options, { signal: controller.signal, progress })
        if (broken.training.unfinished === undefined) return
        expect(broken.seen).toBeNull()
        expect(await trained({ samples: options.samples, resume: broken })).toEqual(whole)
      }),
      { numRuns: 12 },
    )
  })
}

it('a snapshot between epochs resumes to the same bits', async () => {
  const planned = plan({ samples, lattice, rule: 'online', epochs: 6 })
  if (planned.isErr) throw new Error('the plan is good')
  let snapshot: Som | undefined
  const epochs = trainEpochs(planned.value)
  let next = await epochs.next()
  for (; !next.done; next = await epochs.next()) {
    if (next.value.record.epoch === 2) snapshot = await next.value.snapshot()
  }
  if (!snapshot) throw new Error('two epochs were run')
  expect(await trained({ samples, resume: snapshot })).toEqual(next.value)
})

it('a run resumed with other rows is refused', async () => {
  const broken = await trained({ samples, lattice }, { signal: AbortSignal.abort() })
  const other = await train({ samples: samplesOf(drawMatrix(150, 4, 8)), resume: broken })
  expect(other.isErr && other.error[0].message).toContain(
    'found 150 rows with other numbers or weights, or in another order',
  )
  const weights = drawWeights(150, 1).map((weight) => weight + 1)
  const weighted = await train({ samples: { ...samples, weights }, resume: broken })
  expect(weighted.isErr && weighted.error[0].message).toContain('or weights')
  const ended = await train({ samples, resume: await trained({ samples, lattice, epochs: 1 }) })
  expect(ended.isErr && ended.error[0].message).toContain('expected an unfinished run, found one that has ended')
  const changed = await train({ samples, resume: broken, epochs: 9 })
  expect(changed.isErr && changed.error[0].path).toBe('epochs')
})

it("a decay of the user's own must be given again to resume", async () => {
  const decay = (p: number, start: number, end: number): number => start + (end - start) * p * p
  const options: TrainOptions = { samples, lattice, radius: { start: 3, end: 1, decay }, epochs: 4 }
  const whole = await trained(options)
  const controller = new AbortController()
  const onEpoch = (): void => controller.abort()
  const broken = await trained(options, { signal: controller.signal, onEpoch })
  const without = await train({ samples, resume: broken })
  expect(without.isErr && without.error[0].path).toBe('phases[0].radius')
  expect(await trained({ samples, resume: broken, radius: { decay } })).toEqual(whole)
})

it('a run of many short epochs lets the event loop turn, so that an abort from outside is heard', async () => {
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 30)
  const som = await trained({ samples, lattice, epochs: 100_000 }, { signal: controller.signal })
  expect(som.training.ended).toBe('cancelled')
})

it('a record has the values as its epoch began, and the radius it ended with where that fell within it', async () => {
  const base: TrainOptions = { samples, lattice, radius: { start: 4, end: 1, decay: 'linear' }, batchSize: 50 }
  const recorded = async (options: TrainOptions): Promise<number[][]> =>
    (await trained(options)).training.history.map(({ radius, endRadius = radius }) => [radius, endRadius])
  const near = (...values: number[]): number[] => values.map((value) => expect.closeTo(value, 10))
  expect(await recorded({ ...base, rule: 'online', epochs: 1 })).toEqual([[4, 1]])
  expect(await recorded({ ...base, rule: 'online', epochs: 2 })).toEqual([
    near(4, 4 - (3 * 149) / 299),
    near(4 - (3 * 150) / 299, 1),
  ])
  expect(await recorded({ ...base, rule: 'mini-batch', epochs: 2 })).toEqual([near(4, 2.8), near(2.2, 1)])
  expect(await recorded({ ...base, rule: 'batch', epochs: 2 })).toEqual([near(4, 4), near(1, 1)])
})

it('where values change at each epoch, the last record of a phase has its end values, the first its start values', async () => {
  const som = await trained({
    samples,
    lattice,
    rule: 'online',
    decayPer: 'epoch',
    phases: [
      { epochs: 2, radius: { start: 4, end: 2 }, learningRate: { start: 0.5, end: 0.1 } },
      { epochs: 3, radius: { start: 1, end: 0.5 }, learningRate: { start: 0.05, end: 0.01 } },
    ],
  })
  const { history } = som.training
  expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5])
  expect(history.map(({ radius }) => radius)).toEqual([4, 2, 1, Math.SQRT1_2, 0.5].map((r) => expect.closeTo(r, 12)))
  expect(history[4].learningRate).toBe(0.01)
})

it('training stops when the map no longer moves, whatever the scale of the data', async () => {
  for (const scale of [1, 1e-6, 1e6]) {
    const rows = { ...samples, data: samples.data.map((x) => x * scale) }
    const som = await trained({
      samples: rows,
      lattice,
      preprocessing: 'none',
      epochs: 200,
      radius: { start: 1, end: 1 },
      stop: { patience: 2, tolerance: 1e-3 },
    })
    const { history, ended } = som.training
    expect(ended).toBe('still')
    expect(history.length).toBeLessThan(60)
    expect(history.slice(-2).every(({ movement = 1 }) => movement < 1e-3)).toBe(true)
    expect(history.at(-3)?.movement).toBeGreaterThanOrEqual(1e-3)
  }
})

it('a warm start continues from a trained map and keeps its preprocessing', async () => {
  const first = await trained({ samples, lattice, epochs: 5 })
  const second = await trained({ samples, from: first, epochs: 3, radius: { start: 0.5, end: 0.5 } })
  expect(second.features).toEqual(first.features)
  expect(second.training.initial).toBe('from')
  expect(second.seen?.quantizationError).toBeLessThanOrEqual(first.seen?.quantizationError ?? 0)
  const clash = await train({ samples, from: first, metric: 'cosine' })
  expect(clash.isErr && clash.error[0]).toMatchObject({ path: 'metric' })
})

it('a weight of 2 is a row given twice, a weight of 0 a row left out', async () => {
  const rows = [
    [0, 1],
    [2, 2],
    [5, 1],
    [3, 3],
    [1, 7],
  ]
  const base: TrainOptions = {
    samples: [],
    lattice: { rows: 2, columns: 3 },
    preprocessing: 'none',
    epochs: 5,
    initial: { rows: 6, columns: 2, data: drawMatrix(6, 2, 3).data },
  }
  const weights = Float32Array.of(1, 2, 1, 0, 1)
  const weighted = await trained({ ...base, samples: { ...samplesOf(rows), weights } })
  const repeated = await trained({ ...base, samples: [rows[0], rows[1], rows[1], rows[2], rows[4]] })
  weighted.codebook.data.forEach((w, i) => {
    expect(w).toBeCloseTo(repeated.codebook.data[i], 6)
  })
  expect(weighted.seen?.quantizationError).toBeCloseTo(repeated.seen?.quantizationError ?? 0, 6)
})

it('a feature weight pulls the map towards that feature', async () => {
  const spread = async (featureWeights: Record<string, number>): Promise<number> => {
    const som = await trained({
      samples: samplesOf(drawMatrix(300, 2, 6), ['a', 'b']),
      lattice: { rows: 1, columns: 8 },
      featureWeights,
    })
    const a = Array.from({ length: 8 }, (_, k) => som.codebook.data[2 * k] / som.features[0].preprocessing.factor)
    return Math.max(...a) - Math.min(...a)
  }
  expect(await spread({ a: 25 })).toBeGreaterThan(2 * (await spread({ b: 25 })))
})

it('missing values are skipped: complete features are still learnt', async () => {
  const som = await trained({ samples: drawMatrix(200, 3, 4, 0.3), lattice, epochs: 10 })
  expect(som.codebook.data.every(Number.isFinite)).toBe(true)
  expect(som.seen?.hits.reduce((a, b) => a + b)).toBe(200 - som.training.emptyRows)
})

it('sparse rows train to the map of the same rows written out, within rounding', async () => {
  const sparse = drawSparse(60, 8, 2)
  if (!('offsets' in sparse)) throw new Error('drawSparse gives sparse rows')
  const options = { lattice, preprocessing: 'none', initial: 'sampled', epochs: 4 } as const
  const a = await trained({ samples: sparse, ...options })
  const b = await trained({ samples: toDense(sparse), ...options, initial: 'sampled' })
  expect(a.codebook.columns).toBe(8)
  expect(a.seen?.quantizationError).toBeCloseTo(b.seen?.quantizationError ?? 0, 1)
})

it("a user's own metric and kernel run on js", async () => {
  const metric = { name: 'half', distance: (x: Float32Array, w: Float32Array) => Math.abs(x[0] - w[0]) / 2 }
  const kernel = { name: 'spike', influence: (d: number) => (d === 0 ? 1 : 0.1) }
  const som = await trained({ samples, lattice, metric, kernel, epochs: 2 })
  expect([som.metric, som.kernel]).toEqual([metric, kernel])
})

it('a backend that rejects the task is an issue, not a crash', async () => {
  const refusing = { ...js(), name: 'picky', rejects: () => 'not today' }
  const result = await train({ samples }, { backend: refusing })
  expect(result.isErr && result.error).toEqual([{ path: 'backend', message: 'not today' }])
})

it('the record says what made the map', async () => {
  const { training } = await trained({ samples, lattice, epochs: 2, seed: 9 })
  expect(training).toMatchObject({
    rule: 'batch',
    seed: 9,
    backend: 'js',
    rows: 150,
    ended: 'epochs',
    initial: 'linear',
  })
  expect(training.digest).toMatch(/^[0-9a-f]{16}$/)
})

it('match finds features by name, ignores others, and names those that are not there', async () => {
  const named = { ...samples, features: ['a', 'b', 'c', 'd'] }
  const som = await trained({ samples: named, lattice, epochs: 3 })
  const own = await match(som, named)
  const moved = samplesOf(
    Array.from({ length: 150 }, (_, i) => [99, ...[3, 1, 0, 2].map((f) => samples.data[4 * i + f])]),
    ['extra', 'd', 'b', 'a', 'c'],
  )
  const found = await match(som, moved)
  expect(found.isOk && found.value).toEqual(own.isOk && own.value)
  const without = await match(som, samplesOf([[1, 2]], ['a', 'x']))
  expect(without.isErr && without.error.map(({ path }) => path)).toEqual(['b', 'c', 'd'])
  const narrow = await match(som, [[1, 2, 3]])
  expect(narrow.isErr && narrow.error[0].message).toBe('expected 4 features as in training, found 3')
})

it('a resumed run counts the rows without any value as the first one did', async () => {
  const options = {
    samples: [
      [1, 2],
      [null, null],
      [3, 5],
      [2, 2],
    ],
    lattice,
    epochs: 3,
  }
  const broken = await trained(options, { signal: AbortSignal.abort() })
  expect(await trained({ samples: options.samples, resume: broken })).toEqual(await trained(options))
})

it('hands on what the rows match on the trained map, once and not for a run that was stopped', async () => {
  const found: Matches[] = []
  const onMatches = (matches: Matches) => found.push(matches)
  const options: TrainOptions = { samples, lattice, epochs: 2 }
  const som = await trained(options, { onMatches })
  const matched = await match(som, samples)
  expect(found).toEqual([matched.isOk && matched.value])
  const stop = new AbortController()
  stop.abort()
  await trained(options, { onMatches, signal: stop.signal })
  expect(found).toHaveLength(1)
})
