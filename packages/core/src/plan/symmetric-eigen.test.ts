import fc from 'fast-check'
import { expect, it } from 'vitest'
import { symmetricEigen } from './symmetric-eigen.ts'

it('gives the eigenvalues of a matrix that is known, the greatest first', () => {
  const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2)
  expect([...values]).toEqual([expect.closeTo(3, 14), expect.closeTo(1, 14)])
  expect(Math.abs(vectors[0][0])).toBeCloseTo(Math.SQRT1_2, 14)
})

it('each vector is turned into itself times its value', () => {
  const element = fc.double({ min: -10, max: 10, noNaN: true })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.array(element, { minLength: 64, maxLength: 64 }), (n, drawn) => {
      const a = Float64Array.from({ length: n * n }, (_, at) => {
        const [i, j] = [Math.floor(at / n), at % n]
        return drawn[Math.min(i, j) * 8 + Math.max(i, j)]
      })
      const { values, vectors } = symmetricEigen(a, n)
      vectors.forEach((v, k) => {
        for (let i = 0; i < n; i++) {
          const image = v.reduce((sum, x, j) => sum + a[i * n + j] * x, 0)
          expect(image).toBeCloseTo(values[k] * v[i], 9)
        }
      })
    }),
  )
})
