import { expect, it } from 'vitest'
import { matrix } from '../rows/matrix.ts'
import { samplesOf } from '../rows/samples.ts'
import { drawMatrix } from '../testing/draw.ts'
import type { TrainOptions } from './options.ts'
import { plan } from './plan.ts'

const samples = samplesOf(drawMatrix(30, 3, 1))
const lattice = { rows: 2, columns: 2 }
const data = Float32Array.from({ length: 12 }, (_, i) => i / 10)

/** A plan that starts from a codebook. Wrong types on purpose: callers of plain JavaScript exist. */
const planFrom = (initial: unknown) => plan({ samples, lattice, initial } as TrainOptions)

it('a codebook that is given is where training starts, and the record says so', () => {
  const made = planFrom(matrix(4, 3, data)).unwrapOr(null)
  expect(made?.codebook).toEqual(matrix(4, 3, data))
  expect(made?.initial).toBe('given')
})

it.each([
  ['too few units', { rows: 3, columns: 3, data: data.slice(3) }, '3 x 3'],
  ['the right numbers as another shape', { rows: 3, columns: 4, data }, '3 x 4'],
  ['too few features', { rows: 4, columns: 2, data: data.slice(4) }, '4 x 2'],
  ['another number of features than there are numbers', { rows: 4, columns: 2, data }, '4 x 2'],
  ['fewer numbers than it says', { rows: 4, columns: 3, data: data.slice(1) }, '4 x 3'],
  ['more numbers than it says', { rows: 4, columns: 3, data: new Float32Array(13) }, '4 x 3'],
  ['no f32 numbers', { rows: 4, columns: 3, data: [...data] }, '4 x 3'],
])('a codebook of %s is refused', (_, initial, found) => {
  const made = planFrom(initial)
  const message = `expected a codebook of 4 units x 3 features, found ${found}`
  expect(made.isErr && made.error).toEqual([{ path: 'initial', message }])
})

it('a codebook with a number that is not finite is refused', () => {
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const made = planFrom(matrix(4, 3, Float32Array.of(...data.slice(1), wrong)))
    const message = 'expected finite numbers in the codebook'
    expect(made.isErr && made.error).toEqual([{ path: 'initial', message }])
  }
})
