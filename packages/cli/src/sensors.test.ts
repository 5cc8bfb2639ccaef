import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { som } from '../test/harness.ts'

const example = fileURLToPath(new URL('../../../examples/sensors/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'som-sensors-'))
afterAll(() => rmSync(folder, { recursive: true }))
const readme = readFileSync(join(example, 'README.md'), 'utf8')

let summary: string
let alarms: string[]

/** A command as the example shows it, with its files in place. */
async function shown(start: string): Promise<string> {
  const line = readme.split('\n').find((text) => text.startsWith(start)) ?? ''
  const words = line.split(' ').slice(1)
  const placed = words.map((word) =>
    /\.csv$/.test(word) ? join(example, word) : /\.(som|ndjson)$/.test(word) ? join(folder, word) : word,
  )
  const { code, out, err } = await som(...placed)
  expect([code, err]).toEqual([0, ''])
  return out
}

beforeAll(async () => {
  await shown('som watch normal.csv')
  summary = await shown('som watch flow.som')
  const lines = readFileSync(join(folder, 'verdicts.ndjson'), 'utf8').trim().split('\n')
  alarms = lines
    .map((line) => JSON.parse(line))
    .flatMap(({ level, time }) => (level === 'alarm' ? [time.slice(0, 13)] : []))
})

test('the example says what is found', () => {
  expect(readme).toContain(summary.split('\n')[0])
})

test.each([
  ['first breakdown', '2022-03-24T08', '2022-03-25T14', 30],
  ['second breakdown', '2022-03-29T07', '2022-03-30T02', 19],
  ['pumping', '2022-04-03T05', '2022-04-03T11', 7],
  ['third breakdown', '2022-04-27T15', '2022-04-28T13', 23],
])('the %s is an alarm hour by hour', (_, from, to, hours) => {
  expect(alarms.filter((hour) => hour >= from && hour <= to).length).toBeGreaterThanOrEqual(hours - 1)
})

test('the hours that it learnt from raise next to no alarm', () => {
  expect(alarms.filter((hour) => hour >= '2022-04-04' && hour < '2022-04-24').length).toBeLessThanOrEqual(5)
})
