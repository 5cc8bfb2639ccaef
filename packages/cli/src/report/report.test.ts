import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { som } from '../../test/harness.ts'
import { mappedRows } from '../../test/mapped-rows.ts'

const at = mappedRows()

test('writes a page beside the map, with clusters of its own where the map has none', async () => {
  const { code, out } = await som('report', at('map.som'), at('rows.csv'), '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ output: at('map.html'), rows: 60 })
  expect(readFileSync(at('map.html'), 'utf8')).toContain('what sets it apart')
})

test('leaves nothing behind where a feature is missing in the table', async () => {
  writeFileSync(at('short.csv'), 'length\n1\n')
  const { code, err } = await som('report', at('map.som'), at('short.csv'), '-o', at('none.html'))
  expect(code).toBe(1)
  expect(err).toContain('width')
  expect(existsSync(at('none.html'))).toBe(false)
})

test('shows rows on a plane where the map has one, in the colours of their classes or clusters', async () => {
  const bare = await som('report', at('map.som'), at('rows.csv'), '-o', at('bare.html'))
  expect([bare.code, readFileSync(at('bare.html'), 'utf8').includes('Rows on a plane')]).toEqual([0, false])
  await som('embed', at('map.som'), at('rows.csv'), '--keep', at('plane.som'), '-o', at('places.csv'))
  await som('report', at('plane.som'), at('rows.csv'), '-o', at('plane.html'))
  const page = readFileSync(at('plane.html'), 'utf8')
  const [, shown] = page.split('<h2>Rows on a plane</h2>')
  expect(shown.slice(0, shown.indexOf('</svg>'))).toContain('cluster 1')
})
