import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  createKohonenParams,
  findBestMatchingUnit,
  initialiseRandomTensor,
  kohonenSchedule,
  trainKohonenNetwork,
} from './kohonen.ts'
import { random } from './random.ts'

const colours = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [1, 1, 0],
]

it('good parameters are a Success', () => {
  const params = createKohonenParams(colours, 5, 4, 10, 0.1)
  expect(params.isOk && params.value).toMatchObject({
    width: 5,
    height: 4,
    numIterations: 10,
    initialLearningRate: 0.1,
  })
})

it('every issue is reported at once', () => {
  const params = createKohonenParams([], 1, 2.5, 0, Number.POSITIVE_INFINITY)
  expect(params.isErr && params.error).toBeInstanceOf(RangeError)
  expect(params.isErr && params.error.message.split('\n')).toEqual([
    'samples: expected at least 1 row, found 0',
    'width: expected an integer of at least 2, found 1',
    'height: expected an integer of at least 2, found 2.5',
    'numIterations: expected an integer of at least 1, found 0',
    'initialLearningRate: expected a finite number above 0, found Infinity',
  ])
})

it('one wrong parameter is always a Failure', () => {
  const wrong = fc.oneof(
    fc.tuple(fc.constantFrom([], [[]], [1, 2], [[1], [1, 2]], [['a']], null), fc.constant(0)),
    fc.tuple(fc.oneof(fc.integer({ max: 1 }), fc.constantFrom(2.5, Number.NaN, '3')), fc.constantFrom(1, 2)),
    fc.tuple(fc.oneof(fc.integer({ max: 0 }), fc.double({ min: 0.1, max: 0.9 })), fc.constant(3)),
    fc.tuple(fc.oneof(fc.double({ max: 0, noNaN: true }), fc.constantFrom(Number.NaN, 1 / 0, -1 / 0)), fc.constant(4)),
  )
  fc.assert(
    fc.property(wrong, ([value, at]) => {
      const args: unknown[] = [colours, 4, 4, 5, 0.1]
      args[at] = value
      expect(createKohonenParams(args[0], args[1], args[2], args[3], args[4]).isErr).toBe(true)
    }),
  )
})

it('whatever it is given, a Result', () => {
  const hostile = new Proxy([], {
    get() {
      throw new Error('hands off')
    },
  })
  const anything = fc.oneof(fc.anything({ withTypedArray: true, withSparseArray: true }), fc.constant(hostile))
  fc.assert(
    fc.property(anything, anything, anything, anything, anything, (a, b, c, d, e) => {
      const params = createKohonenParams(a, b, c, d, e)
      expect(params.isOk || params.isErr).toBe(true)
    }),
    { numRuns: 500 },
  )
})

it('a tensor has any number of dimensions and takes its numbers from the source', () => {
  let n = 0
  const tensor = initialiseRandomTensor([2, 3, 1, 2], () => n++)
  expect(tensor.shape).toEqual([2, 3, 1, 2])
  expect([...tensor.data]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  expect(() => initialiseRandomTensor([2, 0])).toThrow('shape[1]: expected an integer of at least 1, found 0')
})

it('the best-matching unit is a node with row i and column j, the lower one in a tie', () => {
  const weights = { shape: [2, 3, 1], data: Float32Array.of(0, 1, 2, 3, 4, 4) }
  expect(findBestMatchingUnit(weights, [3.9])).toEqual({ i: 1, j: 1 })
  expect(findBestMatchingUnit(weights, [0.5])).toEqual({ i: 0, j: 0 })
})

it('radius and learning rate fall by the same exponential, from half the larger side', () => {
  const params = { width: 10, height: 6, numIterations: 100, initialLearningRate: 0.2 }
  const timeConstant = 100 / Math.log(5)
  for (const t of [0, 1, 50, 99]) {
    const { neighbourhoodRadius, learningRate } = kohonenSchedule(params, t)
    expect(neighbourhoodRadius).toBeCloseTo(5 * Math.exp(-t / timeConstant), 12)
    expect(learningRate).toBeCloseTo(0.2 * Math.exp(-t / timeConstant), 12)
  }
})

it('a trained network is what the written-out rule gives', async () => {
  const params = createKohonenParams(colours, 5, 4, 8, 0.3)
  if (params.isErr) throw params.error
  const weights = initialiseRandomTensor([4, 5, 3], random(5, 'weights'))
  const trained = await trainKohonenNetwork(params.value, { weights })

  const expected = Float64Array.from(weights.data)
  for (let t = 0; t < 8; t++) {
    const { neighbourhoodRadius: r, learningRate } = kohonenSchedule(params.value, t)
    for (const x of colours) {
      const { i, j } = findBestMatchingUnit({ shape: [4, 5, 3], data: Float32Array.from(expected) }, x)
      for (let unit = 0; unit < 20; unit++) {
        const d2 = (Math.floor(unit / 5) - i) ** 2 + ((unit % 5) - j) ** 2
        const influence = Math.exp(-d2 / (2 * r * r))
        for (let f = 0; f < 3; f++) expected[3 * unit + f] += learningRate * influence * (x[f] - expected[3 * unit + f])
      }
    }
  }
  // 32 steps in f32 beside the same in f64.
  trained.data.forEach((w, i) => {
    expect(Math.abs(w - expected[i])).toBeLessThan(1e-5)
  })
})

it('the initial weights are not written, and each iteration is reported', async () => {
  const params = createKohonenParams(colours, 3, 3, 4, 0.3)
  if (params.isErr) throw params.error
  const weights = initialiseRandomTensor([3, 3, 3])
  const before = weights.data.slice()
  const told: number[] = []
  await trainKohonenNetwork(params.value, { weights, onIteration: (it) => told.push(it.neighbourhoodRadius) })
  expect(weights.data).toEqual(before)
  expect(told).toHaveLength(4)
  expect(told[0]).toBe(1.5)
})
