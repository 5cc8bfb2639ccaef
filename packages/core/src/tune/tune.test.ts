import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Backend } from '../backend/backend.ts'
import { js } from '../backend/js/js.ts'
import { orThrow } from '../or-throw.ts'
import { random } from '../random.ts'
import { matrix } from '../rows/matrix.ts'
import { type Samples, samplesOf } from '../rows/samples.ts'
import { bestTrial, meanOf, rankTrials } from './best-trial.ts'
import { candidates } from './candidates.ts'
import { foldsOf } from './held-out.ts'
import { canRank, labelError } from './label-error.ts'
import { predictionError } from './prediction-error.ts'
import type { Trial } from './trial.ts'
import { type TuneOptions, tune } from './tune.ts'

const samples = samplesOf(
  Array.from({ length: 120 }, (_, i) => [Math.sin(i), Math.cos(1.3 * i)]),
  ['a', 'b'],
)
const quick = { samples, lattice: { rows: 2, columns: 3 }, trials: 2, seed: 3 } as const
const found = async (options: TuneOptions, runtime = {}) => orThrow(await tune(options, runtime))

it('the default is tried first, then combinations in an order that the seed decides', () => {
  const usual = { rows: 6, columns: 9, epochs: 20, start: 2.25, end: 0.8 }
  const [first, ...others] = candidates(usual, false, 1)
  expect(first).toEqual(usual)
  expect(others).toHaveLength(90)
  expect(candidates(usual, false, 1)).toEqual([first, ...others])
  expect(candidates(usual, false, 2)).not.toEqual([first, ...others])
  expect(candidates(usual, true, 1).every(({ rows, columns }) => rows === 6 && columns === 9)).toBe(true)
})

it('the best is the smallest map within one standard error of the least combined error on rows held out', async () => {
  const shown: Trial[] = []
  const tuning = await found({ samples, trials: 5, seed: 3 }, { onTrial: (trial: Trial) => shown.push(trial) })
  const { trials, best, trainedRows, heldOutRows, repeats, rankedBy } = tuning
  expect([trainedRows, heldOutRows, repeats, rankedBy]).toEqual([90, 30, 4, 'combinedError'])
  expect(shown).toEqual(trials)
  const [least] = rankTrials(trials)
  expect(best.error).toBeLessThanOrEqual(least.error + least.standardError)
  for (const { error, rows, columns } of trials) {
    if (error <= least.error + least.standardError) expect(best.rows * best.columns).toBeLessThanOrEqual(rows * columns)
  }
  expect(trials.every(({ standardError }) => standardError > 0)).toBe(true)
})

describe('with targets', () => {
  const rows = 160
  const draw = random(5, 'tune')
  const x = Array.from({ length: rows }, () => [draw() * 4, draw() * 4])
  const given = samplesOf(x, ['a', 'b'])
  const y = x.map(([a, b]) => a + b)
  const side = y.map((value, i) => (i === 0 ? '' : value > 4 ? 'over' : 'under'))

  it('trials are ranked by how well maps predict held-out rows, whatever labels say', async () => {
    const labels = side.map((_, i) => (i % 2 === 0 ? 'even' : 'odd'))
    const { trials, rankedBy } = await found({
      ...quick,
      lattice: {},
      samples: { ...given, labels },
      targets: { y, side },
    })
    expect(rankedBy).toBe('predictionError')
    for (const { error, predictionError, labelError } of trials) {
      expect([error, labelError]).toEqual([predictionError, null])
      // Both targets follow from the features: noise would leave 1 - R² near 1, and half of the classes wrong.
      expect(error).toBeLessThan(0.2)
    }
  })

  it('a target that cannot be fitted is an issue before a map is trained', async () => {
    const wrong = await tune({ ...quick, samples: given, targets: { y: y.map(() => 'one'), z: [1] } })
    expect(wrong.isErr && wrong.error.map(({ path }) => path)).toEqual(['targets.y', 'targets.z'])
  })
})

