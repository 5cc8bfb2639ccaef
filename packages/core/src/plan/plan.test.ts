import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeIssues } from '../issue.ts'
import { componentPlane } from '../read/component-plane.ts'
import { matrix, toSparse } from '../rows/matrix.ts'
import { samplesOf } from '../rows/samples.ts'
import { drawMatrix } from '../testing/draw.ts'
import { train } from '../train/train.ts'
import { checkTrainOptions } from './check-train-options.ts'
import type { TrainOptions } from './options.ts'
import { plan } from './plan.ts'

const samples = samplesOf(drawMatrix(30, 3, 1), ['height', 'width', 'depth'])

/** The messages of a plan that must fail. Wrong types on purpose: callers of plain JavaScript exist. */
function issuesOf(options: unknown): string[] {
  const made = plan(options as TrainOptions)
  return made.isErr ? made.error.map(({ path, message }) => `${path}: ${message}`) : []
}

it('with samples alone everything is decided', () => {
  const made = plan({ samples })
  if (made.isErr) throw new Error(made.error[0].message)
  const { task, rule, phases, seed, codebook } = made.value
  expect(task).toMatchObject({
    metric: 'euclidean',
    kernel: 'gaussian',
    lattice: { cell: 'rectangular', shape: 'sheet' },
  })
  expect([rule, seed, phases[0].epochs]).toEqual(['batch', 0, 20])
  expect(codebook.rows).toBe(task.lattice.rows * task.lattice.columns)
})

it('the bare default radius is a quarter of the longer side, and never rises', () => {
  const radius = (rows: number, columns: number): unknown => {
    const made = plan({ samples, lattice: { rows, columns } })
    return made.isOk && made.value.phases[0].radius
  }
  expect(radius(10, 20)).toEqual({ start: 5, end: 0.7, decay: 'exponential' })
  expect(radius(1, 2)).toEqual({ start: 1, end: 0.7, decay: 'exponential' })
})

it('the default radius ends at 0.8, and at 0.7 for fewer than 200 rows', () => {
  const end = (rows: number): unknown => {
    const made = plan({ samples: Array.from({ length: rows }, (_, i) => [Math.sin(i), Math.cos(i)]) })
    return made.isOk && made.value.phases[0].radius.end
  }
  expect(end(199)).toBe(0.7)
  expect(end(200)).toBe(0.8)
})

describe('a name within an option is checked as the option is', () => {
  for (const [options, expected] of [
    [{ lattice: { shpae: 'toroid' } }, 'lattice.shpae: no such option; did you mean shape?'],
    [{ lattice: { planes: 3 } }, 'lattice.planes: no such option; there are cell, shape, rows, columns, units'],
    [{ radius: { decya: 'linear' } }, 'radius.decya: no such option; did you mean decay?'],
    [{ learningRate: { strat: 1 } }, 'learningRate.strat: no such option; did you mean start?'],
    [{ stop: { patince: 1 } }, 'stop.patince: no such option; did you mean patience?'],
    [{ phases: [{}, { epcohs: 2 }] }, 'phases[1].epcohs: no such option; did you mean epochs?'],
    [{ phases: [{ radius: { ned: 2 } }] }, 'phases[0].radius.ned: no such option; did you mean end?'],
    [{ stop: 3 }, 'stop: expected { patience, tolerance }, found 3'],
    [{ lattice: [2, 3] }, 'lattice: expected { cell, shape, rows, columns, units }, found an array of 2'],
    [JSON.parse('{"__proto__": 1}'), '__proto__: no such option'],
    [JSON.parse('{"lattice": {"constructor": 1}}'), 'lattice.constructor: no such option'],
    [
      { lattice: { cell: 'hex' } },
      'lattice.cell: expected one of rectangular, hexagonal, found "hex"; did you mean hexagonal?',
    ],
    [{ lattice: { units: 9, rows: 3, columns: 3 } }, 'lattice.units: expected either `units` or `rows` and `columns`'],
  ] as [object, string][]) {
    it(expected, () => {
      const made = plan({ samples, ...options })
      expect(made.isErr && describeIssues(made.error)).toContain(expected)
      // The same without samples, as a program that checks settings early asks.
      expect(describeIssues(checkTrainOptions(options))).toContain(expected)
    })
  }
})

