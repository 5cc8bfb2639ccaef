import { describe, expect, it } from 'vitest'
import type { Rows } from '../backend/backend.ts'
import { random } from '../random.ts'
import { chooseRows, type Matrix, matrix } from '../rows/matrix.ts'
import type { Samples } from '../rows/samples.ts'
import type { RowsStore, SampleParts } from '../rows/stored-rows.ts'
import type { Som } from '../som.ts'
import { trainEpochs } from '../train/train.ts'
import type { TrainOptions } from './options.ts'
import { plan } from './plan.ts'
import { planStored } from './plan-stored.ts'
import type { Plan, StoredPlan } from './run-plan.ts'

const PART = 37

/** Samples with missing values, weights, an empty row and a constant feature. */
function drawn(rows: number): Samples {
  const source = random(1, 'stored')
  const data = new Float64Array(rows * 5)
  for (let i = 0; i < rows; i++) {
    const along = 10 * source()
    data.set([along, 1e6 + along + source(), source() < 0.1 ? Number.NaN : source() ** 3, 7, i % 2], i * 5)
  }
  data.fill(Number.NaN, 5, 10)
  const weights = Float32Array.from({ length: rows }, (_, i) => (i % 9 === 4 ? 0 : Math.fround(source() * 3)))
  return {
    features: ['a', 'b', 'c', 'd', 'e=1'],
    rows,
    data,
    weights,
    sources: [undefined, undefined, undefined, undefined, { column: 'e', level: '1' }],
  }
}

function partsOf({ features, sources, rows, data, weights }: Samples, partRows = PART): SampleParts {
  return {
    features,
    sources,
    rows,
    async *parts() {
      for (let from = 0; from < rows; from += partRows) {
        const to = Math.min(rows, from + partRows)
        const part = Float64Array.from(data.subarray(from * features.length, to * features.length))
        yield { rows: to - from, data: part, ...(weights && { weights: weights.slice(from, to) }) }
      }
    },
  }
}

/** A store in memory. */
async function storeOf(_: number, columns: number): Promise<RowsStore> {
  const parts: Rows[] = []
  return {
    async put({ matrix: rows, weights }) {
      parts.push({ matrix: rows, weights })
    },
    async done() {
      const dense = parts.map(({ matrix: rows }) => rows as Matrix)
      const all = matrix(
        dense.reduce((sum, { rows }) => sum + rows, 0),
        columns,
      )
      let at = 0
      for (const { data } of dense) {
        all.data.set(data, at)
        at += data.length
      }
      return {
        rows: all.rows,
        columns,
        pick: (chosen) => chooseRows(all, chosen),
        async *parts() {
          yield* parts
        },
      }
    },
  }
}

const fail = (issues: unknown): never => {
  throw new Error(JSON.stringify(issues))
}

async function somOf(planned: Plan | StoredPlan): Promise<Som> {
  const epochs = trainEpochs(planned)
  let next = await epochs.next()
  while (!next.done) next = await epochs.next()
  return next.value
}

async function runBoth(options: Omit<TrainOptions, 'samples'>, samples: Samples): Promise<[Som, Som]> {
  const inMemory = plan({ ...options, samples })
  const stored = await planStored({ ...options, samples: partsOf(samples) }, storeOf)
  if (inMemory.isErr || stored.isErr) throw new Error(JSON.stringify([inMemory, stored]))
  const soms: Som[] = []
  for (const planned of [inMemory.value, stored.value]) {
    const epochs = trainEpochs(planned)
    let next = await epochs.next()
    while (!next.done) next = await epochs.next()
    soms.push(next.value)
  }
  return [soms[0], soms[1]]
}

const LAYERS = [
  { name: 'numbers', features: ['a', 'b'], metric: 'manhattan', weight: 2 },
  { name: 'others', features: ['c', 'd', 'e'] },
] as const

describe('a map trained on rows that are read in parts is the map trained in memory', () => {
  it.each<[string, Omit<TrainOptions, 'samples'>]>([
    ['by default', {}],
    ['from drawn rows', { initial: 'sampled', seed: 3, lattice: { cell: 'hexagonal', rows: 4, columns: 4 } }],
    ['from a range', { initial: 'random', preprocessing: 'min-max', kernel: 'bubble' }],
    ['from rows far apart', { initial: 'k-means++', preprocessing: { a: 'log', c: 'arcsinh' }, metric: 'manhattan' }],
    ['with layers', { layers: LAYERS, seed: 5 }],
    [
      'with layers that are one euclidean distance',
      { layers: LAYERS.map(({ name, features }) => ({ name, features })) },
    ],
    ['until it no longer moves', { stop: { patience: 2, tolerance: 0.02 }, featureWeights: { e: 2, a: 0.5 } }],
  ])('%s', async (_, options) => {
    const [whole, parts] = await runBoth({ epochs: 6, ...options }, drawn(400))
    expect(parts.lattice).toEqual(whole.lattice)
    expect(parts.training.digest).toBe(whole.training.digest)
    expect(parts.training.leftOut).toEqual(whole.training.leftOut)
    expect(parts.training.emptyRows).toBe(1)
    expect(parts.training.rows).toBe(whole.training.rows)
    expect(parts.training.history.length).toBe(whole.training.history.length)
    expect(parts.features.map(({ name, source }) => [name, source])).toEqual(
      whole.features.map(({ name, source }) => [name, source]),
    )
    expect([parts.layers, parts.metric]).toEqual([whole.layers, whole.metric])
    const apart = whole.codebook.data.map((x, i) => Math.abs(x - parts.codebook.data[i]))
    expect(Math.max(...apart)).toBeLessThan(1e-5)
    expect(parts.seen?.hits).toEqual(whole.seen?.hits)
    expect(parts.seen?.quantizationError).toBeCloseTo(whole.seen?.quantizationError ?? Number.NaN, 5)
    expect(parts.seen?.topographicError).toBeCloseTo(whole.seen?.topographicError ?? Number.NaN, 6)
  })
})