describe('the error of predictions', () => {
  const classes = (place: number[]) =>
    ({
      name: 'c',
      kind: 'class',
      classes: ['a', 'b'],
      place: Int32Array.from(place),
      probabilities: new Float64Array(0),
    }) as const
  const numbers = (value: number[]) => {
    const data = Float64Array.from(value)
    return { name: 'n', kind: 'number', value: data, low: data, high: data, coverage: 0.9 } as const
  }

  it('is the share of wrong classes, a class that training lacks among them, and what R² leaves of numbers', () => {
    expect(predictionError([classes([0, 1, 1, 0, -1])], { c: ['a', 'a', 'other', null, 'a'] })).toBeCloseTo(2 / 3)
    expect(predictionError([numbers([1, 2, 3, 9])], { n: [0, 2, 4, null] })).toBeCloseTo(2 / 8)
    expect(predictionError([classes([0, 1]), numbers([0, 1])], { c: ['a', 'a'], n: [0, 2] })).toBeCloseTo(
      (1 / 2 + 1 / 2) / 2,
    )
  })

  it('weighs rows, and leaves out a target that is the same in all of them', () => {
    const weights = Float32Array.of(3, 1)
    expect(predictionError([classes([0, 1])], { c: ['a', 'a'] }, weights)).toBe(1 / 4)
    expect(predictionError([classes([0, 0]), numbers([5, 6])], { c: ['a', 'a'], n: [5, 5] })).toBe(0)
    expect(predictionError([numbers([5, 6])], { n: [5, 5] })).toBeNaN()
  })
})

it('the same seed gives the same answer', async () => {
  const timeless = { now: () => 0 }
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 2, max: 4 }), async (seed, repeats) => {
      const options = { ...quick, seed, repeats, samples: labelled() }
      expect(await found(options, timeless)).toEqual(await found(options, timeless))
    }),
    { numRuns: 5 },
  )
})

describe('the budget', () => {
  /** Each session takes so many seconds of a clock of its own. */
  const slow = (seconds: number): { backend: Backend; now: () => number } => {
    let time = 5000
    const backend = js()
    return {
      backend: {
        ...backend,
        open: (...given) => {
          time += 1000 * seconds
          return backend.open(...given)
        },
      },
      now: () => time,
    }
  }

  it('is in seconds: no trial is begun that would end after it, if it took as long as the longest', async () => {
    const [{ seconds }] = (await found({ ...quick, trials: 1 }, slow(2))).trials
    expect(seconds).toBe(16)
    const tried = async (budget: number) => (await found({ ...quick, trials: 9, budget }, slow(2))).trials.length
    expect(await tried(3 * seconds)).toBe(3)
    expect(await tried(3 * seconds - 1)).toBe(2)
    expect(await tried(0.001)).toBe(1)
  })

  it('is a minute where none is given, and none where trials are counted', async () => {
    const { trials: _, ...uncounted } = quick
    expect((await found(uncounted, slow(2))).trials).toHaveLength(3)
    expect((await found({ ...quick, trials: 5 }, slow(2))).trials).toHaveLength(5)
  })
})

describe('rows held out', () => {
  it('are each held out once before any is again, and never trained on at the same time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 60 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.integer({ min: 2, max: 9 }),
        (rows, share, repeats) => {
          const folds = foldsOf(rows, share, repeats, 1)
          expect(folds).toHaveLength(repeats)
          for (const { trained, heldOut } of folds) {
            expect(trained.length).toBeGreaterThanOrEqual(2)
            expect(heldOut.length).toBeGreaterThanOrEqual(1)
            expect([...trained, ...heldOut].toSorted((a, b) => a - b)).toEqual(
              Array.from({ length: rows }, (_, i) => i),
            )
          }
          const inRound = Math.min(repeats, Math.floor(rows / folds[0].heldOut.length))
          const all = folds.slice(0, inRound).flatMap(({ heldOut }) => [...heldOut])
          expect(new Set(all).size).toBe(all.length)
        },
      ),
    )
  })
})

