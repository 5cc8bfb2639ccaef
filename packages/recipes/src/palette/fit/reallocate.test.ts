import { js, type Matches, type Matrix, matrix } from '@som/core'
import { expect, it } from 'vitest'
import { reallocate } from './reallocate.ts'
import { settle } from './settle.ts'

/** Two groups of four points each, far apart, the second one wider. */
const points = matrix(8, 1, Float32Array.of(0, 1, 2, 3, 100, 104, 108, 112))
const samples = { points, weights: new Float32Array(8).fill(1) }
/** Three units share the points of the first group; one has all of the second. */
const uneven = matrix(4, 1, Float32Array.of(0, 1.5, 3, 106))

const lattice = { cell: 'rectangular', shape: 'sheet', rows: 1, columns: 4 } as const
const task = { lattice, metric: 'euclidean', kernel: 'gaussian' } as const

/** The points' two best units each. */
async function matched(codebook: Matrix): Promise<Matches> {
  const session = await js().open(task, { matrix: points }, codebook)
  return session.match()
}

it('a unit that is hardly missed goes beside the one of the largest error, which keeps the order', async () => {
  const crowded = matrix(4, 1, Float32Array.of(0, 1, 2.5, 106))
  const moved = reallocate(crowded, samples, await matched(crowded))
  expect(Array.from(moved.data)).toEqual(Array.from(moved.data).toSorted((a, b) => a - b))
  expect(moved.data.filter((x) => x > 20)).toHaveLength(2)
})

it('nothing moves where every unit is needed', async () => {
  const even = matrix(4, 1, Float32Array.of(0.5, 2.5, 102, 110))
  expect(reallocate(even, samples, await matched(even)).data).toEqual(even.data)
})

it('settled units are the means of their samples, two for each group', async () => {
  const settled = await settle(uneven, samples, { task, backend: js(), reallocating: true })
  expect(Array.from(settled.data)).toEqual([0.5, 2.5, 102, 110])
})
