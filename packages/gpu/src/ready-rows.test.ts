import { matrix } from '@som/core'
import { expect, it } from 'vitest'
import { isFit, readyRows, scaledBy } from './ready-rows.ts'

const ready = (...values: number[]) => readyRows(matrix(values.length, 1, Float32Array.from(values)))

it('rows of usual size stay as they are', () => {
  expect(ready(-3, 0, 1e6)).toEqual({ scale: 1, fit: Uint8Array.of(1, 1, 1), holes: false, addable: true })
  const data = Float32Array.of(1)
  expect(scaledBy(data, 1)).toBe(data)
})

it('tiny and huge rows are multiplied by a power of two that brings the greatest one to between 1 and 2', () => {
  for (const size of [1e-30, 3e20, 1e38]) {
    const { scale, fit } = ready(size, size / 2)
    expect(Number.isInteger(Math.log2(scale))).toBe(true)
    expect(size * scale).toBeGreaterThanOrEqual(1)
    expect(size * scale).toBeLessThan(2)
    expect(fit).toEqual(Uint8Array.of(1, 1))
  }
})

it('a row that is infinite, or not exact at the scale, is not fit, and the rows cannot be added up', () => {
  expect(ready(1, Number.NEGATIVE_INFINITY)).toMatchObject({ fit: Uint8Array.of(1, 0), addable: false })
  const far = ready(2 ** 100, 1 + 2 ** -20, 2 ** -40, 2 ** -40 * (1 + 2 ** -20))
  expect(far).toMatchObject({ fit: Uint8Array.of(1, 1, 1, 0), addable: false })
})

it('a row with some value is fit, and one without any is not, but adds nothing up', () => {
  const rows = matrix(3, 2, Float32Array.of(1, Number.NaN, Number.NaN, Number.NaN, 1, 2))
  expect(readyRows(rows)).toEqual({ scale: 1, fit: Uint8Array.of(1, 0, 1), holes: true, addable: true })
})

it('prototypes beyond range make a codebook unfit', () => {
  expect(isFit(matrix(2, 1, Float32Array.of(1e18, -1)), 1)).toBe(true)
  expect(isFit(matrix(2, 1, Float32Array.of(1e19, -1)), 1)).toBe(false)
  expect(isFit(matrix(2, 1, Float32Array.of(Number.NaN, -1)), 1)).toBe(false)
})
