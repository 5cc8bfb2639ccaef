import { expect, it } from 'vitest'
import { drawSparse } from '../testing/draw.ts'
import { isSparse, matrix, toDense, toSparse } from './matrix.ts'
import { varianceOf } from './moments.ts'

it('a large mean takes nothing from a small variance', () => {
  // 2²⁷ ± 16: sums of squares are near 2⁶⁴, where f64 steps by thousands.
  const rows = matrix(
    1000,
    1,
    Float32Array.from({ length: 1000 }, (_, i) => 2 ** 27 + (i % 2 === 0 ? 16 : -16)),
  )
  expect(varianceOf({ matrix: rows })).toBeCloseTo(256, 7)
  expect(varianceOf({ matrix: toSparse(rows) })).toBeCloseTo(256, 7)
})

it('sparse rows have the variance of the same rows written out, with weights and missing values', () => {
  const sparse = drawSparse(50, 4, 2)
  if (!isSparse(sparse)) throw new Error('drawSparse gives sparse rows')
  sparse.values[3] = Number.NaN
  const weights = Float32Array.from({ length: 50 }, (_, i) => 0.5 + (i % 4))
  const dense = toDense(sparse)
  expect(varianceOf({ matrix: sparse, weights })).toBeCloseTo(varianceOf({ matrix: dense, weights }), 10)
})