it('the plan of stored rows is that of rows in memory to the bit, and so is the map where they are one part', async () => {
  const samples = drawn(200)
  for (const preprocessing of ['z-score', 'min-max', { a: 'log', b: 'arcsinh' }, 'none'] as const) {
    const inMemory = plan({ samples, preprocessing }).unwrapOrElse(fail)
    for (const partRows of [1, PART, 200]) {
      const stored = (await planStored({ samples: partsOf(samples, partRows), preprocessing }, storeOf)).unwrapOrElse(
        fail,
      )
      expect(stored.features).toEqual(inMemory.features)
      expect(stored.leftOut).toEqual(inMemory.leftOut)
      expect(stored.digest).toBe(inMemory.digest)
      expect(stored.task).toEqual(inMemory.task)
      expect(stored.codebook).toEqual(inMemory.codebook)
      if (partRows === 200) expect(await somOf(stored)).toEqual(await somOf(inMemory))
    }
  }
})

it('what is wrong with samples is stated in the same words wherever they are', async () => {
  const negative = drawn(60)
  negative.data[50] = -3
  const infinite = drawn(60)
  infinite.data[100] = Number.POSITIVE_INFINITY
  const constant = { ...drawn(60), data: new Float64Array(300).fill(2), sources: undefined }
  const huge = drawn(60)
  huge.data[5 * 41] = 1e300
  for (const [samples, preprocessing] of [
    [negative, { a: 'log' }],
    [infinite, 'z-score'],
    [constant, 'z-score'],
    [huge, 'none'],
  ] as const) {
    const inMemory = plan({ samples, preprocessing })
    const stored = await planStored({ samples: partsOf(samples), preprocessing }, storeOf)
    expect(inMemory.isErr).toBe(true)
    expect(stored.isErr && stored.error).toEqual(inMemory.isErr && inMemory.error)
  }
})

it('a run over parts that was stopped continues to the same bits', async () => {
  const samples = drawn(300)
  const options = { epochs: 6, samples: partsOf(samples) }
  const planned = (await planStored(options, storeOf)).unwrapOrElse((issues) => {
    throw new Error(JSON.stringify(issues))
  })
  const stop = new AbortController()
  const run = trainEpochs(planned, { signal: stop.signal })
  await run.next()
  await run.next()
  stop.abort()
  const stopped = (await run.next()).value as Som
  expect(stopped.training.unfinished?.epoch).toBe(2)
  const resumed = (await planStored({ samples: partsOf(samples), resume: stopped }, storeOf)).unwrapOrElse((issues) => {
    throw new Error(JSON.stringify(issues))
  })
  const [, whole] = await runBoth({ epochs: 6 }, samples)
  const rest = trainEpochs(resumed)
  let next = await rest.next()
  while (!next.done) next = await rest.next()
  expect(next.value.codebook).toEqual(whole.codebook)
  const others = await planStored({ samples: partsOf(drawn(299)), resume: stopped }, storeOf)
  expect(others.isErr && others.error[0].message).toContain('expected the 267 rows that the run was started with')
})

it('what rows in parts cannot have is reported, all at once', async () => {
  const told = await planStored(
    { samples: partsOf(drawn(9)), rule: 'online', preprocessing: 'robust', featureWeights: { nope: 2 } },
    storeOf,
  )
  expect(told.isErr && told.error.map(({ path }) => path)).toEqual([
    'rule',
    'featureWeights.nope',
    'preprocessing',
    'preprocessing',
    'preprocessing',
    'preprocessing',
  ])
  const infinite = { ...drawn(9) }
  infinite.data[10] = Number.POSITIVE_INFINITY
  const found = await planStored({ samples: partsOf(infinite) }, storeOf)
  expect(found.isErr && found.error).toEqual([
    { path: 'samples.a', message: 'row 3: expected a finite number or a missing value, found Infinity' },
  ])
})
