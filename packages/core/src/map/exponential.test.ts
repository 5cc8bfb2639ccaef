import fc from 'fast-check'
import { expect, it } from 'vitest'
import { expNegative, logarithm } from './exponential.ts'

it("differs from the engine's exp by no more than one unit in the last place", () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 0, noNaN: true }), (x) => {
      expect(Math.abs(expNegative(x) / Math.exp(x) - 1)).toBeLessThanOrEqual(2 ** -52)
    }),
    { numRuns: 2000 },
  )
})

it('is 1 at 0, falls, and is 0 where the result would be subnormal', () => {
  expect(expNegative(0)).toBe(1)
  expect(expNegative(-709)).toBe(0)
  expect(expNegative(-1)).toBe(Math.exp(-1))
  expect(expNegative(-2)).toBeLessThan(expNegative(-1.999999))
})

it("the logarithm differs from the engine's by no more than two units in the last place", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 690, noNaN: true }), (power) => {
      const x = Math.exp(power)
      expect(Math.abs(logarithm(x) - Math.log(x))).toBeLessThanOrEqual(2 ** -51 * Math.max(1, Math.log(x)))
    }),
    { numRuns: 2000 },
  )
  expect(logarithm(1)).toBe(0)
})
