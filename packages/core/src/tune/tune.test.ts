import { expect, it } from 'vitest'
import { samplesOf } from '../rows/samples.ts'
import { candidates } from './candidates.ts'
import { type Trial, tune } from './tune.ts'

const samples = samplesOf(
  Array.from({ length: 120 }, (_, i) => [Math.sin(i), Math.cos(1.3 * i)]),
  ['a', 'b'],
)

it('the default is tried first, then combinations in an order that the seed decides', () => {
  const usual = { rows: 6, columns: 9, epochs: 20, start: 2.25, end: 0.8 }
  const [first, ...others] = candidates(usual, false, 1)
  expect(first).toEqual(usual)
  expect(others).toHaveLength(90)
  expect(candidates(usual, false, 1)).toEqual([first, ...others])
  expect(candidates(usual, false, 2)).not.toEqual([first, ...others])
  expect(candidates(usual, true, 1).every(({ rows, columns }) => rows === 6 && columns === 9)).toBe(true)
})

it('the best is the trial of the least combined error on rows held out', async () => {
  const told: Trial[] = []
  const found = await tune({ samples, budget: 0.5, seed: 3 }, { onTrial: (trial) => told.push(trial) })
  if (found.isErr) throw new Error(JSON.stringify(found.error))
  const { trials, best, trainedRows, heldOutRows } = found.value
  expect([trainedRows, heldOutRows]).toEqual([90, 30])
  expect(told).toEqual(trials)
  expect(trials.every(({ combinedError }) => combinedError >= best.combinedError)).toBe(true)
})

it('a trial does as well whenever it is tried', async () => {
  const first = await tune({ samples, budget: 0.01, seed: 3 })
  const second = await tune({ samples, budget: 0.01, seed: 3 })
  const errorOf = (found: typeof first) => found.isOk && found.value.trials[0].combinedError
  expect(errorOf(first)).toBeGreaterThan(0)
  expect(errorOf(second)).toBe(errorOf(first))
})

it('what cannot be is told at once', async () => {
  const refused = await tune({ samples: samplesOf([[1, 2]]), budget: -1, heldOut: 1 })
  expect(refused.isErr && refused.error.map(({ path }) => path)).toEqual(['budget', 'heldOut', 'samples'])
})
