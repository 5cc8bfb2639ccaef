import { expect, test } from 'vitest'
import type { PresentRow } from '../case.ts'
import type { Kept } from '../document.ts'
import { readOptions } from '../options.ts'
import { logAxis } from './axes.ts'
import { pageOf } from './page.ts'

const seconds = { median: 0.2, least: 0.1, most: 0.4, count: 3 }
const row: PresentRow = {
  name: 'native',
  kind: 'ours',
  licence: 'MIT',
  seconds,
  share: 1,
  peakBytes: 2 ** 20,
  versions: { '@som/core': '0.0.0' },
  note: '',
  reused: false,
}
const points = [1, 2, 4].map((x) => ({
  x: x * 100,
  seconds: { ...seconds, median: x / 10, least: x / 11, most: x / 9 },
}))
const kept: Kept = {
  machine: {
    processor: 'P',
    cores: 2,
    memory: '1 GiB',
    system: 'L',
    node: 'v20',
    date: '2026-01-01',
    load: 1,
    id: 'a',
  },
  options: readOptions([]),
  limits: { arithmetic: 200, read: 10, triad: 11 },
  result: {
    name: 'drawn-1-1',
    title: 'a & b <c>',
    setting: 'small',
    rows: [
      row,
      { ...row, name: 'peer', kind: 'package', agreement: { verdict: 'worse', difference: 0.2 } },
      { name: 'gone', kind: 'package', absent: 'no wheel for it' },
    ],
    findings: [],
    targets: [],
  },
}

test('the page names nothing that is fetched, and escapes what it is given', () => {
  const page = pageOf([kept])
  expect(page).not.toMatch(/(?:src|href)="(?!#)/)
  expect(page).toContain('a &#38; b &#60;c&#62;')
})

test('a peer that cannot be had is there with its reason, and one whose result differs is hollow', () => {
  const page = pageOf([kept])
  expect(page).toContain('no wheel for it')
  expect(page).toContain('fill="var(--paper)"')
})

test('a time that was scaled up from a part of the work is marked in the plot as in the table', () => {
  const rows = [row, { ...row, name: 'slow', kind: 'package', share: 0.1 } as const]
  expect(pageOf([{ ...kept, result: { ...kept.result, rows } }]).match(/>~0?\.?2/g)).toHaveLength(2)
})

test('costs by rows, units and features are a plot each', () => {
  const curves = (['rows', 'units', 'features'] as const).map((axis) => ({ axis, contender: 'native', points }))
  const page = pageOf([{ ...kept, result: { ...kept.result, curves } }])
  for (const what of ['rows', 'units', 'features']) expect(page).toContain(`Seconds of an epoch by ${what}`)
})

test('ticks are as many round numbers within the axis as can be read', () => {
  expect(logAxis([0.003, 7], 0, 300).ticks).toEqual([0.01, 0.1, 1])
  expect(logAxis([0.003, 7], 0, 400).ticks).toEqual([0.003, 0.01, 0.03, 0.1, 0.3, 1, 3])
  expect(logAxis([250, 2000], 0, 300).ticks).toEqual([500, 1000, 2000])
})

test('an axis that turns down puts the least at its foot', () => {
  const { at } = logAxis([1, 10], 200, 20)
  expect(at(1)).toBeGreaterThan(at(10))
})
