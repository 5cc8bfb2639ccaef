import { describe, expect, it } from 'vitest'
import { js } from '../backend/js/js.ts'
import { packNumbers, unpackNumbers } from '../chunks/packed.ts'
import type { TrainOptions } from '../plan/options.ts'
import { plan } from '../plan/plan.ts'
import { planStored } from '../plan/plan-stored.ts'
import type { Plan, SpreadPlan, StoredPlan } from '../plan/run-plan.ts'
import { random, shuffled } from '../random.ts'
import { chooseRows, matrix, rowsOf } from '../rows/matrix.ts'
import type { Samples } from '../rows/samples.ts'
import type { RowsStore } from '../rows/stored-rows.ts'
import type { Som } from '../som.ts'
import { trainEpochs } from '../train/train.ts'
import type { Found, Pass } from './pass.ts'
import { checkSpreadOptions, planSpread, spreadChunkRows } from './plan-spread.ts'
import { spreadWorker } from './spread-worker.ts'

/** So many features that a chunk has 2,048 rows. */
const WIDTH = 512

/** Rows of a few groups, with missing values, an empty row, and a feature that is the same in every row. */
function drawn(rows: number, width = WIDTH): Samples {
  const source = random(3, 'spread')
  const data = Float64Array.from({ length: rows * width }, (_, at) => {
    const [i, f] = [Math.floor(at / width), at % width]
    if (f === 2) return 7
    return source() < 0.01 || i === 5 ? Number.NaN : (i % 4) + source() * 10 ** (f % 4)
  })
  return { features: Array.from({ length: width }, (_, f) => `f${f}`), rows, data }
}

/** Workers that each hold some of the chunks, in an order of their own, and speak by JSON and bytes. */
function spreadOf({ features, rows, data }: Samples, workers: number) {
  const chunkRows = spreadChunkRows(features.length, {})
  const chunks = shuffled(random(workers, 'owners'), Math.ceil(rows / chunkRows))
  const asked: string[] = []
  return {
    asked,
    features,
    rows,
    async pass({ numbers, ...head }: Pass): Promise<Found[]> {
      asked.push(head.ask)
      const wire = packNumbers(numbers)
      const found: Found[] = []
      for (let w = workers - 1; w >= 0; w--) {
        const worker = await spreadWorker({ ...JSON.parse(JSON.stringify(head)), numbers: unpackNumbers(wire) }, js())
        for (const index of chunks.filter((_, i) => i % workers === w)) {
          const from = index * chunkRows
          const count = Math.min(chunkRows, rows - from)
          const part = Float64Array.from(data.subarray(from * features.length, (from + count) * features.length))
          await worker.add({ index, rows: count, data: part })
        }
        for (const node of worker.done()) found.push({ ...node, value: unpackNumbers(packNumbers(node.value)) })
        worker.close()
      }
      return found
    },
  }
}

/** A store in memory. */
async function storeOf(rows: number, columns: number, chunkRows: number): Promise<RowsStore> {
  const all = matrix(rows, columns)
  let at = 0
  return {
    async put({ matrix: part }) {
      if (!('data' in part)) throw new TypeError('dense rows')
      all.data.set(part.data, at)
      at += part.data.length
    },
    done: async () => ({
      rows,
      columns,
      pick: (chosen) => chooseRows(all, chosen),
      async *parts() {
        for (let from = 0; from < rows; from += chunkRows)
          yield { matrix: rowsOf(all, from, Math.min(rows, from + chunkRows)) }
      },
    }),
  }
}

const stored = (samples: Samples) => ({
  ...samples,
  async *parts() {
    // Parts that have nothing to do with chunks.
    for (let from = 0; from < samples.rows; from += 777) {
      const to = Math.min(samples.rows, from + 777)
      yield { rows: to - from, data: samples.data.slice(from * WIDTH, to * WIDTH) }
    }
  },
})

const fail = (issues: unknown): never => {
  throw new Error(JSON.stringify(issues))
}

async function somOf(planned: Plan | StoredPlan | SpreadPlan): Promise<Som> {
  const epochs = trainEpochs(planned)
  let next = await epochs.next()
  while (!next.done) next = await epochs.next()
  return next.value
}

