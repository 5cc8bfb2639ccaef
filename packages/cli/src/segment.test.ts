import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { random } from '@som/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { som } from '../test/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-segment-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)
const QUICK = ['--size', '5x6', '--draws', '5', '--backend', 'js']

const draw = random(5, 'customers')
const REGIONS = ['north', 'south', 'north', '<b>west</b>']
/** Customers of three kinds, with columns of every sort that exist. */
const lines = Array.from({ length: 120 }, (_, i) => {
  const kind = [0, 1, 0, 2][i % 4]
  const spent = Math.exp([3, 1, 6][kind] + 0.3 * draw()).toFixed(2)
  const when = `2024-0${1 + kind}-1${i % 9}`
  return [
    `c-${i}`,
    5000 + 7 * i,
    spent,
    [2, 9, 5][kind] + draw(),
    REGIONS[i % 4],
    kind === 2,
    'EUR',
    `note ${i % 50}`,
    when,
  ]
})
const HEADER = 'customer,account_id,spent,visits,region,member,currency,remark,since'
const write = (name: string, rows: readonly (readonly unknown[])[], header = HEADER): string => {
  writeFileSync(at(name), `${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`)
  return at(name)
}

let out: string

beforeAll(async () => {
  write('customers.csv', lines)
  const args = ['-o', at('customers.som'), '--out', at('with.csv'), '--report', at('page.html'), ...QUICK]
  const found = await som('segment', at('customers.csv'), ...args)
  expect([found.code, found.err]).toEqual([0, ''])
  out = found.out
})

