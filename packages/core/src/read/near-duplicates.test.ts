import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { samplesOf } from '../rows/samples.ts'
import type { Som } from '../som.ts'
import { train } from '../train/train.ts'
import { nearDuplicates } from './near-duplicates.ts'

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}

const NONE = 'none' as const
const base = Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(3 * i), i % 7])
const mapOf = async (rows: number[][]): Promise<Som> =>
  (
    await train({ samples: samplesOf(rows), seed: 1, preprocessing: NONE, lattice: { rows: 3, columns: 3 } })
  ).unwrapOrElse(fail)
const som = mapOf(base)
const found = async (rows: number[][], within?: number) =>
  (await nearDuplicates(await som, samplesOf(rows), within === undefined ? {} : { within })).unwrapOrElse(fail)

it('groups equal rows and near ones, and says how near', async () => {
  const rows = [...base, base[3], base[5].map((x) => x + 0.0001)]
  const { first, distance, within } = await found(rows)
  expect(within).toBeGreaterThan(0.001)
  expect([first[3], first[60], first[5], first[61]]).toEqual([3, 3, 5, 5])
  expect([distance[3], distance[60]]).toEqual([0, 0])
  expect(distance[61]).toBeCloseTo(Math.sqrt(3) * 0.0001, 6)
  expect(first.filter((of) => of >= 0).length).toBe(4)
})

test('rows in a chain are one group, of its first row', async () => {
  const { first } = await found(
    [0, 9, 1, 3, 2].map((x) => [x, 0, 0]),
    1,
  )
  expect([...first]).toEqual([0, -1, 0, 0, 0])
})

test('rows are compared with those that lack the same values', async () => {
  const gap = Number.NaN
  const rows = [
    [1, gap, 2],
    [1, 0, 2],
    [1, gap, 2],
    [gap, gap, gap],
    [gap, gap, gap],
  ]
  expect([...(await found(rows, 0.5)).first]).toEqual([0, -1, 0, -1, -1])
})

it('finds the groups that all pairs give', async () => {
  const cell = fc.integer({ min: 0, max: 12 })
  const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 90 })
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom(0, 1, 1.5, 3), async (rows, within) => {
      const all = rows.map((row) => [...row])
      const first = rows.map((_, i) => i)
      const near = (a: number, b: number): boolean => Math.hypot(...all[a].map((x, f) => x - all[b][f])) <= within
      for (let changed = true; changed; ) {
        changed = false
        for (const a of first.keys())
          for (const b of first.keys()) if (first[b] < first[a] && near(a, b)) [first[a], changed] = [first[b], true]
      }
      const alone = first.map((_, a) => !first.some((_, b) => a !== b && near(a, b)))
      const { first: ours } = await found(all, within)
      expect([...ours]).toEqual(first.map((of, row) => (alone[row] ? -1 : of)))
    }),
    { numRuns: 60 },
  )
})

test('wrong options are an issue', async () => {
  const refused = await nearDuplicates(await som, samplesOf(base), { within: -1 })
  expect(refused.isErr && refused.error.map(({ path }) => path)).toEqual(['within'])
})
