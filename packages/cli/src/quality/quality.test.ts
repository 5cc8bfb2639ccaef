import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { som } from '../../test/harness.ts'
import { mappedRows } from '../../test/mapped-rows.ts'

const at = mappedRows()

test('says each figure, how it was measured, and which way is better', async () => {
  const { code, out, err } = await som('quality', at('map.som'), at('rows.csv'), '--label', 'kind')
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/^60 rows\n/)
  expect(out).toMatch(/topographic error +\S+ +lower is better; 8 neighbours\n/)
  expect(out).toMatch(/purity +1 +higher is better; units against labels\n/)
})

test('gives everything as JSON, to a file too', async () => {
  const { out } = await som('quality', at('map.som'), at('rows.csv'), '--json', '-o', at('quality.json'))
  expect(readFileSync(at('quality.json'), 'utf8')).toBe(out)
  const found = JSON.parse(out)
  expect(found.units.hits.reduce((sum: number, n: number) => sum + n, 0)).toBe(60)
  expect(found.measures[0]).toMatchObject({ name: 'quantizationError', convention: 'mean distance', interval: null })
})

test('refuses what cannot be, by the name of the flag', async () => {
  const usage = await som('quality', at('map.som'), at('rows.csv'), '--space', 'plane', '--nearest', '0')
  expect(usage.code).toBe(2)
  expect(usage.err.split('\n')).toHaveLength(3)
  const { code, err } = await som('quality', at('map.som'), at('rows.csv'), '--neighbours', '6')
  expect([code, err]).toEqual([
    1,
    'note: columns that are not features of the map: kind\nerror: --neighbours: expected 4 or 8 on a rectangular lattice, found 6\n',
  ])
})
