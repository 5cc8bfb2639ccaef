import { expect, it } from 'vitest'
import { orThrow } from './or-throw.ts'
import { plan } from './plan/plan.ts'

it('gives the value, or throws an Error that lists every issue', () => {
  expect(orThrow(plan({ samples: [[1], [2]] })).rowCount).toBe(2)
  expect(() => orThrow(plan({ samples: [[1], [2]], epochs: 0, seed: -1 }))).toThrow(
    /epochs: expected.*\nseed: expected/,
  )
})
