import { matchPrepared, plan, samplesOf, topographicError, trainEpochs } from '@som/core'
import { expect, test } from 'vitest'
import { errorOnSample, sampledRows } from './error-on-sample.ts'

function planned(rows: number, side: number) {
  const samples = samplesOf(Array.from({ length: rows }, (_, i) => [Math.sin(i), Math.cos(i * 1.7), Math.sin(i * 5)]))
  const radius = { start: 2, end: 0.5 }
  return plan({ samples, lattice: { rows: side, columns: side }, epochs: 2, radius, seed: 3 }).unwrapOrElse(
    (issues) => {
      throw new Error(JSON.stringify(issues))
    },
  )
}

test('few rows are all looked at: the error is that of the training rows', async () => {
  const run = planned(200, 5)
  const errorOf = errorOnSample(run)
  for await (const event of trainEpochs(run)) {
    const matches = await matchPrepared(await event.snapshot(), run.rows)
    expect(await errorOf(event)).toBe(topographicError(run.task, matches))
  }
})

test('of many rows a thousand are looked at, the same for the same seed', async () => {
  const run = planned(3000, 4)
  expect(sampledRows(run)).toBe(1000)
  for await (const event of trainEpochs(run)) {
    expect(await errorOnSample(run)(event)).toBe(await errorOnSample(run)(event))
  }
})

test('the larger the map, the fewer rows', () => {
  const { codebook, ...rest } = planned(3000, 4)
  const large = { ...codebook, data: { length: 1e6 } as Float32Array } // its length is all that is asked
  expect(sampledRows({ ...rest, codebook: large })).toBe(200)
})
