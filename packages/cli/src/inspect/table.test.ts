import { copyFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { som } from '../../test/harness.ts'
import { mappedRows } from '../../test/mapped-rows.ts'

const at = mappedRows()
const penguins = fileURLToPath(new URL('../../../../examples/penguins/penguins.csv', import.meta.url))

test('the columns of a table are shown, with what som train makes of each', async () => {
  const { code, out } = await som('inspect', penguins, '--json')
  expect(code).toBe(0)
  const { file, rows, columns } = JSON.parse(out)
  expect([file, rows, columns.length]).toEqual([penguins, 344, 7])
  const mean = expect.closeTo(17.151, 3)
  expect(columns[3]).toEqual({ name: 'bill_depth_mm', kind: 'number', missing: 2, use: 'feature', least: 13.1, mean, largest: 21.5 }) // biome-ignore format: a row
  const use = 'text (row 1 has "MALE")'
  expect(columns[6]).toEqual({ name: 'sex', kind: 'text', missing: 11, use, levels: ['FEMALE', 'MALE'], hasMore: false }) // biome-ignore format: a row
  const text = await som('inspect', penguins)
  expect(text.out).toMatch(/^344 rows, 7 columns; som train uses 4 of them by default\n/)
  expect(text.out).toMatch(/\ntext can be a feature too: --categories species,island,sex\n$/)
})

test('a column without a value, a time and a text of many levels are told apart', async () => {
  const rows = Array.from({ length: 20 }, (_, i) => `,2026-01-${String(i + 1).padStart(2, '0')},t${i}`)
  writeFileSync(at('kinds.csv'), `none,day,word\n${rows.join('\n')}\n`)
  const { out } = await som('inspect', at('kinds.csv'))
  expect(out.split('\n').slice(3, 6)).toEqual([
    expect.stringMatching(/^ {2}none +empty +20 +every cell is missing$/),
    expect.stringMatching(/^ {2}day +time +0 +2026-01-01 to 2026-01-20 +dates or times/),
    expect.stringMatching(/^ {2}word +text +0 +t0, t1, t10, t11, … +text/),
  ])
  // A text of more levels than are listed is not proposed as a category.
  expect(out).not.toContain('--categories')
})

test('what is not a table is a message, and flags of tables are not for maps', async () => {
  const { code, err } = await som('inspect', at('none.csv'))
  expect([code, err]).toEqual([1, `error: ${at('none.csv')}: no such file; check the path\n`])
  const map = await som('inspect', at('map.som'), '--decimal', ',')
  expect([map.code, map.err]).toEqual([2, `error: --decimal: is for tables, and ${at('map.som')} is a map\n`])
})

test('a map is known by what is in it, whatever it is called', async () => {
  copyFileSync(at('map.som'), at('checkpoint'))
  const { code, out } = await som('inspect', at('checkpoint'))
  expect([code, out]).toEqual([0, expect.stringMatching(/^map +5 x 6 units/)])
})