it("a metric of the user's own that throws or gives no distance is an issue that says how to continue", () => {
  const messages = (distance: (x: Float32Array, y: Float32Array) => unknown): string => {
    const metric = { name: 'mine', distance: distance as (x: ArrayLike<number>, y: ArrayLike<number>) => number }
    const made = plan({ samples, metric })
    return made.isErr ? describeIssues(made.error) : ''
  }
  expect(messages(() => Number.NaN)).toMatch(
    /^metric: "mine": expected a distance of at least 0, found NaN; give a function/,
  )
  expect(messages(() => -1)).toContain('found -1')
  expect(messages(() => undefined)).toContain('found undefined')
  expect(
    messages(() => {
      throw new Error('no such thing')
    }),
  ).toMatch(/^metric: "mine" threw: no such thing; give a function of two rows of 3 numbers/)
  expect(messages((x, y) => Math.abs(x[0] - y[0]))).toBe('')
})

describe('a feature of weight 0', () => {
  const rows = Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(3 * i), 1000 * Math.sin(7 * i)])
  const features = ['a', 'b', 'c']

  it('takes no part in distances: the map is that of the other features', async () => {
    const lattice = { rows: 4, columns: 5 }
    const zero = await train({ samples: samplesOf(rows, features), lattice, featureWeights: { c: 0 } })
    const without = await train({
      samples: samplesOf(
        rows.map(([a, b]) => [a, b]),
        ['a', 'b'],
      ),
      lattice,
    })
    if (zero.isErr || without.isErr) throw new Error('not trained')
    expect(zero.value.seen?.hits).toEqual(without.value.seen?.hits)
    expect(componentPlane(zero.value, 'a')).toEqual(componentPlane(without.value, 'a'))
  })

  it('is carried in its own units', async () => {
    const zero = await train({
      samples: samplesOf(rows, features),
      lattice: { rows: 4, columns: 5 },
      featureWeights: { c: 0 },
    })
    if (zero.isErr) throw new Error('not trained')
    const plane = componentPlane(zero.value, 'c')
    expect(Math.max(...plane)).toBeGreaterThan(300)
    expect(Math.max(...plane)).toBeLessThanOrEqual(1000.001)
  })

  it('is refused where no other feature has a weight', () => {
    const made = plan({ samples: samplesOf(rows, features), featureWeights: { a: 0, b: 0, c: 0 } })
    expect(made.isErr && describeIssues(made.error)).toContain('expected a weight above 0 for some feature')
  })
})

it('of many issues the first twenty are shown, and the number of the others', () => {
  const many = Array.from({ length: 24 }, (_, i) => ({ path: `x${i}`, message: 'wrong' }))
  expect(describeIssues(many).split('\n').slice(-2)).toEqual(['x19: wrong', 'and 4 more'])
})

