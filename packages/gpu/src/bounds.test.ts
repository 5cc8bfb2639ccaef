import { random } from '@som/core'
import { measures } from '@som/core/backend'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mostValue, ratioOf } from './bounds.ts'
import { FORMS, type FormName } from './forms.ts'

const forms = Object.keys(FORMS) as FormName[] // the keys of a record by form

/** An f32 that is next to a number, on either side, as WGSL may round. */
function roundedEitherWay(value: number, up: boolean): number {
  const near = Math.fround(value)
  if (near === value || near > value === up) return near
  const bits = new Int32Array(Float32Array.of(near).buffer)
  bits[0] += near > 0 === up ? 1 : -1
  return new Float32Array(bits.buffer)[0]
}

it.each(forms)('%s: a sum in f32, in any order and rounded either way, is within the ratio', (form) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer(), (features, seed) => {
      const draw = random(seed, 'bounds')
      const round = (value: number): number => roundedEitherWay(value, draw() < 0.5)
      const columns = Uint32Array.from({ length: features }, (_, f) => f)
      const [x, w] = [0, 1].map(() => Float32Array.from({ length: features }, () => draw() - 0.5))
      const terms = Array.from(columns, (f) => Math.abs(round(x[f] - w[f])))
      let sum = 0
      for (const term of terms.sort(() => draw() - 0.5)) {
        if (form === 'chebyshev') sum = Math.max(sum, term)
        else sum = round(sum + (form === 'euclidean' ? round(term * term) : term))
      }
      const exact = measures[form](x, w, 0, columns) * (form === 'hamming' ? features : 1)
      const ratio = ratioOf(form, features) ?? 1
      expect(sum).toBeLessThanOrEqual(exact * Math.sqrt(ratio))
      expect(sum).toBeGreaterThanOrEqual(exact / Math.sqrt(ratio))
    }),
  )
})

it('there is no bound for more features than it is useful for', () => {
  expect(ratioOf('euclidean', 80_000)).toBeGreaterThan(1)
  expect(ratioOf('euclidean', 90_000)).toBeNull()
})

it('no sum of the greatest values overflows', () => {
  for (const features of [1, 7, 80_000]) {
    const most = Math.fround(mostValue(features))
    expect(Math.fround(features * (2 * most) ** 2 * 1.02)).toBeLessThan(3e38)
  }
})
