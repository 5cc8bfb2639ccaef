import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Trial } from '@som/core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { som } from '../test/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-look-'))
afterAll(() => rmSync(folder, { recursive: true }))

const at = (name: string): string => join(folder, name)
const rows = Array.from({ length: 60 }, (_, i) => {
  const base = i % 3
  return `${base + Math.sin(i) / 9},${5 * base + Math.cos(i)},"kind <${base}>, ""x"""`
})

beforeAll(async () => {
  writeFileSync(at('rows.csv'), `length,width,kind\n${rows.join('\n')}\n`)
  await som('train', at('rows.csv'), '-o', at('map.som'), '--size', '5x6', '--backend', 'js')
})

describe('som quality', () => {
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
})

describe('som cluster', () => {
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
})

describe('som plot', () => {
  const ofMap = ['u-matrix', 'component-planes', 'hits', 'gradient-field', 'projection', 'training-curve']
  const ofRows = ['quality', 'p-matrix', 'u-star-matrix', 'smoothed-hits', 'trajectory']

  test.each(ofMap)('%s is an SVG', async (kind) => {
    const { code, out } = await som('plot', kind, at('map.som'))
    expect(code).toBe(0)
    expect(out).toMatch(/^<svg [\s\S]*<\/svg>\n?$/)
  })

  test.each(ofRows)('%s of rows is an SVG', async (kind) => {
    const { code, out } = await som('plot', kind, at('map.som'), at('rows.csv'))
    expect(code).toBe(0)
    expect(out).toMatch(/^<svg /)
  })

  test.each(['labels', 'class-pies'])('%s escapes what the table says', async (kind) => {
    const { out } = await som('plot', kind, at('map.som'), at('rows.csv'), '--label', 'kind')
    expect(out).toContain('kind &lt;')
    expect(out).not.toContain('kind <')
  })

  test('writes a PNG', async () => {
    const { code, out } = await som(
      'plot',
      'component-plane',
      at('map.som'),
      '--feature',
      'width',
      '-o',
      at('plane.png'),
    )
    expect([code, out]).toEqual([0, `written to  ${at('plane.png')}\n`])
    expect(readFileSync(at('plane.png')).subarray(1, 4).toString()).toBe('PNG')
    const corner = await sharp(at('plane.png')).extract({ left: 0, top: 0, width: 1, height: 1 }).raw().toBuffer()
    expect([...corner], 'light, whatever pages are').toEqual([255, 255, 255])
  })

  test('gives colours to values by a scale and over a range, and marks what lies beyond', async () => {
    const { code, out } = await som('plot', 'u-matrix', at('map.som'), '--scale', 'quantile', '--range', '0,0.01')
    expect(code).toBe(0)
    expect(out).toMatch(/\d+ cells above 0\.01, up to/)
    const planes = await som('plot', 'component-planes', at('map.som'), '--range=-1,2', '--scale', 'linear')
    expect([planes.code, planes.err]).toEqual([0, ''])
    const log = await som('plot', 'u-matrix', at('map.som'), '--scale', 'log')
    expect([log.code, log.out.includes('linearGradient')]).toEqual([0, true])
  })

  test.each([
    [['u-matrix'], ['--scale', 'root'], 'error: --scale: expected one of linear, quantile, log, found "root"\n'],
    [
      ['u-matrix'],
      ['--range', '2,1'],
      'error: --range: expected two numbers with a comma between, the lower first, found "2,1"\n',
    ],
    [
      ['hits'],
      ['--range', '1'],
      'error: --range: expected two numbers with a comma between, the lower first, found "1"\n',
    ],
    [['training-curve'], ['--scale', 'log'], 'error: --scale: is for values as colours, and training-curve has none\n'],
  ])('%s with %s is refused with what would do', async ([kind], flags, message) => {
    const { code, err } = await som('plot', kind, at('map.som'), ...flags)
    expect([code, err]).toEqual([2, message])
  })

  test('a range that its scale cannot have is refused', async () => {
    const { code, err } = await som('plot', 'u-matrix', at('map.som'), '--scale', 'log', '--range', '0,1')
    expect([code, err]).toEqual([1, 'error: range: expected numbers above 0 for the scale log, found 0,1\n'])
  })

  test('says what would do where a kind, a feature, a file or clusters are missing', async () => {
    const told = async (...args: string[]): Promise<string> => (await som('plot', ...args)).err
    expect(await told('umatrix', at('map.som'))).toContain('did you mean u-matrix?')
    expect(await told('component-plane', at('map.som'), '--feature', 'widht')).toContain('did you mean width?')
    expect(await told('clusters', at('map.som'))).toContain('has no clusters; to add them: som cluster')
    expect(await told('labels', at('map.som'), at('rows.csv'))).toContain('--label: expected a column, found none')
    expect(await told('u-matrix', at('map.som'), '-o', at('x.pdf'))).toContain('ends in .svg or .png')
  })
})

