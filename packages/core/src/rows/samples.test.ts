import { expect, it } from 'vitest'
import { plan } from '../plan/plan.ts'
import { samplesOf } from './samples.ts'

it('objects have a feature for each key, missing where it is absent or null', () => {
  const { features, rows, data } = samplesOf([
    { a: 1, b: 2 },
    { b: null, c: 3 },
  ])
  expect(features).toEqual(['a', 'b', 'c'])
  expect(rows).toBe(2)
  expect([...data]).toEqual([1, 2, Number.NaN, Number.NaN, Number.NaN, 3])
  expect(samplesOf([{ a: 1, b: 2 }], ['b']).data).toEqual(Float64Array.of(2))
})

it('samples of another kind are an issue that says how to go on', () => {
  const told = (samples: unknown): unknown => {
    const made = plan({ samples } as never)
    return made.isErr && made.error[0].message
  }
  expect(told([{ a: 1 }])).toContain('samplesOf(rows)')
  expect(told(Float64Array.of(1, 2))).toContain('{ rows, columns, data }')
})
