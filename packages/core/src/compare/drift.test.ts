import { expect, it } from 'vitest'
import { random } from '../random.ts'
import { samplesOf } from '../rows/samples.ts'
import { train } from '../train/train.ts'
import { drift } from './drift.ts'

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}

const source = random(5, 'drift')
const drawn = (count: number, shift: number) =>
  samplesOf(Array.from({ length: count }, () => [source() + source() + shift, source()]))
const first = drawn(300, 0)
const trained = train({ samples: first, lattice: { rows: 5, columns: 5 }, epochs: 5 })

it('rows of another table that lie elsewhere are found, with the smallest p-value there is', async () => {
  const som = (await trained).unwrapOrElse(fail)
  const found = (await drift(som, first, drawn(200, 0.5))).unwrapOrElse(fail)
  expect([found.before, found.after, found.movedP]).toEqual([300, 200, 0.001])
  expect(found.moved).toBeGreaterThan(0.2)
  expect(found.sharesAfter.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  const far = (await drift(som, first, drawn(200, 9))).unwrapOrElse(fail)
  expect([far.distanceP, far.distanceAfter > far.distanceBefore]).toEqual([0.001, true])
})

it('of tables that differ by chance, about one in ten has a p-value of a tenth or less', async () => {
  const som = (await trained).unwrapOrElse(fail)
  const found: number[] = []
  for (let pair = 0; pair < 100; pair++) {
    const { movedP } = (await drift(som, drawn(60, 0), drawn(60, 0), { permutations: 99 })).unwrapOrElse(fail)
    found.push(movedP)
  }
  const few = found.filter((p) => p <= 0.1).length
  expect(few).toBeGreaterThanOrEqual(2)
  expect(few).toBeLessThanOrEqual(20)
  expect(found.filter((p) => p <= 0.5).length).toBeGreaterThan(30)
})

it('a table beside itself does not differ', async () => {
  const som = (await trained).unwrapOrElse(fail)
  const found = (await drift(som, first, first)).unwrapOrElse(fail)
  expect([found.moved, found.movedP, found.distanceP]).toEqual([0, 1, 1])
})

it('rows without any value, and wrong options, are refused', async () => {
  const som = (await trained).unwrapOrElse(fail)
  const empty = samplesOf([[Number.NaN, Number.NaN]])
  const none = await drift(som, first, empty)
  expect(none.isErr && none.error).toEqual([{ path: 'after', message: 'expected rows with a value, found none' }])
  const wrong = await drift(som, first, first, { permutations: 5, seed: -1 })
  expect(wrong.isErr && wrong.error.map(({ path }) => path)).toEqual(['permutations', 'seed'])
})