describe('som segment', () => {
  test('assigns rows by a map of any name', async () => {
    copyFileSync(at('customers.som'), at('customers.bin'))
    const rows = await som('segment', at('customers.som'), at('customers.csv'))
    expect(rows.code).toBe(0)
    expect(await som('segment', at('customers.bin'), at('customers.csv'))).toEqual(rows)
  })

  test('takes columns on their own, and says how', () => {
    const said = out.split('\n').map((line) => line.replace(/ {2,}/, ': '))
    expect(said).toEqual(
      expect.arrayContaining([
        'rows: 120, named by customer',
        'columns: spent, visits, region, member',
        'category: region: text of 3 levels',
        'category: member: yes or no',
        expect.stringMatching(/^log: spent: skewness 1\.\d, -?\d\.\d after the transform$/),
        'left out: customer: different in every row',
        'left out: account_id: different in every row',
        'left out: currency: only one category',
        'left out: remark: text of more than 20 levels; --categories includes it anyway',
        'left out: since: dates or times; --times takes them',
      ]),
    )
  })

  test('says why so many, and of each segment its size, stability, what sets it apart and who is in it', () => {
    expect(out).toMatch(/segments +3: best average rank of 2-\d+ across three indices \(Davies-Bouldin 1st/)
    expect(out).toMatch(/\n1 {2}.*north.*\n {3}60 rows \(50 %\), very stable \(1\.00\)\n/)
    expect(out).toContain('   region north: 100 % against 50 % of all\n')
    expect(out).toMatch(/ {3}typical: c-\d+, c-\d+, c-\d+\n {3}extreme: c-\d+/)
  })

  test('puts a column back into the table, as the map gives new rows', async () => {
    const [header, ...rows] = readFileSync(at('with.csv'), 'utf8').trim().split('\n')
    expect(header).toBe(`${HEADER},segment,p_value`)
    const segments = rows.map((row) => row.split(',')[9])
    expect(new Set(segments).size).toBe(3)
    expect(segments.every((name, i) => name === segments[i % 4])).toBe(true)
    const again = await som('segment', at('customers.som'), at('customers.csv'), '--backend', 'js')
    expect(again.out).toBe(readFileSync(at('with.csv'), 'utf8'))
    const matched = await som('match', at('customers.som'), at('customers.csv'), '--backend', 'js')
    const clusters = matched.out
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(',')[15])
    expect(clusters).toEqual(segments)
  })

  test('numbers segments alike in the summary, in JSON, in the page and in the list of som cluster, the largest first', async () => {
    const args = ['segment', at('customers.csv'), '-o', at('numbered.som'), '--report', at('numbered.html'), ...QUICK]
    const { out } = await som(...args)
    const numbered = [...out.matchAll(/^(\d+) {2}(.+)$/gm)].map(([, number, name]) => [Number(number), name])
    expect(numbered.map(([number]) => number)).toEqual([1, 2, 3])
    const { segments } = JSON.parse((await som(...args, '--json')).out)
    const told: { cluster: number; name: string; rows: number }[] = segments
    expect(told.map(({ cluster, name }) => [cluster, name])).toEqual(numbered)
    expect(told.map(({ rows }) => rows)).toEqual(told.map(({ rows }) => rows).toSorted((a, b) => b - a))
    const page = readFileSync(at('numbered.html'), 'utf8')
    const headings = [...page.matchAll(/<h3 id="segment-(\d+)"><span[^>]*><\/span>([^<]+)</g)]
    expect(headings.map(([, number, name]) => [Number(number), name])).toEqual(
      numbered.map(([number, name]) => [number, String(name).replaceAll('<', '&lt;').replaceAll('>', '&gt;')]),
    )
  })

  test('writes any kind of table, and reads its own', async () => {
    const parquet = at('with.parquet')
    const args = ['segment', at('customers.som'), at('customers.csv'), '-o', parquet, '--json', '--backend', 'js']
    const { code, out, err } = await som(...args)
    expect([code, err]).toEqual([0, ''])
    expect(JSON.parse(out)).toMatchObject({ rows: 120, emptyRows: 0, segments: [{ rows: expect.any(Number) }, {}, {}] })
    const taken = await som('segment', at('customers.som'), parquet, '--backend', 'js')
    expect([taken.code, taken.err]).toEqual([
      1,
      `error: ${parquet}: already has columns that matching would add: segment, p_value; rename them or give --prefix\n`,
    ])
    expect((await som('segment', at('customers.som'), parquet, '--prefix', 'new ', '--backend', 'js')).code).toBe(0)
  })

  test('says of new customers which levels are new, and leaves those without a value without a segment', async () => {
    const cells = (spent: string, region: string): string[] => ['x', '1', spent, '', region, '', '', '', '']
    write('new.csv', [cells('500', 'east'), cells('', ''), cells('20', 'north')])
    const { out, err } = await som('segment', at('customers.som'), at('new.csv'), '--backend', 'js')
    expect(
      out
        .trim()
        .split('\n')
        .slice(1)
        .map((row) => row.split(',').slice(9)),
    ).toEqual([
      [expect.stringMatching(/./), expect.stringMatching(/\d/)],
      ['', ''],
      [expect.stringContaining('north'), expect.stringMatching(/\d/)],
    ])
    expect(err).toContain('note: region: 1 row with levels that training did not have ("east"), read as missing\n')
    expect(err).toContain('note: 1 row without a value in any feature: no segment\n')
  })

  test('makes a page that opens offline, with nothing of the data in it as HTML', () => {
    const page = readFileSync(at('page.html'), 'utf8')
    expect(page).toContain('<title>Segments of customers.csv</title>')
    expect(page).toContain('&lt;b&gt;west&lt;/b&gt;')
    expect(page).not.toContain('<b>west')
    expect(page).not.toMatch(/(src|href)="?https?:|NaN|undefined/)
  })

  test('takes times, names and counts as they are requested, and reports all of it as JSON', async () => {
    const args = ['--times', 'since=number', '--id', 'account_id', '--segments', '4', '--json', '--exclude', 'customer']
    const { code, out } = await som('segment', at('customers.csv'), '-o', at('asked.som'), ...args, ...QUICK)
    const told = JSON.parse(out)
    expect(code).toBe(0)
    expect(told).toMatchObject({ id: 'account_id', why: '4, as requested', tried: [] })
    expect(told.columns).toEqual(['spent', 'visits', 'region', 'member', 'since'])
    expect(told.segments).toHaveLength(4)
    const texts = told.segments.flatMap(({ marks }: { marks: { text: string }[] }) => marks.map(({ text }) => text))
    expect(texts).toContainEqual(expect.stringMatching(/^since: 2024-03-1\d against 2024-0\d-\d\d of all$/))
  })

  test('takes only the columns that it is given', async () => {
    const { out } = await som(
      'segment',
      at('customers.csv'),
      '--columns',
      'reg*,account_id',
      '-o',
      at('few.som'),
      '--json',
      ...QUICK,
    )
    expect(JSON.parse(out).columns).toEqual(['region', 'account_id'])
  })
})

describe('what som segment refuses', () => {
  test('flags that cannot be, all at once', async () => {
    const learning = await som(
      'segment',
      at('customers.csv'),
      '--segments',
      '1',
      '--method',
      'best',
      '--size',
      '0x4',
      '--out',
      'a.csv',
      '--report',
      'a.csv',
    )
    expect([learning.code, learning.err.trim().split('\n')]).toEqual([
      2,
      [
        'error: --size: expected whole numbers of at least 1, found 0x4',
        'error: --segments: expected an integer of at least 2, found 1',
        'error: --method: expected one of conductance, ward, contiguous-ward, k-means, consensus, gmm, hdbscan, watershed, u-star, found "best"',
        'error: --report: expected different files, found a.csv twice',
      ],
    ])
    const assigning = await som('segment', at('customers.som'), '--out', 'b.csv', '--seed', '3')
    expect([assigning.code, assigning.err.trim().split('\n')]).toEqual([
      2,
      [
        'error: --out: only applies when finding segments, and the map already has them; leave it out',
        'error: --seed: only applies when finding segments, and the map already has them; leave it out',
        'error: new: expected a table, found none: som segment map.som new.csv -o out.csv',
      ],
    ])
  })

  test('a table with nothing to tell rows apart by, and says what was left out', async () => {
    const same = write(
      'same.csv',
      Array.from({ length: 9 }, (_, i) => [`c${i}`, 'EUR', 4]),
      'customer,currency,price',
    )
    const { code, err } = await som('segment', same, '-o', at('none.som'), ...QUICK)
    expect([code, err]).toEqual([
      1,
      `error: ${same}: expected a column of numbers or categories, found none; left out: customer: different in every row; currency: only one category; price: the same in every row\n`,
    ])
  })

  test('more segments than rows or units', async () => {
    const rows = await som('segment', at('customers.csv'), '-o', at('none.som'), '--segments', '121', '--backend', 'js')
    expect(rows.err).toBe(
      'error: --segments: expected an integer from 2 to 120, as many as there are rows, found 121\n',
    )
    const units = await som('segment', at('customers.csv'), '-o', at('none.som'), '--segments', '31', ...QUICK)
    expect(units.err).toBe(
      'error: --segments: expected an integer from 2 to 30, as many as the map has units, found 31\n',
    )
  })

  test('a map without segments', async () => {
    await som(
      'train',
      at('customers.csv'),
      '-o',
      at('plain.som'),
      '--columns',
      'spent,visits',
      '--size',
      '3x3',
      '--backend',
      'js',
    )
    const { code, err } = await som('segment', at('plain.som'), at('customers.csv'), '--backend', 'js')
    expect([code, err]).toEqual([1, expect.stringContaining('expected a map with segments, found none')])
  })

  test('columns that are not there, for whatever they are asked', async () => {
    const { err } = await som(
      'segment',
      at('customers.csv'),
      '-o',
      at('none.som'),
      '--id',
      'nobody',
      '--exclude',
      'vists',
      '--feature-weight',
      'spend=2',
      ...QUICK,
    )
    expect(err).toContain('error: --exclude: expected a column named "vists", found none; did you mean "visits"?\n')
    expect(err).toContain('error: --id: expected a column named "nobody", found none;')
    const weight = await som(
      'segment',
      at('customers.csv'),
      '-o',
      at('none.som'),
      '--feature-weight',
      'spend=2',
      ...QUICK,
    )
    expect(weight.err).toBe('error: --feature-weight: expected a column, found "spend"; did you mean "spent"?\n')
  })
})
