import { expect, test } from 'vitest'
import type { CaseResult, PresentRow } from './case.ts'
import { cellsOf, markdownOf } from './table.ts'

const row = (name: string, kind: PresentRow['kind'], median: number): PresentRow => ({
  name,
  kind,
  licence: 'MIT',
  seconds: { median, least: median, most: median, count: 1 },
  share: 1,
  peakBytes: 2 ** 20,
  versions: {},
  note: '',
  reused: false,
})
const result: CaseResult = { name: 'c', title: 'A case', setting: 'small', rows: [], findings: [], targets: [] }
const timesOurs = (rows: CaseResult['rows']): string[] => cellsOf({ ...result, rows }).map((cells) => cells[3])

test('times are beside the first of ours, wherever it stands', () => {
  const rows = [row('peer', 'package', 3), row('native', 'ours', 1), row('js', 'ours', 2)]
  expect(timesOurs(rows)).toEqual(['times ours', '3.00', '1.00', '2.00'])
})

test('where several works are compared, times are beside ours of the same work', () => {
  const reference = (median: number): PresentRow => ({
    ...row('native', 'ours', median),
    agreement: { verdict: 'reference' },
  })
  const rows = [reference(1), row('peer', 'package', 4), reference(2), row('peer', 'package', 4)]
  expect(timesOurs(rows)).toEqual(['times ours', '1.00', '4.00', '1.00', '2.00'])
})

test('numbers have three digits, large ones as well', () => {
  const [, , slow] = cellsOf({ ...result, rows: [row('native', 'ours', 1.234), row('peer', 'package', 191_471)] })
  expect([slow[1], slow[3]]).toEqual(['191000', '155000'])
})

test('curves are reported by size in place of their many rows', () => {
  const points = [1, 2].map((x) => ({ x: x * 100, seconds: { median: x / 1000, least: 0, most: 1, count: 3 } }))
  const text = markdownOf({ ...result, curves: [{ axis: 'rows', contender: 'native', points }] })
  expect(text).toContain('100: 1.00, 200: 2.00')
})
