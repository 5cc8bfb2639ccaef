import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TrainOptions } from '../plan/options.ts'
import { plan } from '../plan/plan.ts'
import type { Plan } from '../plan/run-plan.ts'
import { random } from '../random.ts'
import type { Som } from '../som.ts'
import { drawSparse } from '../testing/draw.ts'
import { train } from '../train/train.ts'
import { fitPreprocessing } from './fit-preprocessing.ts'
import { chooseRows, isSparse, toDense } from './matrix.ts'
import { PREPROCESSINGS } from './preprocessing.ts'
import { weightedQuantiles } from './quantile.ts'
import type { Samples } from './samples.ts'

const fail = (issues: unknown): never => {
  throw new Error(JSON.stringify(issues))
}
const planOf = (options: TrainOptions): Plan => plan(options).unwrapOrElse(fail)
const somOf = async (options: TrainOptions): Promise<Som> => (await train(options)).unwrapOrElse(fail)

/** Each row as often as its weight says, without weights. */
function repeated({ features, rows, data, weights = new Float32Array(rows).fill(1) }: Samples): Samples {
  const chosen = Array.from({ length: rows }, (_, i) => Array<number>(weights[i]).fill(i)).flat()
  const width = features.length
  const numbers = chosen.flatMap((i) => [...data.subarray(i * width, (i + 1) * width)])
  return { features, rows: chosen.length, data: Float64Array.from(numbers) }
}

/** Rows of which those of weight 0 lie far off, with a feature that varies only there. */
function drawn(rows: number, seed: number): Samples {
  const source = random(seed, 'weighted')
  const weights = Float32Array.from({ length: rows }, () => Math.floor(4 * source()))
  weights.set([1, 2])
  const numbers = Array.from(weights, (weight) => {
    const x = source() * 10
    const far = weight === 0 ? 1e6 : 0
    return [x + far, source() < 0.2 ? Number.NaN : source() + far, x + source() + far, 7 + far]
  })
  return { features: ['a', 'b', 'c', 'same'], rows, data: Float64Array.from(numbers.flat()), weights }
}

describe('a row of weight w counts as w repetitions of it', () => {
  const value = fc.double({ min: 0, max: 1e6, noNaN: true })
  const table = fc.array(fc.tuple(fc.oneof(value, fc.constant(Number.NaN)), fc.integer({ min: 0, max: 4 })), {
    minLength: 2,
    maxLength: 30,
  })

  it.each(PREPROCESSINGS)('in centre and scale: %s', (method) => {
    fc.assert(
      fc.property(table, (rows) => {
        fc.pre(rows.some(([x, weight]) => weight > 0 && !Number.isNaN(x)))
        const options = { cofactor: 5, factor: 1 }
        const weights = Float32Array.from(rows, ([, weight]) => weight)
        const weighted = fitPreprocessing(
          Float64Array.from(rows, ([x]) => x),
          method,
          { ...options, weights },
        )
        const all = Float64Array.from(rows.flatMap(([x, weight]) => Array<number>(weight).fill(x)))
        const plain = fitPreprocessing(all, method, options)
        const near = 1e-9 * (Math.abs(plain.centre) + plain.scale + 1e-300)
        expect(Math.abs(weighted.centre - plain.centre)).toBeLessThanOrEqual(near)
        expect(Math.abs(weighted.scale - plain.scale)).toBeLessThanOrEqual(near)
      }),
    )
  })

  it.each(PREPROCESSINGS)('in the plan of a map, its size and its start: %s', (preprocessing) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (seed) => {
        const samples = drawn(40, seed)
        const weighted = planOf({ samples, preprocessing })
        const plain = planOf({ samples: repeated(samples), preprocessing })
        expect(weighted.features.map(({ name }) => name)).toEqual(plain.features.map(({ name }) => name))
        expect(weighted.leftOut).toEqual(plain.leftOut)
        expect(weighted.task.lattice).toEqual(plain.task.lattice)
        weighted.codebook.data.forEach((w, i) => {
          expect(w).toBeCloseTo(plain.codebook.data[i], 3)
        })
      }),
      { numRuns: 30 },
    )
  })

  it('in the map, and in when it stops', async () => {
    const samples = drawn(60, 3)
    const options = { epochs: 30, stop: { patience: 2, tolerance: 0.01 }, lattice: { rows: 4, columns: 5 } }
    const weighted = await somOf({ ...options, samples })
    const plain = await somOf({ ...options, samples: repeated(samples) })
    expect(weighted.training.history.length).toBe(plain.training.history.length)
    weighted.codebook.data.forEach((w, i) => {
      expect(w).toBeCloseTo(plain.codebook.data[i], 4)
    })
  })

  it('in sparse rows too', async () => {
    const sparse = drawSparse(40, 6, 3)
    if (!isSparse(sparse)) return
    const weights = Float32Array.from({ length: 40 }, (_, i) => i % 3)
    const chosen = Uint32Array.from([...weights.keys()].flatMap((i) => Array<number>(weights[i]).fill(i)))
    const initial = chooseRows(
      toDense(sparse),
      Uint32Array.from({ length: 6 }, (_, i) => i),
    )
    const options = { lattice: { rows: 2, columns: 3 }, initial, epochs: 10, stop: { tolerance: 1e-3 } }
    const weighted = await somOf({ ...options, samples: { ...sparse, weights } })
    const plain = await somOf({ ...options, samples: chooseRows(sparse, chosen) })
    expect(weighted.training.history.length).toBe(plain.training.history.length)
    weighted.codebook.data.forEach((w, i) => {
      expect(w).toBeCloseTo(plain.codebook.data[i], 5)
    })
    const [size, repeatedSize] = [{ ...sparse, weights }, chooseRows(sparse, chosen)].map(
      (samples) => planOf({ samples }).task.lattice,
    )
    expect(size).toEqual(repeatedSize)
  })
})

