import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fitPreprocessing } from './fit-preprocessing.ts'
import {
  factorOf,
  fromPreprocessed,
  linearPreprocessing,
  PREPROCESSINGS,
  scaled,
  toPreprocessed,
} from './preprocessing.ts'
import { quantileOf } from './quantile.ts'

const plain = { cofactor: 5, factor: 1 }
const values = Float64Array.of(1, 2, Number.NaN, 4, 9)

it('z-score centres on the mean and divides by the standard deviation of the values there are', () => {
  const p = fitPreprocessing(values, 'z-score', plain)
  expect(p.centre).toBe(4)
  expect(p.scale).toBeCloseTo(Math.sqrt((9 + 4 + 0 + 25) / 4), 12)
})

it('min-max brings the values to 0 … 1, robust centres on the median and divides by the quartile range', () => {
  const range = fitPreprocessing(values, 'min-max', plain)
  expect([1, 9].map((x) => toPreprocessed(range, x))).toEqual([0, 1])
  expect(fitPreprocessing(values, 'robust', plain)).toMatchObject({ centre: 3, scale: 5.25 - 1.75 })
})

it('robust falls back on the standard deviation where more than half of the values are the same', () => {
  const p = fitPreprocessing(Float64Array.of(5, 5, 5, 5, 5, 5, 9), 'robust', plain)
  expect(p.centre).toBe(5)
  expect(p.scale).toBeGreaterThan(0)
})

it('log is standardised ln(1 + x), arcsinh standardised asinh(x / cofactor)', () => {
  const logged = fitPreprocessing(Float64Array.of(0, Math.E - 1), 'log', plain)
  expect(logged).toMatchObject({ centre: 0.5, scale: 0.5 })
  const bent = fitPreprocessing(Float64Array.of(0, 5 * Math.sinh(2)), 'arcsinh', plain)
  expect(bent.centre).toBeCloseTo(1, 12)
})

it('values of one kind have no scale, also where their mean is rounded', () => {
  for (const method of ['z-score', 'min-max', 'robust', 'log', 'arcsinh'] as const) {
    expect(fitPreprocessing(new Float64Array(7).fill(0.1), method, plain).scale).toBe(0)
  }
})

it('a value comes back from the codebook as it was', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PREPROCESSINGS),
      fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 20 }),
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      (method, xs, factor) => {
        const p = fitPreprocessing(Float64Array.from(xs), method, { cofactor: 5, factor })
        fc.pre(p.scale > 1e-3)
        for (const x of xs) expect(fromPreprocessed(p, toPreprocessed(p, x))).toBeCloseTo(x, 3)
      },
    ),
  )
})

it('a feature weight of 4 doubles euclidean differences and quadruples manhattan ones', () => {
  expect([factorOf(4, 'euclidean'), factorOf(4, 'cosine'), factorOf(4, 'manhattan'), factorOf(4, 'chebyshev')]).toEqual(
    [2, 2, 4, 4],
  )
})

it('quantiles interpolate between neighbours', () => {
  expect(quantileOf(Float64Array.of(0, 10), 0.25)).toBe(2.5)
  expect(quantileOf(Float64Array.of(7), 0.9)).toBe(7)
})

it('a linear method is three numbers, to the bits of `toPreprocessed`; one that bends is none', () => {
  for (const method of PREPROCESSINGS) {
    const p = fitPreprocessing(values, method, { cofactor: 5, factor: 1.7 })
    const linear = linearPreprocessing(p)
    expect(linear === null).toBe(method === 'log' || method === 'arcsinh')
    if (linear) expect(scaled(linear, 3.3)).toBe(toPreprocessed(p, 3.3))
  }
})
