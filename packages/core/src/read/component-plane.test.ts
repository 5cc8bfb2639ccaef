import { expect, it } from 'vitest'
import { rowOf } from '../rows/matrix.ts'
import { samplesOf } from '../rows/samples.ts'
import { train } from '../train/train.ts'
import { componentPlane } from './component-plane.ts'

const rows = Array.from({ length: 40 }, (_, i) => [i, 1000 + (i % 7) * 10])
const som = (
  await train({ samples: samplesOf(rows, ['a', 'b']), preprocessing: 'min-max', lattice: { rows: 3, columns: 4 } })
).unwrapOrElse((issues) => {
  throw new Error(JSON.stringify(issues))
})

it('a plane is in the units of the user', () => {
  const plane = componentPlane(som, 'b')
  expect(plane).toHaveLength(12)
  const [least, most] = [1000, 1060]
  plane.forEach((value, unit) => {
    expect(value).toBeCloseTo(least + (most - least) * rowOf(som.codebook, unit)[1], 2)
  })
  expect(Math.min(...plane)).toBeGreaterThanOrEqual(least)
})

it('a name that is not a feature, and what is not a map, are refused', () => {
  expect(() => componentPlane(som, 'c')).toThrow(/^feature: expected one of a, b, found "c"/)
  expect(() => componentPlane({ ...som, codebook: { ...som.codebook, rows: 3 } }, 'a')).toThrow(RangeError)
  expect(() => componentPlane({} as typeof som, 'a')).toThrow(/^som/)
})
