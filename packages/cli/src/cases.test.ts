import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { som } from '../test/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-cases-'))
const at = (name: string): string => join(folder, name)
beforeAll(() => cpSync(fileURLToPath(new URL('fixtures', import.meta.url)), folder, { recursive: true }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a command that must succeed; gives what it wrote to standard output. */
async function run(...args: string[]): Promise<string> {
  const { code, out, err } = await som(...args)
  if (code !== 0) throw new Error(err)
  return out
}

/** The cells of CSV without quotes, by column. */
function columnsOf(csv: string): Record<string, string[]> {
  const [names, ...rows] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','))
  return Object.fromEntries(names.map((name, i) => [name, rows.map((row) => row[i])]))
}

const featuresOf = async (map: string): Promise<string[]> =>
  JSON.parse(await run('inspect', map, '--json')).features.map(({ name }: { name: string }) => name)

describe('libsvm rows', () => {
  test('match as the rows of training do, with an index 0 before them or without', async () => {
    await run('train', at('ztrain.libsvm'), '-o', at('z.som'), '--size', '2x2', '--preprocessing', 'none')
    const known = columnsOf(await run('match', at('z.som'), at('ztrain.libsvm')))
    const fresh = columnsOf(await run('match', at('z.som'), at('znew.libsvm')))
    expect(fresh.unit).toEqual(['0', '2'])
    expect(fresh.distance).toEqual(known.distance.slice(0, 2))
  })

  test('have 0 for each index that is not there, as wide as the map is', async () => {
    await run('train', at('s.libsvm'), '-o', at('s.som'), '--size', '2x2', '--preprocessing', 'none')
    const {
      'feature 1': a,
      'feature 2': b,
      'feature 3': c,
      distance,
    } = columnsOf(await run('match', at('s.som'), at('narrow.libsvm')))
    expect([a, b, c]).toEqual([['0.5'], ['0'], ['0']])
    expect(Number(distance[0])).toBeGreaterThan(0)
    await run('quality', at('s.som'), at('narrow.libsvm'))
  })

  test('may begin at 0 where that is stated, and refuse what is out of reach', async () => {
    const flags = ['--preprocessing', 'none', '--size', '2x2']
    await run('train', at('ztrain.libsvm'), '-o', at('z0.som'), '--first-index', '0', ...flags)
    expect(await featuresOf(at('z0.som'))).toEqual(['feature 0', 'feature 1', 'feature 2', 'feature 3'])
    const early = await som('train', at('znew.libsvm'), '--first-index', '1', ...flags)
    expect([early.code, early.err]).toEqual([1, expect.stringContaining('expected indices of at least 1, found 0')])
    writeFileSync(at('wide.libsvm'), '1 1:1\n0 2000000000:1\n')
    const wide = await som('train', at('wide.libsvm'), ...flags)
    expect([wide.code, wide.err]).toEqual([1, expect.stringContaining('expected indices below 2097152')])
  })
})