describe('a row of weight 0 is a row left out', () => {
  const [w0, w0d] = ['w0', 'w0d'].map((name): Samples => {
    const text = readFileSync(new URL(`../../fixtures/${name}.csv`, import.meta.url), 'utf8')
    const rows = text.trim().split('\n').slice(1).map((line) => line.split(',').map(Number)) // biome-ignore format: a table
    return {
      features: ['a', 'b'],
      rows: rows.length,
      data: Float64Array.from(rows.flatMap((row) => row.slice(0, 2))),
      weights: Float32Array.from(rows, ([, , weight]) => weight),
    }
  })

  it.each([
    {},
    { rule: 'online' },
    { rule: 'mini-batch', batchSize: 16 },
    { initial: 'sampled' },
    { initial: 'k-means++', preprocessing: 'robust' },
    { initial: 'random', preprocessing: 'min-max' },
    { preprocessing: 'arcsinh' },
    { preprocessing: 'none' },
  ] satisfies Omit<TrainOptions, 'samples'>[])('to the bit: %o', async (options) => {
    expect(w0.rows).toBe(w0d.rows + 1)
    expect(await somOf({ ...options, samples: w0 })).toEqual(await somOf({ ...options, samples: w0d }))
  })

  it('also where its value is none that the method takes', () => {
    const samples = { ...w0, data: w0.data.map((x, at) => (at >= 200 ? -1e6 : Math.abs(x))) }
    expect(plan({ samples, preprocessing: 'log' }).isOk).toBe(true)
  })

  it('in a run that is resumed', async () => {
    const stopped = await train({ samples: w0 }, { signal: AbortSignal.abort() })
    const som = await somOf({ samples: w0, resume: stopped.unwrapOrElse(fail) })
    expect(som.codebook).toEqual((await somOf({ samples: w0 })).codebook)
  })
})

it('weights of 1 give the bits of no weights', () => {
  const { weights: _, ...samples } = drawn(50, 9)
  const weights = new Float32Array(50).fill(1)
  for (const preprocessing of PREPROCESSINGS) {
    const [plain, weighted] = [samples, { ...samples, weights }].map((given) =>
      planOf({ samples: given, preprocessing }),
    )
    expect(weighted.features).toEqual(plain.features)
    expect(weighted.codebook).toEqual(plain.codebook)
  }
})

it('equal weights of any size give the quantiles, and about the map size, of no weights', () => {
  const values = Float64Array.of(4, 1, 9, 2, 2)
  const plain = weightedQuantiles(values, new Float64Array(5).fill(1), [0.25, 0.5, 0.75])
  expect(plain).toEqual([2, 2, 4])
  expect(weightedQuantiles(values, new Float64Array(5).fill(0.125), [0.25, 0.5, 0.75])).toEqual(plain)
  const { weights: _, ...samples } = drawn(50, 9)
  const shares = new Float32Array(50).fill(1 / 64)
  expect(planOf({ samples: { ...samples, weights: shares } }).task.lattice).toEqual(planOf({ samples }).task.lattice)
})
