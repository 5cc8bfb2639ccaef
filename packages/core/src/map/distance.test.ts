import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distanceFunction, metricName } from './distance.ts'
import { METRICS } from './measures.ts'
import { rowDistance } from './row-distance.ts'

const { NaN: missing } = Number
const f32 = (...numbers: number[]): Float32Array => Float32Array.from(numbers)

it.each([
  ['euclidean', 5],
  ['manhattan', 7],
  ['chebyshev', 4],
  ['cosine', 1 - 8 / (5 * 2)],
] as const)('%s of (4, -3) and (2, 0) or the origin is what the formula says', (metric, expected) => {
  const other = metric === 'cosine' ? f32(2, 0) : f32(0, 0)
  expect(distanceFunction(metric)(f32(4, -3), other)).toBeCloseTo(expected, 12)
})

it('cosine is 0 for the same direction, 2 for the opposite one, and 1 to the zero vector', () => {
  const cosine = distanceFunction('cosine')
  expect(cosine(f32(1, 2), f32(2, 4))).toBeCloseTo(0, 12)
  expect(cosine(f32(0.1, 0.2), f32(0.3, 0.6))).toBeGreaterThanOrEqual(0)
  expect(cosine(f32(1, 2), f32(-1, -2))).toBeCloseTo(2, 12)
  expect(cosine(f32(0, 0), f32(1, 2))).toBe(1)
  expect(cosine(f32(1, 2), f32(0, 0))).toBe(1)
})

describe.each(METRICS)('%s', (metric) => {
  const distance = distanceFunction(metric)

  it('is symmetric, at least 0, and 0 from a row to itself', () => {
    const numbers = fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const found = distance(f32(...a), f32(...b))
        expect(found).toBe(distance(f32(...b), f32(...a)))
        expect(found).toBeGreaterThanOrEqual(0)
      }),
    )
    expect(distance(f32(1, -2, 3), f32(1, -2, 3))).toBeCloseTo(0, 12)
  })

  it('takes the features that both rows have, whichever row lacks one', () => {
    const expected = distance(f32(1, 5), f32(4, 2))
    expect(distance(f32(1, missing, 5), f32(4, 7, 2))).toBe(expected)
    expect(distance(f32(1, 7, 5), f32(4, missing, 2))).toBe(expected)
    expect(distance(f32(1, missing), f32(missing, 1))).toBeNaN()
  })

  it('is infinite between rows that share no feature, for those who sort rows', () => {
    expect(rowDistance(metric)(f32(1, missing), f32(missing, 1))).toBe(Number.POSITIVE_INFINITY)
    expect(rowDistance(metric)(f32(1, 5), f32(4, 2))).toBe(distance(f32(1, 5), f32(4, 2)))
  })
})

describe("a metric of the user's own", () => {
  const seen: unknown[] = []
  const own = {
    name: 'own',
    distance(x: Float32Array, w: Float32Array) {
      seen.push([x, w])
      return x.length
    },
  }

  it('is given f32 numbers of the features that both rows have, and is not asked where there is none', () => {
    const distance = distanceFunction(own)
    expect(distance(Float64Array.of(1, missing, 0.1), f32(4, 7, 2))).toBe(2)
    expect(distance(f32(1, 2, 3), f32(4, missing, 6))).toBe(2)
    expect(distance(f32(missing), f32(1))).toBeNaN()
    expect(seen).toEqual([
      [f32(1, 0.1), f32(4, 2)],
      [f32(1, 3), f32(4, 6)],
    ])
  })

  it('has a name, as the others have', () => {
    expect([metricName(own), metricName('cosine')]).toEqual(['own', 'cosine'])
  })
})
