import { expect, test } from 'vitest'
import { random } from '../../random.ts'
import { prepareRows } from '../../rows/prepare.ts'
import { samplesOf } from '../../rows/samples.ts'
import { train } from '../../train/train.ts'
import { matchPrepared } from '../match.ts'
import { quality, qualityOf, qualityPrepared } from './quality.ts'
import { withMoreEpochs } from './symptoms.ts'

const draw = random(1, 'rows')
const rows = Array.from({ length: 150 }, () => [draw(), draw(), draw()])
const trained = await train({ samples: samplesOf(rows), epochs: 3, lattice: { rows: 4, columns: 5 } })
const som = trained.unwrapOrElse((issues) => {
  throw new Error(JSON.stringify(issues))
})
// Fewer than there are rows, so that rows are drawn.
const options = { sample: 60 }

test('measured in steps, beside more epochs, a map has the quality that it has without', async () => {
  const prepared = prepareRows(som, samplesOf(rows)).unwrapOrElse(() => {
    throw new Error('expected rows')
  })
  const plain = qualityOf(som, prepared, await matchPrepared(som, prepared), options)
  const symptoms = await withMoreEpochs(som, prepared, plain.symptoms)
  const { quality: found, matches } = await qualityPrepared(som, prepared, options)
  expect(found).toEqual({ ...plain, symptoms })
  expect(found.symptoms.afterMoreEpochs).toBeLessThan(1.1)
  expect(matches).toEqual(await matchPrepared(som, prepared))
})

test('says how far it is, up to all of it, and stops when it is told to', async () => {
  const shares: number[] = []
  await quality(som, samplesOf(rows), options, { progress: (share) => shares.push(share) })
  expect(shares.length).toBeGreaterThan(20)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(shares[shares.length - 1]).toBe(1)

  const controller = new AbortController()
  let heard = 0
  const progress = (): void => {
    // Within the draws of the distortion.
    if (++heard === 8) controller.abort(new Error('enough'))
  }
  await expect(quality(som, samplesOf(rows), options, { progress, signal: controller.signal })).rejects.toThrow(
    'enough',
  )
  expect(heard).toBeLessThan(12)
})