const lattice = { rows: 2, columns: 3 }

describe('a map of rows that workers hold is that of one process which reads them from disk, to the bit', () => {
  const samples = drawn(5200)
  it.each<[string, Omit<TrainOptions, 'samples'>]>([
    ['by default', { lattice }],
    ['from drawn rows', { lattice, initial: 'sampled', seed: 4, preprocessing: { f1: 'log', f3: 'min-max' } }],
    ['from rows far apart, until it no longer moves', { initial: 'k-means++', stop: { tolerance: 0.01 }, lattice }],
    ['from a range, by another metric', { lattice, initial: 'random', metric: 'manhattan', preprocessing: 'none' }],
  ])('%s', async (_, options) => {
    const given = { epochs: 2, ...options }
    const one = await somOf((await planStored({ ...given, samples: stored(samples) }, storeOf)).unwrapOrElse(fail))
    expect(one.training.leftOut.length).toBe(given.preprocessing === 'none' ? 0 : 1)
    const many = (await planSpread({ ...given, samples: spreadOf(samples, 2) })).unwrapOrElse(fail)
    expect(await somOf(many)).toEqual(one)
  })

  it('in memory too, where all rows are one chunk', async () => {
    const few = drawn(300, 20)
    const given = { epochs: 4, featureWeights: { f1: 3 } }
    const one = await somOf(plan({ ...given, samples: few }).unwrapOrElse(fail))
    expect(await somOf((await planSpread({ ...given, samples: spreadOf(few, 2) })).unwrapOrElse(fail))).toEqual(one)
  })
})

it('a run that was cut short resumes with workers, to the map of the unbroken one', async () => {
  const samples = drawn(2100)
  const options = { epochs: 3, lattice }
  const whole = (await planSpread({ ...options, samples: spreadOf(samples, 2) })).unwrapOrElse(fail)
  const epochs = trainEpochs(whole)
  const second = [await epochs.next(), await epochs.next()][1]
  const cut = second.done ? second.value : await second.value.snapshot()
  const resumed = await planSpread({ resume: cut, samples: spreadOf(samples, 3) })
  expect(await somOf(resumed.unwrapOrElse(fail))).toEqual(await somOf(whole))
  const others = await planSpread({ resume: cut, samples: spreadOf(drawn(2099), 3) })
  expect(JSON.stringify(others.isErr && others.error)).toContain('rows')
})

it('an epoch is one pass, and what is decided before takes five', async () => {
  const samples = spreadOf(drawn(300, 20), 2)
  await somOf((await planSpread({ epochs: 3, samples })).unwrapOrElse(fail))
  expect(samples.asked).toEqual(['fit', 'fit', 'keep', 'rows', 'sums', 'sums', 'sums', 'tally'])
})

it('what workers cannot do is refused before any pass, all at once', async () => {
  const samples = spreadOf(drawn(30, 3), 2)
  const planned = await planSpread({
    samples,
    rule: 'online',
    preprocessing: { f1: 'robust' },
    metric: { name: 'own', distance: () => 0 },
    layers: [{ name: 'all', features: ['f0', 'f1', 'f2'] }],
  })
  expect(planned.isErr && planned.error.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['rule', 'metric', 'layers', 'preprocessing']),
  )
  expect(samples.asked).toEqual([])
  expect(checkSpreadOptions({ samples, rule: 'online' }).map(({ path }) => path)).toEqual(['rule'])
  expect(checkSpreadOptions({ samples, epochs: 3 })).toEqual([])
})

it('a worker names the row, of all rows, that cannot be used', async () => {
  const samples = drawn(2500)
  samples.data[2321 * WIDTH + 1] = Number.POSITIVE_INFINITY
  await expect(planSpread({ samples: spreadOf(samples, 2) })).rejects.toThrow('f1: row 2322: expected a finite number')
  const below = drawn(2500)
  below.data[2321 * WIDTH + 1] = -2
  const planned = planSpread({ samples: spreadOf(below, 2), preprocessing: { f1: 'log' } })
  await expect(planned).rejects.toThrow('f1: log: row 2322')
})
