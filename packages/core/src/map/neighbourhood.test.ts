import { describe, expect, it } from 'vitest'
import { plainInfluence } from '../testing/plain.ts'
import { KERNELS, kernelForm, kernelName } from './neighbourhood.ts'

const own = { name: 'own', influence: (distance: number, radius: number) => distance - radius }
const RADIUS = 2.5

/** The influence at a distance along one axis, as backends work it out. */
function influenceOf(kernel: Parameters<typeof kernelForm>[0], distance: number, rule: 'online' | 'batch'): number {
  const form = kernelForm(kernel)
  const d2 = distance * distance
  return d2 <= form.reach2(RADIUS, rule) ? form.axis(d2, RADIUS) * form.rest(d2, RADIUS) : 0
}

describe.each(KERNELS)('%s', (kernel) => {
  it('is its formula within reach, and next to nothing beyond', () => {
    // A kernel that can be negative works with the online rule only.
    for (const rule of kernelForm(kernel).signed ? (['online'] as const) : (['online', 'batch'] as const)) {
      const lost = rule === 'online' ? 2 ** -25 : 2 ** -50
      for (let distance = 0; distance < 60; distance += 0.25) {
        const found = influenceOf(kernel, distance, rule)
        const expected = plainInfluence(kernel, distance, RADIUS)
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(lost)
      }
    }
  })

  it('is 1 at its centre', () => {
    expect(influenceOf(kernel, 0, 'batch')).toBe(1)
  })

  it('can be negative only where it says so', () => {
    const values = Array.from({ length: 100 }, (_, i) => influenceOf(kernel, i / 4, 'batch'))
    expect(values.some((value) => value < 0)).toBe(kernelForm(kernel).signed)
  })
})

it('only kernels that are a product of their axes are worked out axis by axis', () => {
  const products = KERNELS.filter((kernel) => {
    const { axis, rest } = kernelForm(kernel)
    const apart = axis(1, RADIUS) * axis(4, RADIUS)
    return Math.abs(apart * rest(5, RADIUS) - axis(5, RADIUS)) < 1e-12
  })
  expect(KERNELS.filter((kernel) => kernelForm(kernel).separable)).toEqual(products)
})

it('reaches as far as an influence is not lost: the online rule less far than the batch', () => {
  expect(Math.exp(-kernelForm('gaussian').reach2(1, 'online') / 2)).toBeCloseTo(2 ** -25, 12)
  expect(Math.exp(-kernelForm('gaussian').reach2(1, 'batch') / 2)).toBeCloseTo(2 ** -50, 18)
  expect(kernelForm('bubble').reach2(3, 'online')).toBe(9)
  expect(KERNELS.filter((kernel) => !kernelForm(kernel).cut)).toEqual(['gaussian'])
})

it("a kernel of the user's own is asked everywhere, by distance and radius", () => {
  const form = kernelForm(own)
  expect([form.separable, form.signed, form.cut, form.reach2(2, 'batch')]).toEqual([
    ...[false, false, true, Number.POSITIVE_INFINITY],
  ])
  expect(form.axis(9, 2) * form.rest(9, 2)).toBe(3 - 2)
})

it('a kernel has a name', () => {
  expect([kernelName(own), kernelName('bubble')]).toEqual(['own', 'bubble'])
})