describe('choosing', () => {
  const trial = (rows: number, error: number, standardError: number): Trial => ({
    ...{
      rows,
      columns: 1,
      epochs: 10,
      start: 1,
      end: 0.5,
      error,
      standardError,
      labelError: null,
      predictionError: null,
    },
    ...{ combinedError: error, quantizationError: 0, topographicError: 0, seconds: 0 },
  })

  it('takes the smaller map within one standard error of the least, and no other', () => {
    const [large, small, smaller] = [trial(9, 1, 0.2), trial(5, 1.2, 9), trial(2, 1.21, 9)]
    expect(bestTrial([small, large, smaller])).toBe(small)
    expect(bestTrial([large, smaller])).toBe(large)
    expect(bestTrial([trial(5, 1.1, 0), small, large])).toEqual(trial(5, 1.1, 0))
    expect(bestTrial([trial(1, Number.NaN, Number.NaN), large])).toBe(large)
    expect(rankTrials([smaller, trial(1, Number.NaN, 0), large, small]).map(({ rows }) => rows)).toEqual([9, 5, 2, 1])
  })

  it('measures spread by the standard error of the mean', () => {
    // Of 1, 2, 3 and 6: variance 14 / 3, over 4.
    expect(meanOf([1, 2, 3, 6])).toEqual({ mean: 3, standardError: Math.sqrt(14 / 3 / 4) })
  })
})

/** Two heaps that their labels tell apart, and noise that they do not. */
function labelled(): Samples {
  const draw = random(1, 'labelled')
  const rows = 60
  return {
    ...{ features: ['x', 'y'], rows, labels: Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? 'even' : 'odd')) },
    data: Float64Array.from({ length: 2 * rows }, (_, at) => draw() + (at % 4 === 0 ? 3 : 0)),
  }
}

describe('labels', () => {
  it('rank trials where they are given: by the share of rows held out that are not of the label of their unit', async () => {
    const { rankedBy, trials } = await found({ ...quick, samples: labelled() })
    expect(rankedBy).toBe('labelError')
    expect(trials.map(({ labelError }) => labelError)).toEqual([0, 0])
    expect(trials.every(({ error, combinedError }) => error === 0 && combinedError > 0)).toBe(true)
  })

  it.each([
    ['one class', Array(60).fill('all')],
    ['one name per row', Array.from({ length: 60 }, (_, i) => `row ${i}`)],
    ['none known', Array(60).fill('')],
  ])('of %s do not rank', async (_, labels) => {
    const tuning = await found({ ...quick, samples: { ...labelled(), labels } })
    expect([tuning.rankedBy, tuning.trials[0].labelError]).toEqual(['combinedError', null])
    expect(canRank(labels)).toBe(false)
  })

  it('of a unit are the commonest of its training rows by weight, and of an empty one those of the nearest', () => {
    const codebook = matrix(4, 1, Float32Array.of(0, 1, 5, 9))
    const trained = { unit: Int32Array.of(0, 0, 0, 3, 3, -1), labels: ['a', 'b', 'b', 'c', '', 'd'] }
    const of = (unit: number, label: string, weights?: Float32Array): number =>
      labelError(codebook, { ...trained, weights }, { unit: Int32Array.of(unit), labels: [label] })
    expect(of(0, 'b')).toBe(0)
    expect(of(0, 'a', Float32Array.of(3, 1, 1, 1, 1, 1))).toBe(0)
    expect([of(1, 'b'), of(2, 'c'), of(3, 'c'), of(3, 'd')]).toEqual([0, 0, 0, 1])
    expect([of(-1, 'b'), of(0, '')]).toEqual([Number.NaN, Number.NaN])
    const weighed = { unit: Int32Array.of(0, 3), labels: ['a', 'c'], weights: Float32Array.of(1, 3) }
    expect(labelError(codebook, trained, weighed)).toBe(0.25)
  })
})

it('what cannot be is reported at once', async () => {
  const refused = async (options: unknown) => {
    const tuning = await tune(options as TuneOptions)
    return tuning.isErr ? tuning.error.map(({ path }) => path) : []
  }
  const one = samplesOf([[1, 2]])
  expect(await refused({ samples: one, budget: -1, heldOut: 1 })).toEqual(['budget', 'heldOut', 'samples'])
  expect(await refused({ samples, trials: 0, repeats: 1 })).toEqual(['trials', 'repeats'])
  expect(await refused({ samples, epochs: 3, heldOut: '0.2', sede: 1 })).toEqual(['sede', 'heldOut', 'epochs'])
  for (const heldOut of [0, -0.2, 1.5]) expect(await refused({ samples, heldOut })).toEqual(['heldOut'])
  expect(await refused({ samples, sede: 1, lattice: { shpae: 'toroid' } })).toEqual(['sede', 'lattice.shpae'])
  for (const given of [undefined, null, 5, { samples: undefined }, { samples: [] }])
    expect(await refused(given)).toHaveLength(1)
})
