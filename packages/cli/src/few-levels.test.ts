import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { som } from '../test/harness.ts'

const penguins = fileURLToPath(new URL('../../../examples/penguins/penguins.csv', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'som-levels-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)
const quick = ['--size', '3x3', '--epochs', '1']
const train = (table: string, ...words: string[]) => som('train', table, '-o', at('map.som'), ...quick, ...words)

test('som train answers columns of text that it leaves out with the option that takes them, which then does', async () => {
  const { out } = await train(penguins, '--label', 'species')
  expect(out).toMatch(/^note +text can be a feature too: --categories island,sex$/m)
  const { out: taken } = await train(penguins, '--label', 'species', '--categories', 'island,sex')
  expect(taken).toContain('island=Dream')
  expect(taken).not.toContain('--categories')
})

test('so it does within a given memory, and as JSON', async () => {
  const { out } = await train(penguins, '--memory', '1GiB', '--json')
  expect(JSON.parse(out).notes).toEqual(['text can be a feature too: --categories species,island,sex'])
})

test('som watch and som tune do as well', async () => {
  const watched = await som('watch', penguins, '-o', at('normal.som'), ...quick)
  expect(watched.err).toContain('--categories species,island,sex')
  const tuned = await som('tune', penguins, '--trials', '1', '--size', '3x3')
  expect(tuned.err).toContain('--categories species,island,sex')
  const again = await som('tune', penguins, '--trials', '1', '--size', '3x3', '--categories', 'species,island,sex')
  expect(again.err).toBe('')
  expect(again.out).toContain('--categories species,island,sex')
})

test('text that is different in every row, or that has one level, is not offered', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `name ${i},same,"${i % 2 ? 'a, b' : 'c'}",${i % 7},${i}`)
  writeFileSync(at('rows.csv'), `name,same,"one, two",x,y\n${rows.join('\n')}\n`)
  const { out } = await train(at('rows.csv'))
  expect(out).toMatch(/^note +text can be a feature too: --categories '"one, two"'$/m)
  expect((await train(at('rows.csv'), '--categories', '"one, two"')).out).toContain('one, two=a, b')
})

test('a table of nothing but text says what would do', async () => {
  writeFileSync(at('text.csv'), 'a,b\nx,y\nz,w\n')
  const { code, err } = await train(at('text.csv'))
  expect(code).toBe(1)
  expect(err).toContain('name columns of text as categories to use them')
})
