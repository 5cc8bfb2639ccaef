import fc from 'fast-check'
import { expect, it } from 'vitest'
import { METRICS } from '../../map/measures.ts'
import { KERNELS, kernelForms } from '../../map/neighbourhood.ts'
import { random } from '../../random.ts'
import { latticeArbitrary } from '../../testing/arbitraries.ts'
import { drawMatrix, drawWeights } from '../../testing/draw.ts'
import { plainBatchEpoch, plainMatch, plainOnlineStep } from '../../testing/plain.ts'
import type { Task } from '../backend.ts'
import { js } from './js.ts'

/** Two ways of adding the same f64 products, each then rounded to an f32 prototype of about 1. */
const ROUNDING = 2e-6

/**
 * A gaussian reaches 8.3 radii in batch (2⁻⁵⁰); the textbook's never ends. Where samples weigh this much in all,
 * those beyond the reach are less than 2⁻²⁶ of it.
 */
const SEEN = 2 ** -24

const radius = fc.double({ min: 0.3, max: 6, noNaN: true })

it('a batch epoch by separable smoothing equals the one with every unit on every other', async () => {
  const kernels = KERNELS.filter((kernel) => !kernelForms[kernel].signed)
  await fc.assert(
    fc.asyncProperty(
      latticeArbitrary(9),
      fc.constantFrom(...kernels),
      radius,
      fc.nat(1000),
      fc.constantFrom(0, 0.3),
      async (lattice, kernel, r, seed, missing) => {
        const task: Task = { lattice, metric: 'euclidean', kernel }
        const samples = { matrix: drawMatrix(40, 3, seed, missing), weights: drawWeights(40, seed) }
        const codebook = drawMatrix(lattice.rows * lattice.columns, 3, seed + 1)
        const session = await js().open(task, samples, codebook)
        await session.epoch({ rule: 'batch', radius: r })
        const found = await session.codebook()
        session.close()
        const plain = plainBatchEpoch(task, samples, codebook, r)
        for (let i = 0; i < found.data.length; i++) {
          if (plain.weights[i] > SEEN) {
            expect(Math.abs(found.data[i] - plain.codebook.data[i])).toBeLessThan(ROUNDING)
          }
        }
      },
    ),
    { numRuns: 150 },
  )
})

it('an online step by tables equals the textbook step', async () => {
  await fc.assert(
    fc.asyncProperty(
      latticeArbitrary(9),
      fc.constantFrom(...KERNELS),
      fc.constantFrom(...METRICS),
      radius,
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      fc.nat(1000),
      fc.constantFrom(0, 0.3),
      async (lattice, kernel, metric, r, rate, seed, missing) => {
        const task: Task = { lattice, metric, kernel }
        const sample = drawMatrix(1, 4, seed, missing)
        const codebook = drawMatrix(lattice.rows * lattice.columns, 4, seed + 1)
        const session = await js().open(task, { matrix: sample }, codebook)
        await session.epoch({
          rule: 'online',
          order: Uint32Array.of(0),
          radius: Float32Array.of(r),
          rate: Float32Array.of(rate),
        })
        const found = await session.codebook()
        session.close()
        const plain = plainOnlineStep(task, sample.data, codebook, Math.fround(r), Math.fround(rate))
        for (let i = 0; i < found.data.length; i++) {
          expect(Math.abs(found.data[i] - plain.data[i])).toBeLessThan(ROUNDING)
        }
      },
    ),
    { numRuns: 300 },
  )
})

it('matching gives what measuring and sorting every unit gives, on every metric', async () => {
  await fc.assert(
    fc.asyncProperty(
      latticeArbitrary(7),
      fc.constantFrom(...METRICS),
      fc.nat(1000),
      fc.constantFrom(0, 0.4),
      fc.boolean(),
      async (lattice, metric, seed, missing, ties) => {
        const task: Task = { lattice, metric, kernel: 'gaussian' }
        const round = (x: number): number => (ties ? Math.round(x) : x)
        const drawn = drawMatrix(30, 3, seed, missing)
        const samples = { matrix: { ...drawn, data: drawn.data.map(round) } }
        const start = drawMatrix(lattice.rows * lattice.columns, 3, seed + 1)
        const codebook = { ...start, data: start.data.map(round) }
        const session = await js().open(task, samples, codebook)
        const found = await session.match()
        session.close()
        expect(found).toEqual(plainMatch(task, samples, codebook))
      },
    ),
    { numRuns: 200 },
  )
})

it('hints change the time that a batch epoch takes, not its answer', async () => {
  const task: Task = {
    lattice: { cell: 'hexagonal', shape: 'sheet', rows: 8, columns: 9 },
    metric: 'euclidean',
    kernel: 'gaussian',
  }
  const samples = { matrix: drawMatrix(200, 4, 1) }
  const source = random(3, 'start')
  const start = drawMatrix(72, 4, Math.floor(source() * 100))
  const warm = await js().open(task, samples, start)
  for (const r of [3, 2, 1]) await warm.epoch({ rule: 'batch', radius: r })
  const between = await warm.codebook()
  const cold = await js().open(task, samples, between)
  await warm.epoch({ rule: 'batch', radius: 0.5 })
  await cold.epoch({ rule: 'batch', radius: 0.5 })
  expect((await warm.codebook()).data).toEqual((await cold.codebook()).data)
})

it('work on a long epoch lets the event loop turn, tells progress and stops when asked', async () => {
  const lattice = { cell: 'rectangular', shape: 'sheet', rows: 60, columns: 60 } as const
  const session = await js().open(
    { lattice, metric: 'euclidean', kernel: 'gaussian' },
    { matrix: drawMatrix(20_000, 8, 1) },
    drawMatrix(3600, 8, 2),
  )
  const controller = new AbortController()
  const shares: number[] = []
  const epoch = session.epoch(
    { rule: 'batch', radius: 3 },
    {
      signal: controller.signal,
      progress: (share) => {
        shares.push(share)
        if (shares.length === 3) controller.abort(new Error('stopped by hand'))
      },
    },
  )
  await expect(epoch).rejects.toThrow('stopped by hand')
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
  expect(shares[2]).toBeLessThan(0.5)
})
