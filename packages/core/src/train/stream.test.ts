import fc from 'fast-check'
import { expect, it } from 'vitest'
import { js } from '../backend/js/js.ts'
import { match } from '../read/match.ts'
import { quantizationError } from '../read/quality/errors.ts'
import { rowsOf } from '../rows/matrix.ts'
import type { Som } from '../som.ts'
import { drawClusters, drawMatrix } from '../testing/draw.ts'
import { partialFit, streamStep } from './stream.ts'
import { train } from './train.ts'

const first = await train({ samples: drawMatrix(100, 3, 1), preprocessing: 'none', lattice: { rows: 5, columns: 5 } })
if (first.isErr) throw new Error('the options are good')
const som: Som = first.value
const stream = drawClusters(400, 3, 3, 7)

async function fitted(start: Som, chunks: readonly number[]): Promise<Som> {
  let current = start
  for (let i = 0; i < chunks.length - 1; i++) {
    const next = await partialFit(current, rowsOf(stream, chunks[i], chunks[i + 1]))
    if (next.isErr) throw new Error(next.error[0].message)
    current = next.value
  }
  return current
}

it('chunks of any size give the same bits: the schedule continues where it was', async () => {
  const whole = await fitted(som, [0, 400])
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 399 }), { maxLength: 5 }), async (cuts) => {
      const chunked = await fitted(som, [0, ...cuts.sort((a, b) => a - b), 400])
      expect(chunked).toEqual(whole)
    }),
    { numRuns: 20 },
  )
  expect(whole.training.streamed).toBe(400)
})

it('a session that is kept open takes the same steps, whichever of its rows they are', async () => {
  const session = await js().open(som, { matrix: stream }, som.codebook)
  const parts = [Uint32Array.from({ length: 150 }, (_, i) => i), Uint32Array.from({ length: 250 }, (_, i) => 150 + i)]
  await session.epoch(streamStep(som, 0, parts[0]))
  await session.epoch(streamStep(som, 150, parts[1]))
  expect(await session.codebook()).toEqual((await fitted(som, [0, 400])).codebook)
})

it('a map follows its stream to new data', async () => {
  const before = await match(som, stream)
  const after = await match(await fitted(som, [0, 400]), stream)
  if (before.isErr || after.isErr) throw new Error('the rows are good')
  expect(quantizationError(som, after.value)).toBeLessThan(0.5 * quantizationError(som, before.value))
})

it('the map that was given is not changed', async () => {
  const copy = structuredClone(som)
  await fitted(som, [0, 400])
  expect(som).toEqual(copy)
})

it('wrong rows and wrong values are reported together', async () => {
  const result = await partialFit(som, [[1, 2]], { learningRate: { start: 3 }, halfway: 0 })
  expect(result.isErr && result.error.map(({ path }) => path)).toEqual(['learningRate.start', 'halfway', 'samples'])
})

it('options that are not given: the last radius of the training, 0.05 to 0.01, half way after ten rows a unit', async () => {
  const start = som.training.phases.at(-1)?.radius.end ?? Number.NaN
  const written = (radius: number, end: number, rate: number, rateEnd: number) => ({
    radius: { start: radius, end },
    learningRate: { start: rate, end: rateEnd },
    halfway: 10 * 25,
  })
  expect(await partialFit(som, stream)).toEqual(await partialFit(som, stream, written(start, 0.5, 0.05, 0.01)))
  // What is given may be below an end that is not: nothing rises.
  expect(await partialFit(som, stream, { radius: { start: 0.4 }, learningRate: { start: 0.002 } })).toEqual(
    await partialFit(som, stream, written(0.4, 0.4, 0.002, 0.002)),
  )
  const untrained = { ...som, training: { ...som.training, phases: [] } }
  const [byDefault, one] = [
    await partialFit(untrained, stream),
    await partialFit(untrained, stream, written(1, 0.5, 0.05, 0.01)),
  ]
  expect(byDefault).toEqual(one)
})

it('a wrong map and wrong options are reported before its rows are read', async () => {
  const broken = { ...som, codebook: { ...som.codebook, rows: 3 } }
  const result = await partialFit(broken, [[1]], { halfway: 0 })
  expect(result.isErr && result.error.map(({ path }) => path.split('.')[0])).toEqual(['halfway', 'som'])
})
