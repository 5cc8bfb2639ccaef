import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Metric } from '../../map/distance.ts'
import { squaredLatticeDistance } from '../../map/lattice.ts'
import { orThrow } from '../../or-throw.ts'
import type { TrainOptions } from '../../plan/options.ts'
import { random } from '../../random.ts'
import { matrix } from '../../rows/matrix.ts'
import { samplesOf } from '../../rows/samples.ts'
import { train } from '../../train/train.ts'
import { match } from '../match.ts'
import { type Quality, quality } from './quality.ts'
import { rankPreservation } from './rank-preservation.ts'

type Pairs = (i: number, j: number) => number

/** Both are sums of the same numbers in another order. */
const ROUNDING = 12

/**
 * Trustworthiness of Venna and Kaski, written from their formula: objects that are among the k nearest on the map and
 * not in the data cost their rank in the data less k. Where objects tie, every order among them is as likely: a place
 * is then a mean, and being among the nearest a share.
 */
function plainTrustworthiness(count: number, inData: Pairs, onMap: Pairs, k: number): number {
  let cost = 0
  for (let i = 0; i < count; i++) {
    const others = Array.from({ length: count }, (_, j) => j).filter((j) => j !== i)
    const [data, map] = [inData, onMap].map((of) => others.map((j) => of(i, j)))
    others.forEach((_, j) => {
      const nearer = map.filter((d) => d < map[j]).length
      const share = Math.min(1, Math.max(0, (k - nearer) / map.filter((d) => d === map[j]).length))
      const before = data.filter((d) => d < data[j]).length
      const places = data.filter((d) => d === data[j]).map((_, at) => before + at + 1)
      cost += share * (places.reduce((sum, place) => sum + Math.max(0, place - k), 0) / places.length)
    })
  }
  return 1 - (2 / (count * k * (2 * count - 3 * k - 1))) * cost
}

const shared = (a: readonly number[], b: readonly number[]): number[] =>
  [...a.keys()].filter((f) => !Number.isNaN(a[f]) && !Number.isNaN(b[f]))

/** Over the features that both rows have; rows without one are farther than all others. */
const plainDistances: Record<string, (a: readonly number[], b: readonly number[]) => number> = {
  euclidean: (a, b) => Math.sqrt(shared(a, b).reduce((sum, f) => sum + (a[f] - b[f]) ** 2, 0)),
  cosine(a, b) {
    const features = shared(a, b)
    const norm = (row: readonly number[]): number => Math.sqrt(features.reduce((sum, f) => sum + row[f] ** 2, 0))
    return 1 - features.reduce((sum, f) => sum + a[f] * b[f], 0) / (norm(a) * norm(b))
  },
}

const plainBetween =
  (rows: readonly (readonly number[])[], metric: string): Pairs =>
  (i, j) =>
    shared(rows[i], rows[j]).length === 0 ? Number.MAX_VALUE : plainDistances[metric](rows[i], rows[j])

const figureOf = ({ measures }: Quality, name: string): number =>
  measures.find((measure) => measure.name === name)?.value ?? Number.NaN

/** Trustworthiness and continuity as `quality` gives them, and by the plain twin. */
async function both(rows: readonly (readonly number[])[], options: Omit<TrainOptions, 'samples'>) {
  const samples = samplesOf(rows)
  const som = orThrow(await train({ ...options, samples, preprocessing: 'none' }))
  const given = orThrow(await quality(som, samples))
  const { unit } = orThrow(await match(som, samples))
  const inData = plainBetween(rows, String(som.metric))
  const onMap: Pairs = (i, j) => squaredLatticeDistance(som.lattice, unit[i], unit[j])
  const ours = [figureOf(given, 'trustworthiness'), figureOf(given, 'continuity')]
  const plain = [
    plainTrustworthiness(rows.length, inData, onMap, 10),
    plainTrustworthiness(rows.length, onMap, inData, 10),
  ]
  return { som, onMap, ours, plain }
}

/** Rows of a few directions and any length, of which some values are missing. */
function directions(count: number, columns: number, missing: number, seed: number): number[][] {
  const draw = random(seed, 'directions')
  const centres = Array.from({ length: 4 }, () => Array.from({ length: columns }, () => draw() - 0.5))
  return Array.from({ length: count }, (_, i) => {
    const length = 1 + 9 * draw()
    const row = centres[i % 4].map((x) => length * (x + 0.2 * (draw() - 0.5)))
    return row.map((x) => (draw() < missing ? Number.NaN : x))
  })
}

it('trustworthiness by cosine skips missing values in both rows, as a plain twin does', async () => {
  const rows = directions(80, 6, 0.3, 3)
  const { ours, plain, onMap } = await both(rows, { metric: 'cosine', lattice: { rows: 5, columns: 6 } })
  expect(ours[0]).toBeCloseTo(plain[0], ROUNDING)
  expect(ours[1]).toBeCloseTo(plain[1], ROUNDING)
  // What comes of skipping them in one row alone: a sum that is not a number, of all pairs of which the other row lacks
  // a value.
  const lopsided: Pairs = (i, j) =>
    shared(rows[i], rows[i]).every((f) => !Number.isNaN(rows[j][f]))
      ? plainDistances.cosine(rows[i], rows[j])
      : Number.MAX_VALUE
  expect(plain[0] - rankPreservation(rows.length, lopsided, onMap, 10).trustworthiness).toBeGreaterThan(0.1)
})

it('rank measures are those of a plain twin, whatever is missing, pairs without a shared feature among them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1000 }),
      fc.double({ min: 0, max: 0.7, noNaN: true }),
      fc.constantFrom<Metric & string>('euclidean', 'cosine'),
      async (seed, missing, metric) => {
        // Rows without a value are not measured. Cosines of rows that share one value are 1 or -1 except for rounding,
        // which parts what ties.
        const least = metric === 'cosine' ? 4 : 1
        const rows = directions(40, 4, missing, seed).filter((row) => shared(row, row).length >= least)
        if (rows.length < 25) return
        const { ours, plain } = await both(rows, { metric, lattice: { rows: 3, columns: 4 }, epochs: 3 })
        ours.forEach((value, at) => {
          expect(value).toBeCloseTo(plain[at], ROUNDING)
        })
      },
    ),
    { numRuns: 15 },
  )
})

it('rank measures of Iris are those of a plain twin on its decimals, and not those of 32 bits', async () => {
  const text = readFileSync(new URL('../../../fixtures/iris.csv', import.meta.url), 'utf8')
  const lines = text.trim().split('\n').slice(1)
  const rows = lines.map((line) => line.split(',').slice(0, 4).map(Number))
  const { som, ours, plain } = await both(rows, { lattice: { rows: 6, columns: 10 } })
  ours.forEach((value, at) => {
    expect(value).toBeCloseTo(plain[at], ROUNDING)
  })
  const rounded = orThrow(await quality(som, matrix(150, 4, Float32Array.from(rows.flat()))))
  expect(Math.abs(figureOf(rounded, 'continuity') - ours[1])).toBeGreaterThan(1e-4)
})