describe('decimal commas', () => {
  test('that a watch learned are read in a stream too', async () => {
    await run('watch', at('norm-de.csv'), '-o', at('n.som'))
    const told = JSON.parse(await run('watch', at('n.som'), at('norm-de.csv'), '-o', at('n.ndjson'), '--json'))
    expect([told.rows, told.broken]).toEqual([400, 0])
    expect(told.alarm).toBeLessThanOrEqual(4)
  })

  test('in tabs too, and the verdicts are those of the same rows with points', async () => {
    const german = readFileSync(at('norm-de.csv'), 'utf8')
    writeFileSync(at('norm-de.tsv'), german.replaceAll(';', '\t'))
    writeFileSync(at('norm-en.csv'), german.replaceAll(',', '.').replaceAll(';', ','))
    const verdicts = async (name: string): Promise<string> => run('watch', at('n.som'), at(name))
    expect(await verdicts('norm-de.tsv')).toBe(await verdicts('norm-de.csv'))
    expect(await verdicts('norm-en.csv')).toBe(await verdicts('norm-de.csv'))
    expect(await run('match', at('n.som'), at('norm-de.tsv'))).toContain('unit')
  })

  test('make numbers of every column beside semicolons, with three decimals or one', async () => {
    await run('train', at('mixde.csv'), '-o', at('m.som'))
    expect(await featuresOf(at('m.som'))).toEqual(['temp', 'load'])
  })

  test('that another column proves are read in a stream of commas as in a file', async () => {
    const rows = Array.from({ length: 500 }, (_, i) => `"${i % 7},5","${50 + (i % 5)},${100 + (i % 800)}"`)
    writeFileSync(at('proven.csv'), `a,b\n${rows.join('\n')}\n`)
    await run('watch', at('proven.csv'), '-o', at('proven.som'))
    const told = JSON.parse(await run('watch', at('proven.som'), at('proven.csv'), '-o', at('proven.out'), '--json'))
    expect([told.rows, told.broken]).toEqual([500, 0])
  })

  test('leave no point that may separate thousands a number, in a file or in a stream', async () => {
    const rows = Array.from({ length: 500 }, (_, i) => `${i % 7},5;${1 + (i % 5)}.${100 + (i % 800)}`)
    writeFileSync(at('thousands.csv'), `a;b\n${rows.join('\n')}\n`)
    const left = await run('watch', at('thousands.csv'), '-o', at('t.som'))
    expect(left).toContain('b: text (row 1 has "1.100")')
    const { out, err } = await som('train', at('thousands.csv'), '-o', at('t2.som'))
    expect(out + err).toContain('b: left as text, 1.100 may be thousands or decimals; --decimal . or , says which')
    writeFileSync(at('plain.csv'), `a,b\n${rows.map((_, i) => `${i % 7}.5,${1100 + 1000 * (i % 5) + i}`).join('\n')}\n`)
    await run('watch', at('plain.csv'), '-o', at('plain.som'))
    const { code, err: refused } = await som('watch', at('plain.som'), at('thousands.csv'))
    expect([code, refused]).toEqual([1, expect.stringContaining('found "1.100"')])
  })

  test.each([
    ['1.193,20', ';'],
    ['1,193.20', ';'],
    ["1'193.20", ','],
    ['1 193', ','],
    ['1.193.200', ';'],
  ])(
    'beside separators between thousands, as in %s, leave text, and a note says what to do',
    async (cell, delimiter) => {
      writeFileSync(at('separated.csv'), `a${delimiter}b\n${`${cell}${delimiter}1\n`.repeat(3)}${cell}${delimiter}2\n`)
      const { out, err } = await som('train', at('separated.csv'), '-o', at('separated.som'))
      expect(out + err).toContain(
        `a: left as text, ${cell} has separators between thousands; write its numbers without`,
      )
    },
  )

  test('are none where the user says that a point comes before decimals', async () => {
    const { code, err } = await som('train', at('mixde.csv'), '--decimal', '.')
    expect([code, err]).toEqual([1, expect.stringContaining('temp: text')])
  })

  test('a stream of which no line can be read ends with an error', async () => {
    writeFileSync(at('broken.csv'), 'temp,load\nx,y\nz,w\n')
    const { code, err } = await som('watch', at('n.som'), at('broken.csv'))
    expect(code).toBe(1)
    expect(err).toContain('each of the 2 lines cannot be read (the first: temp: expected a finite number')
  })
})

test('a table with spaces between its cells, or a remark before its names, is refused with what to do', async () => {
  writeFileSync(at('spaces.txt'), 'a b c\n1 2 3\n4 5 6\n7 8 1\n')
  expect((await som('train', at('spaces.txt'))).err).toContain('where a space is between cells: --delimiter " "')
  await run('train', at('spaces.txt'), '--delimiter', ' ', '-o', at('spaces.som'))
  expect(await featuresOf(at('spaces.som'))).toEqual(['a', 'b', 'c'])
  writeFileSync(at('remark.csv'), '# of 2026\na,b\n1,2\n3,4\n')
  expect((await som('train', at('remark.csv'))).err).toContain(
    'line 2: expected 1 cell as in the first line, found 2; begin the file with the line of names',
  )
})

test('the command printed as the next one works unchanged, however few rows calibrate', async () => {
  const rows = Array.from({ length: 120 }, (_, i) => `${Math.sin(i)},${Math.cos(i * 2)}`)
  writeFileSync(at('few.csv'), `a,b\n${rows.join('\n')}\n`)
  const [, next = ''] = /Next:\n.*? watch (.*)/.exec(await run('watch', at('few.csv'), '-o', at('few.som'))) ?? []
  const [map, , ...flags] = next.split(' ')
  await run('watch', map, at('few.csv'), ...flags.slice(0, -1), at('few.ndjson'))
})

test("Python's NaN in NDJSON is a missing value, in training and in a stream", async () => {
  await run('watch', at('pn.ndjson'), '-o', at('p.som'))
  const told = JSON.parse(await run('watch', at('p.som'), at('pn.ndjson'), '-o', at('p.out'), '--json'))
  expect(told.broken).toBe(0)
})

test.each(['idx.parquet', 'idx.csv'])('the index of a data frame in %s is left out, and said', async (name) => {
  const out = await run('train', at(name), '-o', at('i.som'))
  expect(await featuresOf(at('i.som'))).toEqual(['a', 'b'])
  expect(out).toContain('the index of a data frame')
  writeFileSync(at('plain.csv'), 'b,a\n1,2\n2,1\n')
  expect(columnsOf(await run('match', at('i.som'), at('plain.csv'))).unit).toHaveLength(2)
})

