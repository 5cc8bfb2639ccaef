import { readFileSync, writeFileSync } from 'node:fs'
import { LEAST_LINK } from '@som/core'
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

/** Rows of the Fundamental Clustering Problems, whose column `group` is the truth. */
const shape = (name: string): string =>
  readFileSync(new URL(`../../../core/fixtures/clusters/${name}.csv`, import.meta.url), 'utf8')

test('with rows finds groups of any shape, keeps them in the map, and som match then gives each row its own', async () => {
  writeFileSync(at('atom.csv'), shape('Atom'))
  await som('train', at('atom.csv'), '-o', at('atom.som'), '--exclude', 'group')
  const { code, out } = await som('cluster', at('atom.som'), at('atom.csv'), '-o', at('atom.som'))
  expect(code).toBe(0)
  expect(out).toMatch(/^clusters {2}strongest link\n/)
  expect(out).toMatch(/^ +\* 2 +0\.00$/m)
  const [header, ...lines] = (await som('match', at('atom.som'), at('atom.csv'))).out.trim().split('\n')
  const [group, cluster] = ['group', 'cluster'].map((name) => header.split(',').indexOf(name))
  const pairs = new Set(lines.map((line) => [line.split(',')[group], line.split(',')[cluster]].join()))
  expect(pairs.size).toBe(2)
})

test('with rows that are one cloud says that no groups are worth having', async () => {
  const cloud = Array.from({ length: 300 }, (_, i) => `${(i * 0.618034) % 1},${(i * 0.7548777) % 1}`)
  writeFileSync(at('cloud.csv'), `a,b\n${cloud.join('\n')}\n`)
  await som('train', at('cloud.csv'), '-o', at('cloud.som'))
  const { out } = await som('cluster', at('cloud.som'), at('cloud.csv'))
  expect(out).toMatch(/^no groups worth having: the rows are one group\n/)
  expect(out).toMatch(/^ +\* 1$/m)
  const json = JSON.parse((await som('cluster', at('cloud.som'), at('cloud.csv'), '--json')).out)
  expect(json).toMatchObject({ table: at('cloud.csv'), method: 'conductance', count: 1, tried: [] })
  expect(json.links.at(-1).link).toBeGreaterThan(LEAST_LINK)
})

test('conductance and weights need rows', async () => {
  const conductance = await som('cluster', at('map.som'), '--method', 'conductance')
  expect([conductance.code, conductance.err]).toEqual([
    1,
    'error: --method: conductance: looks at rows, and a map alone has none; give rows too, or choose one of ward, contiguous-ward, k-means, consensus, gmm, hdbscan, watershed, u-star\n',
  ])
  const weight = await som('cluster', at('map.som'), '--weight', 'w')
  expect([weight.code, weight.err]).toEqual([
    2,
    'error: --weight: needs rows, found none: som cluster map.som data.csv\n',
  ])
})

test('with --noise far rows are unclustered, in the map, for som match, som segment and pictures', async () => {
  const random = (i: number, f: number): number => (Math.sin(12.9898 * i + 78.233 * f) * 43758.5453) % 1
  const lines = Array.from({ length: 300 }, (_, i) => `${(i % 2) * 12 + random(i, 1)},${random(i, 2)}`)
  const far = ['6,40', '-30,5', '40,-20']
  writeFileSync(at('noisy.csv'), `a,b\n${[...lines, ...far, ','].join('\n')}\n`)
  await som('train', at('noisy.csv'), '-o', at('noisy.som'))
  const { code, out } = await som('cluster', at('noisy.som'), at('noisy.csv'), '--noise', '-o', at('noisy.som'))
  expect([code, out.includes('cluster 2')]).toEqual([0, true])
  const matched = (await som('match', at('noisy.som'), at('noisy.csv'))).out.trim().split('\n')
  const cells = matched.map((line) => line.split(','))
  const column = cells[0].indexOf('cluster')
  expect(cells.slice(301, 304).map((row) => row.slice(column, column + 2))).toEqual(
    far.map(() => ['-1', 'unclustered']),
  )
  expect(cells[304].slice(column, column + 2)).toEqual(['', ''])
  expect(cells.slice(1, 301).filter((row) => row[column] === '-1').length).toBeLessThan(10)
  const assigned = await som('segment', at('noisy.som'), at('noisy.csv'), '-o', at('noisy-out.parquet'))
  expect(assigned.out).toMatch(/^unclustered +\d+ rows$/m)
  await som('match', at('noisy.som'), at('noisy.csv'), '-o', at('noisy-matched.parquet'))
  const again = await som('match', at('noisy.som'), at('noisy-matched.parquet'), '--prefix', 'again_')
  expect(again.out.trim().split('\n')[301].split(',')[column]).toBe('-1')
  const refused = await som('cluster', at('noisy.som'), '--noise')
  expect([refused.code, refused.err]).toEqual([
    2,
    'error: --noise: needs rows, found none: som cluster map.som data.csv\n',
  ])
})

