import { expect, it } from 'vitest'
import { merged, renamed, split } from './clusters.ts'

const clusters = { method: 'ward', count: 3, of: Int32Array.of(0, 0, 1, 2, -1), names: ['a', 'b', 'c'], seed: 1 }

it('joins a cluster into another, and leaves no gap in their places', () => {
  const found = merged(clusters, 0, 2)
  expect(found).toMatchObject({ count: 2, names: ['b', 'c'] })
  expect([...found.of]).toEqual([1, 1, 0, 1, -1])
})

it('makes units a cluster, also those that were in none, and drops one that has no unit left', () => {
  const found = split(clusters, new Set([2, 4]), 'a')
  expect(found).toMatchObject({ count: 3, names: ['a', 'c', 'a 2'] })
  expect([...found.of]).toEqual([0, 0, 2, 1, 2])
})

it('a name that is taken gets a number, and an empty one gives the usual name back', () => {
  expect(renamed(clusters, 1, ' a ').names).toEqual(['a', 'a 2', 'c'])
  expect(renamed(clusters, 1, '').names).toEqual(['a', 'cluster 2', 'c'])
})

it('a row that either of two joined clusters reaches stays in', () => {
  expect(merged({ ...clusters, reach: [3, 1, 2] }, 0, 1).reach).toEqual([3, 2])
  expect(split({ ...clusters, reach: [3, 1, 2] }, new Set([0]), 'd').reach).toEqual([3, 1, 2, 3])
})
