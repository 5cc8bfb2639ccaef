import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowWeights } from './row-weights.ts'

const weightsOf = (squared: readonly number[], perplexity: number): Float64Array => {
  const into = new Float64Array(squared.length)
  rowWeights(perplexity)(Float64Array.from(squared), squared.length, into)
  return into
}
const perplexityOf = (weights: Float64Array): number =>
  Math.exp(-weights.reduce((sum, p) => (p > 0 ? sum + p * Math.log(p) : sum), 0))

test('weights fall with the distance and have the perplexity requested', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1e-3, max: 1e4, noNaN: true }), { minLength: 13, maxLength: 15 }),
      (steps) => {
        let far = 0
        const squared = steps.map((step) => (far += step))
        const weights = weightsOf(squared, 5)
        expect(weights.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
        expect(weights.every((p, j) => j === 0 || p <= weights[j - 1])).toBe(true)
        expect(perplexityOf(weights)).toBeCloseTo(5, 1)
      },
    ),
  )
})

test('equally near landmarks have equal weights', () => {
  expect(Array.from(weightsOf([4, 4, 4, 4, 4, 4, 4, 4], 5))).toEqual(new Array(8).fill(1 / 8))
  expect(Array.from(weightsOf([7], 5))).toEqual([1])
  expect(Array.from(weightsOf([0, 0], 5))).toEqual([0.5, 0.5])
})

test('more equally near landmarks than are to count share the weight', () => {
  const weights = weightsOf([1, 1, 1, 1, 1, 1, 1, 9, 9, 9], 5)
  expect(weights[0]).toBeCloseTo(1 / 7, 3)
  expect(weights[9]).toBeLessThan(1e-3)
})

test('of a few landmarks, fewer count', () => {
  expect(perplexityOf(weightsOf([1, 2], 5))).toBeCloseTo(4 / 3, 2)
  expect(perplexityOf(weightsOf([1, 2, 5, 6], 5))).toBeCloseTo(2, 2)
})