test('decimals are the same features from Parquet and from Feather', async () => {
  for (const kind of ['parquet', 'feather']) {
    await run('train', at(`dec.${kind}`), '-o', at(`${kind}.som`))
    expect(await featuresOf(at(`${kind}.som`))).toEqual(['price', 'qty'])
  }
  const units = async (map: string, table: string): Promise<string[]> =>
    columnsOf(await run('match', at(map), at(table))).unit
  expect(await units('parquet.som', 'dec.feather')).toEqual(await units('feather.som', 'dec.parquet'))
})

test('a row of weight 0 changes nothing', async () => {
  await run('train', at('w0.csv'), '-o', at('w0.som'), '--weight', 'w')
  await run('train', at('w0d.csv'), '-o', at('w0d.som'), '--weight', 'w')
  const read = async (map: string): Promise<object> => {
    const { features, lattice } = JSON.parse(await run('inspect', at(map), '--json'))
    return { features, lattice }
  }
  expect(await read('w0.som')).toEqual(await read('w0d.som'))
})

test('random 64-bit ids are not measurements, and are taken where they are requested', async () => {
  const rows = Array.from(
    { length: 50 },
    (_, i) => `${2n ** 62n - BigInt(i * i) * 7919n},${Math.sin(i)},${Math.cos(i)}`,
  )
  writeFileSync(at('ids.csv'), `key,a,b\n${rows.join('\n')}\n`)
  expect(await run('train', at('ids.csv'), '-o', at('ids.som'))).toContain('key: whole numbers beyond 2^53')
  expect(await featuresOf(at('ids.som'))).toEqual(['a', 'b'])
  await run('train', at('ids.csv'), '-o', at('ids.som'), '--columns', 'key,a')
  expect(await featuresOf(at('ids.som'))).toEqual(['key', 'a'])
})

test.each(['deep.json', 'deep.ndjson'])('%s, 100,000 lists deep, is one message', async (name) => {
  writeFileSync(at(name), `${'['.repeat(100_000)}1${']'.repeat(100_000)}\n`)
  const { code, err } = await som('train', at(name))
  expect(code).toBe(1)
  expect(err).toMatch(/^error: .*: expected (lines|values) at most 100 lists and objects deep\n$/)
})

test.each(['gone.ndjson', 'gone*.ndjson', "SELECT * FROM 'gone.ndjson'"])(
  'further words for a missing value are obeyed in %s, as texts and as numbers',
  async (name) => {
    const rows = Array.from({ length: 40 }, (_, i) => ({
      a: i % 5 === 0 ? -999 : i % 7,
      b: i % 4 === 0 ? 'gone' : `${i % 3}.5`,
    }))
    writeFileSync(at('gone.ndjson'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    const given = name.replace(/(gone\S*ndjson)/, at('$1'))
    await run('train', given, '-o', at('gone.som'), '--missing', '-999,gone', '--preprocessing', 'min-max')
    const { features } = JSON.parse(await run('inspect', at('gone.som'), '--json'))
    expect(features.map(({ name, preprocessing }: (typeof features)[number]) => [name, preprocessing.scale])).toEqual([
      ['a', 6],
      ['b', 2],
    ])
  },
)

test('further words for a missing value are obeyed in a stream of NDJSON', async () => {
  await run('watch', at('pn.ndjson'), '-o', at('p.som'))
  const [first] = readFileSync(at('pn.ndjson'), 'utf8').split('\n')
  const names = Object.keys(JSON.parse(first.replaceAll('NaN', 'null')))
  writeFileSync(at('gone.out.ndjson'), `${JSON.stringify(Object.fromEntries(names.map((name) => [name, 'gone'])))}\n`)
  const told = await run('watch', at('p.som'), at('gone.out.ndjson'), '--missing', 'gone')
  expect(told).not.toContain('expected a finite number')
})

test('rows of libsvm, which have no missing values, refuse further words for them', async () => {
  const { code, err } = await som('train', at('ztrain.libsvm'), '--missing', '-999')
  expect([code, err]).toEqual([1, expect.stringContaining('found libsvm')])
})

test('how numbers are written is not a question for a file or a stream that says itself what its cells are', async () => {
  const { code, err } = await som('train', at('idx.parquet'), '--decimal', ',')
  expect([code, err]).toEqual([1, expect.stringContaining('expected a text table (.csv, .tsv, .txt) for decimal')])
  await run('watch', at('pn.ndjson'), '-o', at('p.som'))
  const stream = await som('watch', at('p.som'), at('pn.ndjson'), '--decimal', ',')
  expect([stream.code, stream.err]).toEqual([
    1,
    expect.stringContaining('expected a text table (.csv, .tsv, .txt) for decimal'),
  ])
})
