import { expect, test } from 'vitest'
import { leastSeconds, limitsIn } from './limits.ts'
import type { Workload } from './workload.ts'

const lines = [
  'avx512, 2 threads',
  'fused multiply-adds: 200.0 GFLOP/s',
  'memory read: 10.0 GB/s',
  'memory read and written (a = b + s c): 12.5 GB/s',
]
const limits = { arithmetic: 200, read: 10, triad: 12.5 }
const work: Workload = {
  kind: 'batch',
  rows: 1000,
  features: 10,
  mapRows: 10,
  mapColumns: 20,
  threads: 2,
  repeats: 1,
  wholeProcess: false,
  updates: 5000,
  firstRadius: 5,
  lastRadius: 1,
  firstRate: 1,
  lastRate: 1,
  part: 0,
  enough: 0,
  files: { codebook: '' },
}

test('the limits are those that the probe prints', () => {
  expect(limitsIn(lines)).toEqual(limits)
})

test('without a probe the reason is reported', () => {
  expect(limitsIn(['not probed: cargo was not found'])).toEqual({ absent: 'not probed: cargo was not found' })
})

test('five epochs are bound by two operations for each sample, unit and feature', () => {
  expect(leastSeconds(work, limits)).toBeCloseTo((2 * 200 * 10 * 5000) / 200e9, 12)
})

test('a small map is bound by reading the samples', () => {
  expect(leastSeconds({ ...work, mapRows: 1, mapColumns: 2 }, limits)).toBeCloseTo((4 * 10 * 5000) / 10e9, 12)
})

test('online training of a map that no cache holds is bound by reading and writing it', () => {
  const large = { ...work, kind: 'online', mapRows: 2000, mapColumns: 2000, features: 3 } as const
  expect(leastSeconds(large, limits)).toBeCloseTo((2 * 4 * 4e6 * 3 * 5000) / 12.5e9 + (4 * 3 * 5000) / 10e9, 6)
})
