import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { som } from '../test/harness.ts'

const example = fileURLToPath(new URL('../../../examples/segments/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'som-customers-'))
afterAll(() => rmSync(folder, { recursive: true }))
const readme = readFileSync(join(example, 'README.md'), 'utf8')
const blocks = [...readme.matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(([, language, text]) =>
  language === '' ? [text] : [],
)

/** A command as the example shows it, with its files in place, and more flags. */
async function shown(start: string, ...flags: string[]): Promise<string> {
  const line = readme.split('\n').find((text) => text.startsWith(start)) ?? ''
  const placed = line
    .split(' ')
    .slice(1)
    .map((word) =>
      word === 'customers.csv' ? join(example, word) : /\.(som|csv|html|svg)$/.test(word) ? join(folder, word) : word,
    )
  const { code, out, err } = await som(...placed, ...flags)
  expect([code, err]).toEqual([0, ''])
  return out
}

test('the example says what is found, line by line', async () => {
  const out = await shown('som segment customers.csv')
  const lines = new Set(out.split('\n'))
  expect(
    blocks.flatMap((block) =>
      block
        .trimEnd()
        .split('\n')
        .filter((line) => !lines.has(line)),
    ),
  ).toEqual([])
})

test('every customer gets a segment back', async () => {
  await shown('som segment customers.som')
  const rows = readFileSync(join(folder, 'assigned.csv'), 'utf8').trim().split('\n').slice(1)
  const late = rows.filter((row) => row.includes('late last and high orders')).length
  expect([rows.length, late]).toEqual([2357, 865])
})

test('the picture is the one that is drawn', async () => {
  await shown('som plot clusters')
  expect(readFileSync(join(folder, 'segments.svg'), 'utf8')).toBe(readFileSync(join(example, 'segments.svg'), 'utf8'))
})

test('four segments are what the example says of them', async () => {
  const args = ['--exclude', 'first', '--times', 'last=number', '--segments', '4', '--json']
  const { out } = await som('segment', join(example, 'customers.csv'), ...args, '-o', join(folder, 'four.som'))
  const means = JSON.parse(out).segments.map(({ stability }: { stability: { mean: number } }) =>
    stability.mean.toFixed(2),
  )
  expect(means).toEqual(['0.54', '0.56', '0.64', '0.64'])
})