test('clusters are merged, split and renamed in the map, and som match obeys', async () => {
  await som('cluster', at('map.som'), '-k', '3', '-o', at('three.som'))
  const { code, out } = await som(
    ...['cluster', at('three.som'), '--merge', '2,3', '--rename', '1=own', '-o', at('two.som')],
  )
  expect([code, out]).toEqual([0, expect.stringMatching(/^cluster 1 [\s\S]*own /)])
  const named = (await som('match', at('two.som'), at('rows.csv'))).out
  expect(named.match(/,own,/g)?.length).toBe(20)
  expect(named.match(/,1,cluster 1,/g)?.length).toBe(40)
  const split = await som('cluster', at('two.som'), '--split', '1', '--split', '2:3', '--json')
  expect(JSON.parse(split.out).count).toBe(5)
  const refused = await som('cluster', at('two.som'), '--merge', '1,3', '-k', '2')
  expect([refused.code, refused.err]).toEqual([
    2,
    'error: --count: finds clusters again, and cannot be given with --merge\n',
  ])
  const none = await som('cluster', at('two.som'), '--merge', '1,3')
  expect([none.code, none.err]).toEqual([1, 'error: --merge: expected an integer from 1 to 2, found 3\n'])
  const bare = await som('cluster', at('map.som'), '--split', '1')
  expect(bare.err).toContain('expected a map with clusters, found none')
})

test('hdbscan lists the levels, leaves units unclustered, and finds as many clusters as there are at a level', async () => {
  const found = await som('cluster', at('map.som'), '--method', 'hdbscan', '-o', at('dense.som'))
  expect([found.code, found.out]).toEqual([0, expect.stringMatching(/^clusters at distances\n/)])
  const json = JSON.parse((await som('cluster', at('map.som'), '--method', 'hdbscan', '--least', '10', '--json')).out)
  expect(json.count).toBe(3)
  const none = await som('cluster', at('map.som'), '--method', 'hdbscan', '-k', '17')
  expect([none.code, none.err]).toEqual([
    1,
    expect.stringMatching(
      /^error: --count: expected one of the numbers of dense groups in these rows: 1, .*; found 17\n$/,
    ),
  ])
  const empty = await som('cluster', at('map.som'), '--method', 'hdbscan', '--least', '59', '-o', at('none.som'))
  expect(empty.out).toMatch(/^no dense groups: everything is unclustered\n/)
  const matched = (await som('match', at('none.som'), at('rows.csv'))).out
  expect(matched.match(/,-1,unclustered,/g)?.length).toBe(60)
  expect((await som('plot', 'clusters', at('none.som'), '-o', at('none.svg'))).code).toBe(0)
  expect((await som('report', at('none.som'), at('rows.csv'), '-o', at('none.html'))).code).toBe(0)
})

test('gmm, watershed and u-star say how the number was found, and a map takes their clusters', async () => {
  const mixed = await som('cluster', at('map.som'), '--method', 'gmm', '-o', at('mixed.som'))
  expect(mixed.out).toMatch(/^clusters by their Bayesian information criterion\n/)
  expect(mixed.out).toMatch(/^\* 3 +-?\d.* covariances$/m)
  expect((await som('match', at('mixed.som'), at('rows.csv'))).out).toContain('cluster 3')
  for (const method of ['watershed', 'u-star']) {
    const found = await som('cluster', at('map.som'), '--method', method)
    expect(found.out).toMatch(/clusters where ridges count that are so many times as high as the basins\n/)
    const json = JSON.parse((await som('cluster', at('map.som'), '--method', method, '--json')).out)
    expect([json.method, json.units.length]).toEqual([method, 30])
    const refused = await som('cluster', at('map.som'), '--method', method, '-k', '17')
    expect(refused.err).toMatch(/^error: --count: expected at most \d+, the basins of this map, found 17\n$/)
  }
})

test('rows with near duplicates are listed on request, each with the first row of its group', async () => {
  const lines = Array.from({ length: 40 }, (_, i) => `${Math.sin(i)},${i % 9}`)
  writeFileSync(at('twice.csv'), `a,b\n${[...lines, lines[4], lines[4], lines[7]].join('\n')}\n`)
  await som('train', at('twice.csv'), '-o', at('twice.som'))
  const listed = await som('cluster', at('twice.som'), at('twice.csv'), '--duplicates', at('near.csv'))
  expect(listed.err).toMatch(/near duplicates within a distance of [\d.e-]+: 5 rows in 2 groups, in .*near\.csv/)
  expect(readFileSync(at('near.csv'), 'utf8')).toBe('row,first_row,distance\n5,5,0\n8,8,0\n41,5,0\n42,5,0\n43,8,0\n')
  await som('cluster', at('twice.som'), at('twice.csv'), '--duplicates', at('near.csv'), '--within', '100')
  expect(readFileSync(at('near.csv'), 'utf8').trim().split('\n').length).toBe(44)
  const wrong = await som('cluster', at('twice.som'), at('twice.csv'), '--within', '1')
  expect([wrong.code, wrong.err]).toEqual([2, 'error: --within: needs --duplicates\n'])
  const negative = await som('cluster', at('twice.som'), at('twice.csv'), '--within', '-1', '--duplicates', at('n.csv'))
  expect(negative.err).toMatch(/^error: --within: expected a finite number of at least 0, found -1/)
})
