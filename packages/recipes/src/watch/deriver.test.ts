import { random } from '@som/core'
import { expect, it } from 'vitest'
import { derivedOf } from './derive.ts'
import { Deriver } from './deriver.ts'

const features = [{ name: 'a' }, { name: 'b' }]
/** √(14 / 3), to as many decimals as are compared. */
const ROOT = 2.160246899
const { derived } = derivedOf(features, [
  { by: 'lag', steps: 2 },
  { column: 'b', by: 'difference', steps: 1 },
  { column: 'a', by: 'mean', steps: 3 },
  { column: 'a', by: 'deviation', steps: 3 },
]).unwrapOrElse((issues) => {
  throw new Error(JSON.stringify(issues))
})

it('lags, differences and windows are of the readings before, missing where there are none', () => {
  const readings = Float64Array.from([1, 10, 2, 12, 6, Number.NaN, 7, 20])
  const out = new Deriver(2, derived).features(readings, 4)
  const row = (i: number): number[] =>
    Array.from(out.subarray(i * derived.length, (i + 1) * derived.length), (x) => Number(x.toFixed(9)))
  const none = Number.NaN
  expect(row(0)).toEqual([1, 10, none, none, none, 1, 0])
  expect(row(1)).toEqual([2, 12, none, none, 2, 1.5, 0.5])
  expect(row(2)).toEqual([6, none, 1, 10, none, 3, ROOT])
  expect(row(3)).toEqual([7, 20, 2, 12, none, 5, ROOT])
})

it('a deriver that was restored continues as if it had never ended, wherever it was cut', () => {
  const draw = random(1, 'readings')
  const readings = Float64Array.from({ length: 40 }, () => (draw() < 0.1 ? Number.NaN : draw()))
  const whole = new Deriver(2, derived).features(readings, 20)
  for (let cut = 0; cut <= 20; cut++) {
    const first = new Deriver(2, derived)
    const before = first.features(readings.subarray(0, 2 * cut), cut)
    const second = new Deriver(2, derived)
    second.restore(JSON.parse(JSON.stringify(first.history())))
    const after = second.features(readings.subarray(2 * cut), 20 - cut)
    expect(Float64Array.from([...before, ...after])).toEqual(whole)
  }
})

it('windows over values that are all the same, however large, have no deviation', () => {
  const [steady] = [new Deriver(1, [{ column: 0, by: 'deviation', steps: 9 }])]
  expect(steady.features(new Float64Array(20).fill(1e15 + 1), 20).every((x) => x === 0)).toBe(true)
})

it('every issue with what should be derived is reported at once', () => {
  const refused = derivedOf(features, [
    { column: 'aa', by: 'lag', steps: 0 },
    { by: 'mean', steps: 1 },
  ])
  expect(refused.isErr && refused.error.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    'derive[0].steps: expected an integer from 1 to 1000, found 0',
    'derive[0].column: expected a column, found "aa"; did you mean "a"?',
    'derive[1].steps: expected an integer from 2 to 1000, found 1',
  ])
  const twice = derivedOf(features, [
    { by: 'lag', steps: 1 },
    { column: 'a', by: 'lag', steps: 1 },
  ])
  expect(twice.isErr && twice.error[0].message).toBe('found "a lag 1" twice; name it once')
})

it('only columns of numbers are looked back at', () => {
  const kind = { name: 'kind=cat', source: { column: 'kind', level: 'cat' } }
  const found = derivedOf([kind, { name: 'a' }], [{ by: 'lag', steps: 1 }])
  expect(found.isOk && found.value.names).toEqual(['kind=cat', 'a', 'a lag 1'])
  const refused = derivedOf([kind, { name: 'a' }], [{ column: 'kind', by: 'lag', steps: 1 }])
  expect(refused.isErr && refused.error).toEqual([
    { path: 'derive[0].column', message: 'expected a column of numbers, found "kind", which is a category or a time' },
  ])
})
