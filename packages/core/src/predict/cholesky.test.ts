import fc from 'fast-check'
import { expect, it } from 'vitest'
import { random } from '../random.ts'
import { cholesky, solveFactored } from './cholesky.ts'

/** Sums of up to 12 products, in another order. */
const ROUNDING = 1e-9

it('the solution times the matrix is the right side', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 }), fc.nat(1000), (n, columns, seed) => {
      const draw = random(seed, 'cholesky')
      const factor = Array.from({ length: n }, () => Array.from({ length: n }, () => draw() - 0.5))
      const at = (i: number, j: number): number =>
        factor[i].reduce((sum, x, k) => sum + x * factor[j][k], i === j ? 1 : 0)
      const a = Float64Array.from(triangle(n), ([i, j]) => at(i, j))
      const b = Float64Array.from({ length: n * columns }, () => draw())
      const x = b.slice()
      expect(cholesky(a, n)).toBe(true)
      solveFactored(a, n, x, columns)
      for (let i = 0; i < n; i++) {
        for (let c = 0; c < columns; c++) {
          const product = Array.from({ length: n }, (_, k) => at(i, k) * x[c * n + k]).reduce((s, y) => s + y, 0)
          expect(Math.abs(product - b[c * n + i])).toBeLessThan(ROUNDING)
        }
      }
    }),
  )
})

it('a matrix that is not positive definite is not factored', () => {
  expect(cholesky(Float64Array.of(1, 2, 1), 2)).toBe(false)
  expect(cholesky(Float64Array.of(0), 1)).toBe(false)
  expect(cholesky(Float64Array.of(Number.NaN), 1)).toBe(false)
})

function triangle(n: number): [number, number][] {
  return Array.from({ length: n }, (_, i) => Array.from({ length: i + 1 }, (_, j): [number, number] => [i, j])).flat()
}
