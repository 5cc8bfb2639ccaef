import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { TrainOptions } from '../plan/options.ts'
import { samplesOf } from '../rows/samples.ts'
import type { Som } from '../som.ts'
import { drawClusters, drawWeights } from '../testing/draw.ts'
import type { Runtime } from './runtime.ts'
import { train } from './train.ts'

async function trained(options: TrainOptions, runtime?: Runtime): Promise<Som> {
  return (await train(options, runtime)).unwrapOrElse((issues) => {
    throw new Error(JSON.stringify(issues))
  })
}

/** A run that is cut once `share` of it is done, and resumed. */
async function cutAt(share: number, options: TrainOptions): Promise<Som> {
  const controller = new AbortController()
  const progress = (done: number): void => {
    if (done >= share) controller.abort()
  }
  const cut = await trained(options, { signal: controller.signal, progress })
  return cut.training.unfinished ? trained({ samples: options.samples, resume: cut }) : cut
}

it('a run cut anywhere, of any rule and with any stop, resumes to the bits of the unbroken one', async () => {
  const rows = 300
  const samples = { ...samplesOf(drawClusters(rows, 3, 4, 1)), weights: drawWeights(rows, 2) }
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('batch', 'online', 'mini-batch'),
      fc.constantFrom('shuffled', 'sequential'),
      fc.integer({ min: 1, max: 3 }),
      fc.double({ min: 0.001, max: 0.4, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (rule, order, patience, tolerance, share) => {
        const options: TrainOptions = {
          samples,
          lattice: { rows: 4, columns: 5 },
          rule,
          order,
          batchSize: 32,
          epochs: 12,
          stop: { patience, tolerance },
        }
        expect(await cutAt(share, options)).toEqual(await trained(options))
      },
    ),
    { numRuns: 60 },
  )
})

it('the movement of an epoch that was cut counts all of it', async () => {
  const options: TrainOptions = {
    samples: samplesOf(drawClusters(5000, 3, 4, 1)),
    lattice: { rows: 6, columns: 6 },
    rule: 'mini-batch',
    epochs: 20,
    stop: { patience: 1, tolerance: 0.0515 },
  }
  const whole = await trained(options)
  const late = (2 + 0.95) / 20
  expect((await cutAt(late, options)).training.history).toEqual(whole.training.history)
})
