import fc from 'fast-check'
import { expect, test } from 'vitest'
import { greatestOfTridiagonal } from './tridiagonal.ts'

const number = fc.double({ min: -3, max: 3, noNaN: true })

test('vectors of the greatest eigenvalues have length 1, and are eigenvectors', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(number, fc.double({ min: 0.01, max: 2, noNaN: true })), { minLength: 1, maxLength: 30 }),
      (rows) => {
        const diagonal = rows.map(([own]) => own)
        const beside = rows.slice(1).map(([, next]) => next)
        for (const v of greatestOfTridiagonal(diagonal, beside, 2)) {
          expect(v.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 9)
          const product = v.map(
            (x, i) => diagonal[i] * x + (beside[i - 1] ?? 0) * (v[i - 1] ?? 0) + (beside[i] ?? 0) * (v[i + 1] ?? 0),
          )
          const value = product.reduce((sum, x, i) => sum + x * v[i], 0)
          product.forEach((x, i) => {
            expect(Math.abs(x - value * v[i])).toBeLessThan(1e-5)
          })
        }
      },
    ),
    { numRuns: 200 },
  )
})

test('the greatest come first', () => {
  const [first, second] = greatestOfTridiagonal([1, 5, 3], [0, 0], 2)
  expect(Math.abs(first[1])).toBeCloseTo(1, 9)
  expect(Math.abs(second[2])).toBeCloseTo(1, 9)
})