describe('a wrong option is named with what was found and what would do', () => {
  for (const [options, expected] of [
    [{ samples, epocs: 3 }, 'epocs: no such option; did you mean epochs?'],
    [{ samples, epochs: 2.5 }, 'epochs: expected an integer from 1 to 1000000000, found 2.5'],
    [{ samples, rule: 'bach' }, 'rule: expected one of batch, online, mini-batch, found "bach"'],
    [
      { samples, metric: 'euclid' },
      'metric: expected one of euclidean, manhattan, chebyshev, cosine, correlation, hamming, jaccard, tanimoto, found "euclid"',
    ],
    [{ samples, kernel: 'mexican-hat' }, 'kernel: "mexican-hat" works with the online rule only'],
    [{ samples, radius: { start: -1 } }, 'radius.start: expected a finite number above 0, found -1'],
    [{ samples, radius: 3 }, 'radius: expected { start, end, decay }, found 3'],
    [{ samples, learningRate: { start: 2 } }, 'learningRate.start: expected at most 1, found 2'],
    [{ samples, radius: { decay: () => Number.NaN } }, 'radius.decay: expected finite values above 0, found NaN'],
    [
      { samples, radius: { decay: (p: number) => (p === 1 ? -1 : 1) } },
      'radius.decay: expected finite values above 0, found',
    ],
    [{ samples, lattice: { rows: 5 } }, 'lattice: expected both rows and columns, or neither, found one'],
    [{ samples, lattice: { rows: 0, columns: 1e9 } }, 'lattice.rows: expected an integer from 1'],
    [{ samples, lattice: { rows: 1e5, columns: 1e5 } }, 'lattice: expected at most 134217728 units'],
    [
      { samples, lattice: { cell: 'hexagonal', shape: 'toroid', rows: 5, columns: 5 } },
      'lattice.rows: a hexagonal toroid needs an even number of rows so that its seam fits, found 5; 6 would do',
    ],
    [{ samples, seed: 0.5 }, 'seed: expected an integer of at least 0, found 0.5'],
    [{ samples, featureWeights: { widht: 2 } }, 'featureWeights.widht: no such feature; did you mean width?'],
    [
      { samples, featureWeights: { width: -1 } },
      'featureWeights.width: expected a finite number of at least 0, found -1',
    ],
    [{ samples, preprocessing: { width: 'zscore' } }, 'preprocessing.width: expected one of z-score'],
    [{ samples, phases: [] }, 'phases: expected at least 1 phase'],
    [{ samples, phases: [{}], epochs: 3 }, 'epochs: belong to each of `phases`'],
    [{ samples, initial: matrix(3, 3) }, 'initial: expected a codebook of'],
    [{ samples: [] }, 'samples: expected at least 1 row, found 0'],
    [{ samples: [[1, 2]] }, 'samples: expected at least 2 rows to train on, found 1'],
    [{ samples: [[1, 2], [3]] }, 'samples[1]: expected 2 numbers as in the first row, found 1'],
    [{ samples: [[1], ['x']] }, 'samples[1][0]: expected a number, or null for missing, found "x"'],
    [
      { samples: [[1], [1 / 0]] },
      'samples.feature 1: row 2: expected a finite number or a missing value, found Infinity',
    ],
    [
      { samples: [[1], [1]] },
      'samples: expected a feature that varies, found none: feature 1 is the same in every row',
    ],
    [{ samples: [[null], [null]] }, 'expected a feature that varies, found none: feature 1 is missing in every row'],
    [{ samples: { ...samples, weights: Float32Array.of(1) } }, 'samples.weights: expected a Float32Array of 30'],
    [
      { samples: { ...samples, features: ['a', 'a', 'b'] } },
      'samples.features: expected different names, found "a" twice',
    ],
    [{ samples: [[1e300], [-1e300]], preprocessing: 'none' }, 'row 1: 1e+300 is beyond what none can bring'],
    [{ samples: [[-5], [1]], preprocessing: 'log' }, 'feature 1: log: row 1: expected a value above -1'],
    [undefined, ': expected options { samples, … }, found undefined'],
    [{}, 'samples: expected a table, a matrix or an array of rows, found undefined'],
  ] as const) {
    it(expected, () => {
      const found = issuesOf(options)
      expect(found.some((message) => message.includes(expected))).toBe(true)
    })
  }
})

it('every issue is reported at once', () => {
  const found = issuesOf({ samples: [[1, 2], [3]], epocs: 1, seed: -1, rule: 'x', kernel: 'y', radius: { start: 0 } })
  expect(found.map((message) => message.split(':')[0]).sort()).toEqual([
    'epocs',
    'kernel',
    'radius.start',
    'rule',
    'samples[1]',
    'seed',
  ])
})

it('of a lattice that is wrong on its own nothing more is reported', () => {
  expect(issuesOf({ samples, lattice: { rows: 0 } }).map((message) => message.split(':')[0])).toEqual(['lattice.rows'])
})

it('a constant and an all-missing feature are left out and said', () => {
  const made = plan({
    samples: samplesOf(
      [
        [1, 5, Number.NaN],
        [2, 5, Number.NaN],
      ],
      ['a', 'b', 'c'],
    ),
  })
  expect(made.isOk && made.value.features.map(({ name }) => name)).toEqual(['a'])
  expect(made.isOk && made.value.leftOut).toEqual([
    { name: 'b', reason: 'the same in every row' },
    { name: 'c', reason: 'missing in every row' },
  ])
})