describe('som report', () => {
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
})

describe('som tune', () => {
  test('shows what it tried, and the command that trains the best, which runs', async () => {
    const { code, out } = await som(
      'tune',
      at('rows.csv'),
      '--budget',
      '0.3',
      '--lattice',
      'hexagonal',
      '--label',
      'kind',
    )
    expect(code).toBe(0)
    expect(out).toMatch(/^ *size +epochs +radius +label error +standard error +combined error/)
    const [, command] = /^ {2}(som train .*)$/m.exec(out) ?? []
    expect(command).toContain('--lattice hexagonal')
    const trained = await som(...command.split(' ').slice(1), '-o', at('tuned.som'))
    expect(trained.err).toBe('')
    expect(trained.code).toBe(0)
  })

  test('sorts what it shows, and marks the smallest map within one standard error of the least', async () => {
    const args = ['tune', at('rows.csv'), '--trials', '6', '--repeats', '3', '--backend', 'js']
    const { out } = await som(...args)
    const [header, ...rest] = out.split('\n')
    expect(header).toMatch(/combined error +standard error +quantization error/)
    const lines = rest.slice(0, 6).map((line) => line.replace('* ', '').trim().split(/ +/))
    const errors = lines.map((cells) => Number(cells[3]))
    expect(errors).toEqual(errors.toSorted((a, b) => a - b))
    const units = lines.map(([size]) => size.split('x').reduce((product, side) => product * Number(side), 1))
    const near = units.filter((_, i) => errors[i] <= errors[0] + Number(lines[0][4]))
    const marked = rest.findIndex((line) => line.trim().startsWith('*'))
    expect(units[marked]).toBe(Math.min(...near))
    expect(out).toContain('6 trials, each measured 3 times on 15 rows held out.\n* ')
    const { trials, best } = JSON.parse((await som(...args, '--json')).out)
    expect(trials.map(({ error }: Trial) => Number(error.toPrecision(5)))).toEqual(errors)
    expect(best.standardError).toBeGreaterThan(0)
  })

  test('refuses what cannot be', async () => {
    const { code, err } = await som('tune', at('rows.csv'), '--held-out', '2')
    expect(code).toBe(1)
    expect(err).toContain('error: --held-out: expected a share between 0 and 1, found 2\n')
  })
})

describe('som match', () => {
  test.each(['parquet', 'json', 'ndjson', 'tsv'])('writes .%s, which is read back as it was', async (kind) => {
    const { code, err } = await som('match', at('map.som'), at('rows.csv'), '-o', at(`out.${kind}`), '--backend', 'js')
    expect([code, err]).toEqual([0, ''])
    // Its own columns are features again, and the kind with its quote and comma is still there.
    const again = await som('match', at('map.som'), at(`out.${kind}`), '--prefix', 'again_', '--backend', 'js')
    const [header, first] = again.out.split('\n')
    expect(header).toMatch(/^length,width,kind,unit,.*p_value,again_unit,/)
    expect(first).toContain(',"kind <0>, ""x""",')
    const cells = first.replace(/"[^,]*, ""x"""/, 'kind').split(',')
    expect(cells.slice(9, 12)).toEqual(cells.slice(3, 6))
  })
})
