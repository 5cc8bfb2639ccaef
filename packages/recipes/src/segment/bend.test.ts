import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bendOf, bendsOf } from './bend.ts'

const exponential = Array.from({ length: 99 }, (_, i) => -Math.log(1 - (i + 0.5) / 99))

describe('how columns are bent', () => {
  test('money without debts by the logarithm', () => {
    const { method, skewness, after } = bendOf(
      'spent',
      exponential.map((x) => Math.expm1(3 * x)),
    )
    expect(method).toBe('log')
    expect(skewness).toBeGreaterThan(2)
    expect(Math.abs(after)).toBeLessThan(skewness / 2)
  })

  test('money on both sides of 0 by the inverse hyperbolic sine', () => {
    const values = [...exponential.map((x) => Math.sinh(3 * x)), ...exponential.slice(0, 50).map((x) => -Math.sinh(x))]
    expect(bendOf('balance', values).method).toBe('arcsinh')
  })

  test('even columns, and those whose tail is to the left, not at all', () => {
    expect(bendOf('even', [1, 2, 3, 4, 5]).method).toBe('z-score')
    expect(
      bendOf(
        'left',
        exponential.map((x) => 10 - x),
      ).method,
    ).toBe('z-score')
  })

  test('a skewed column that bending would not fix, not at all', () => {
    // A handful of rows at one value, all others at 0: as skewed after as before.
    const values = [...Array<number>(97).fill(0), 1, 1, 1]
    expect(bendOf('flag', values)).toMatchObject({ method: 'z-score', skewness: expect.closeTo(5.5, 1) })
  })

  test('missing values say nothing, and equal ones have no skewness', () => {
    expect(bendOf('x', [...exponential, Number.NaN])).toEqual(bendOf('x', exponential))
    expect(bendOf('same', [7.1, 7.1, 7.1]).skewness).toBe(0)
  })

  test('a change of currency changes no skewness', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 40 }), (values) => {
        const doubled = bendOf(
          'x',
          values.map((x) => 1024 * x),
        )
        expect(doubled.skewness).toBeCloseTo(bendOf('x', values).skewness, 8)
      }),
    )
  })

  test('what was made of a category or a time is left alone', () => {
    const sources = [undefined, { column: 'region', level: 'north' }]
    const samples = { features: ['a', 'region=north'], rows: 2, data: Float64Array.of(1, 0, 2, 1), sources }
    expect(bendsOf(samples).map(({ feature }) => feature)).toEqual(['a'])
  })
})
