import { expect, test } from 'vitest'
import { ahead } from './ahead.ts'
import type { PresentRow } from './case.ts'

const row = (name: string, kind: PresentRow['kind'], median: number, more: Partial<PresentRow> = {}): PresentRow => ({
  name,
  kind,
  licence: 'MIT',
  seconds: { median, least: median, most: median, count: 3 },
  share: 1,
  peakBytes: 2 ** 26,
  versions: {},
  note: '',
  reused: false,
  ...more,
})
const told = (...rows: PresentRow[]) => ahead({ name: 'c', title: '', setting: '', rows, findings: [], targets: [] })
const reference = { agreement: { verdict: 'reference' } } as const
const quality = (quantizationError: number, topographicError = 0.5) => ({
  quality: { quantizationError, topographicError, rows: 1 },
})

test('a peer is ahead by its time, its errors and its memory, and by nothing that is rounding', () => {
  const ours = row('native', 'ours', 2, { ...reference, ...quality(1) })
  expect(told(ours, row('peer', 'package', 1, quality(0.9, 0.4)))).toEqual([
    'c, peer, beside native: 1.00 s beside 2.00 s; quantization error 0.9000 beside 1.0000; topographic error 0.400 beside 0.500',
  ])
  expect(told(ours, row('peer', 'package', 3, { ...quality(0.9999, 0.495), peakBytes: 2 ** 25 }))).toEqual([
    'c, peer, beside native: peak memory 32 MB beside 64 MB',
  ])
  expect(told(ours, row('peer', 'package', 3, quality(1)))).toEqual([])
})

test('another of ours that is not behind is reported, and so is a map that is worse', () => {
  const ours = [row('native', 'ours', 2, reference), row('native, batch', 'ours', 0.5)]
  expect(told(...ours, row('peer', 'package', 1, { agreement: { verdict: 'worse', difference: 1 } }))).toEqual([
    'c, peer, whose map is worse, beside native: 1.00 s beside 2.00 s (native, batch: 0.500 s)',
  ])
})

test('where a case compares several works, a peer stands beside ours of the same work', () => {
  const rows = [row('native', 'ours', 1, reference), row('peer', 'package', 4)]
  const larger = [row('native', 'ours', 5, reference), row('peer', 'package', 6)]
  expect(told(...rows, ...larger)).toEqual([])
})