it('f32 rows that need nothing done are taken without a copy', () => {
  const rows = drawMatrix(10, 2, 1)
  const made = plan({ samples: rows, preprocessing: 'none' })
  expect(made.isOk && 'data' in made.value.rows.matrix && made.value.rows.matrix.data.buffer).toBe(rows.data.buffer)
})

it('features may be called as what every object has', () => {
  const { data, rows } = samples
  const prepared = (features: string[]) => {
    const made = plan({ samples: { features, rows, data }, featureWeights: { [features[2]]: 2 } })
    if (made.isErr) throw new Error(JSON.stringify(made.error))
    return made.value.features.map(({ preprocessing }) => preprocessing)
  }
  expect(prepared(['constructor', 'toString', 'valueOf'])).toEqual(prepared(['height', 'width', 'depth']))
})

it('sparse rows ask for no preprocessing and a sampled codebook', () => {
  const sparse = toSparse(drawMatrix(20, 4, 1))
  expect(plan({ samples: sparse }).isOk).toBe(true)
  expect(issuesOf({ samples: sparse, initial: 'linear' })[0]).toContain('expected "sampled"')
  expect(issuesOf({ samples: sparse, preprocessing: 'z-score' })[0]).toContain('expected "none"')
  const broken = { ...sparse, indices: sparse.indices.map(() => 9) }
  expect(issuesOf({ samples: broken })[0]).toContain('expected ascending columns below 4, found 9')
})

it('whatever it is given, a Result: no input makes it throw', () => {
  const hostile = new Proxy({}, { get: () => { throw new Error('hands off') } }) // biome-ignore format: one line reads best
  const value = fc.oneof(
    fc.anything({ withTypedArray: true, withBigInt: true, withNullPrototype: true }),
    fc.constant(hostile),
  )
  const names = [
    'samples',
    'lattice',
    'metric',
    'kernel',
    'rule',
    'epochs',
    'radius',
    'learningRate',
    'phases',
  ] as const
  const more = [
    'batchSize',
    'order',
    'initial',
    'from',
    'preprocessing',
    'featureWeights',
    'seed',
    'stop',
    'resume',
  ] as const
  const options = fc.dictionary(fc.constantFrom(...names, ...more), value)
  fc.assert(
    fc.property(
      fc.oneof(
        value,
        options,
        options.map((rest) => ({ samples, ...rest })),
      ),
      (given) => {
        const made = plan(given as TrainOptions) // hostile on purpose
        expect(made.isOk || made.error.length > 0).toBe(true)
      },
    ),
    { numRuns: 2000 },
  )
})

it('valid input always trains to finite numbers', async () => {
  const cell = fc.oneof(
    { arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }), weight: 5 },
    { arbitrary: fc.constant(null), weight: 1 },
  )
  const tables = fc
    .integer({ min: 1, max: 4 })
    .chain((columns) =>
      fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 2, maxLength: 25 }),
    )
  await fc.assert(
    fc.asyncProperty(
      tables,
      fc.constantFrom('batch', 'online', 'mini-batch'),
      fc.constantFrom('gaussian', 'bubble', 'triangle'),
      fc.constantFrom('euclidean', 'manhattan', 'cosine', 'chebyshev'),
      fc.constantFrom('z-score', 'min-max', 'robust', 'arcsinh'),
      fc.constantFrom('linear', 'random', 'sampled', 'k-means++'),
      async (rows, rule, kernel, metric, preprocessing, initial) => {
        const trained = await train({
          samples: rows,
          rule,
          kernel,
          metric,
          preprocessing,
          initial,
          epochs: 3,
          lattice: { rows: 3, columns: 4 },
        })
        if (trained.isErr) {
          // The only excuse: nothing in the table varies.
          expect(trained.error[0].message).toContain('expected a feature that varies')
          return
        }
        const { codebook, seen } = trained.value
        expect(codebook.data.every(Number.isFinite)).toBe(true)
        expect(seen?.quantizationError).toBeGreaterThanOrEqual(0)
        expect(seen?.topographicError).toBeLessThanOrEqual(1)
      },
    ),
    { numRuns: 200 },
  )
})
