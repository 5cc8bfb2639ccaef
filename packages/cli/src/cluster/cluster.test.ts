import { expect, test } from 'vitest'
import { som } from '../../test/harness.ts'
import { mappedRows } from '../../test/mapped-rows.ts'

const at = mappedRows()

test('proposes a number, keeps the clusters in the map, and som match then names them', async () => {
  const proposed = await som('cluster', at('map.som'))
  expect(proposed.out).toMatch(/\* 3 /)
  expect(proposed.out).toContain('nothing was written')
  const named = await som('cluster', at('map.som'), '--names', 'small,"middle, really",large', '-o', at('named.som'))
  expect(named.code).toBe(0)
  const { out } = await som('match', at('named.som'), at('rows.csv'))
  expect(out.split('\n')[0]).toMatch(/second_unit,cluster,cluster_name,p_value$/)
  expect(out).toContain(',"middle, really",')
})

test('numbers clusters from 1, the one with the most rows first, and som match gives the same numbers', async () => {
  const { out } = await som('cluster', at('map.som'), '-k', '3', '-o', at('numbered.som'))
  const listed = [...out.matchAll(/^(cluster \d) +\d+ units, (\d+) training rows$/gm)]
  expect(listed.map(([, name]) => name)).toEqual(['cluster 1', 'cluster 2', 'cluster 3'])
  const rows = listed.map(([, , count]) => Number(count))
  expect(rows).toEqual(rows.toSorted((a, b) => b - a))
  const json = JSON.parse((await som('cluster', at('map.som'), '-k', '3', '--json')).out)
  expect(json.clusters.map(({ number }: { number: number }) => number)).toEqual([1, 2, 3])
  const [header, ...lines] = (await som('match', at('numbered.som'), at('rows.csv'))).out.trim().split('\n')
  const columns = header.split(',')
  // Cells of the table hold commas; those that matching adds come last.
  const fromEnd = (name: string): number => columns.indexOf(name) - columns.length
  const matched = lines.map((line) => line.split(','))
  const numbers = matched.map((cells) => cells.at(fromEnd('cluster')))
  expect(['1', '2', '3'].map((number) => numbers.filter((of) => of === number).length)).toEqual(rows)
  for (const cells of matched)
    expect(cells.at(fromEnd('cluster'))).toBe(String(json.units[Number(cells.at(fromEnd('unit')))]))
})

test('refuses names that are not as many, and more clusters than units', async () => {
  const misnamed = await som('cluster', at('map.som'), '-k', '3', '--names', 'a,b')
  expect([misnamed.code, misnamed.err]).toEqual([1, 'error: --names: expected 3 names, found 2\n'])
  const { code, err } = await som('cluster', at('map.som'), '-k', '31')
  expect(code).toBe(1)
  expect(err).toMatch(/^error: --count: expected an integer from 1 to (1\d|2\d), found 31\n$/)
})
