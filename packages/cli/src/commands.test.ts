import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from '@commander-js/extra-typings'
import { CELLS, KERNELS, METRICS, SHAPES } from '@som/core'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { som } from '../test/harness.ts'
import { trainCommand } from './commands/train.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))

const at = (name: string): string => join(folder, name)
function table(contents: string | Buffer, name = 'table.csv'): string {
  writeFileSync(at(name), contents)
  return at(name)
}

/** Two clumps of rows, a text column, a row counter, missing values, a constant column. */
const flowers = `id,colour,length,"width, cm",sure,always\n${Array.from({ length: 40 }, (_, i) => {
  const base = i % 2 === 0 ? 1 : 5
  const width = i % 7 === 0 ? 'NA' : (base + (i % 5) / 10).toFixed(2)
  return `${String(i + 1).padStart(3, '0')},${i % 2 === 0 ? 'red' : '"blue, dark"'},${base + (i % 3) / 10},${width},${i % 2 === 0},7\n`
}).join('')}`

beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
})

describe('som train', () => {
  test('with no option takes every numeric column, and says what it left out and what it did', async () => {
    const { code, out, err } = await som('train', table(flowers), '-o', at('map.som'))
    expect(err).toBe('')
    expect(code).toBe(0)
    expect(out).toContain('3: length, width, cm, sure')
    expect(out).toContain('colour: text (row 1 has "red")')
    expect(out).toContain('id: it counts the rows')
    expect(out).toContain('always: the same in every row')
    expect(out).toMatch(/quantization error +\d/)
    expect(out).toMatch(/topographic error +\S+ \(8 neighbours\)/)
    expect(out).toContain(`som match ${at('map.som')}`)
    expect(readdirSync(folder).sort()).toEqual(['map.som', 'table.csv'])
  })

  test('gives one JSON object with --json', async () => {
    const { code, out } = await som(
      ...['train', table(flowers), '-o', at('map.som'), '--json', '--size', '3x4', '--columns', 'length,"width, cm"'],
      ...['--lattice', 'hexagonal', '--shape', 'cylinder', '--seed', '7', '--epochs', '4', '--rule', 'online'].filter(
        (word) => word !== 'cylinder' && word !== '--shape',
      ),
    )
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      output: at('map.som'),
      rows: 40,
      features: ['length', 'width, cm'],
      lattice: { cell: 'hexagonal', shape: 'sheet', rows: 3, columns: 4 },
      rule: 'online',
      epochs: 4,
      seed: 7,
      neighbours: 6,
    })
  })

  test('takes a label, a name, a weight, exclusions, schedules, preprocessing and feature weights by column name', async () => {
    const { code, out, err } = await som(
      ...['train', table(flowers), '-o', at('map.som'), '--label', 'colour', '--id', 'id', '--weight', 'always'],
      ...['--exclude', 'sure', '--radius', '2:1', '--radius-decay', 'linear', '--size', '2X3', '--metric', 'manhattan'],
      ...[
        '--preprocessing',
        'min-max',
        '--preprocessing',
        'length=log',
        '--feature-weight',
        'length=2',
        '--stop',
        '2:0.5',
      ],
      ...['--kernel', 'bubble', '--initial', 'random', '--backend', 'js', '--json'],
    )
    expect(err).toBe('')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ leftOut: [], features: ['length', 'width, cm'], kernel: 'bubble' })
    const map = JSON.parse((await som('inspect', at('map.som'), '--json')).out)
    expect(map.features[0].preprocessing).toMatchObject({ method: 'log', factor: 2 })
    expect(map.features[1].preprocessing).toMatchObject({ method: 'min-max', factor: 1 })
    expect(map.training.phases[0].radius).toEqual({ start: 2, end: 1, decay: 'linear' })
    expect(map.training.stop).toEqual({ patience: 2, tolerance: 0.5 })
  })

  test('gives the same bytes for the same seed', async () => {
    table(flowers)
    for (const name of ['a.som', 'b.som']) await som('train', at('table.csv'), '-o', at(name), '--initial', 'random')
    await som('train', at('table.csv'), '-o', at('c.som'), '--initial', 'random', '--seed', '1')
    const bytes = (name: string): Buffer => readFileSync(at(name))
    expect(bytes('a.som').equals(bytes('b.som'))).toBe(true)
    expect(bytes('a.som').equals(bytes('c.som'))).toBe(false)
  })

  test('may give a map of one unit, which has no second', async () => {
    const { code, out } = await som('train', table(flowers), '-o', at('map.som'), '--size', '1x1')
    expect(code).toBe(0)
    expect(out).toContain('topographic error   none')
    const matched = await som('match', at('map.som'), at('table.csv'))
    expect(matched.out.split('\n')[1]).toMatch(/,0,0,0,[\d.]+,,[\d.]+$/)
  })

  test('names every cell, shape, kernel and metric of core in its help', async () => {
    const { code, out } = await som('train', '--help')
    expect(code).toBe(0)
    const words = new Set(out.split(/[\s,]+/))
    expect([...CELLS, ...SHAPES, ...KERNELS, ...METRICS].filter((name) => !words.has(name))).toEqual([])
  })

  test('starts from a trained map on new rows', async () => {
    await som('train', table(flowers), '-o', at('map.som'), '--size', '2x3')
    const { code, out } = await som('train', at('table.csv'), '-o', at('next.som'), '--from', at('map.som'), '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      lattice: { rows: 2, columns: 3 },
      features: ['length', 'width, cm', 'sure'],
    })
  })
})

describe('som train ends with 1, a message and no file', () => {
  test.each<[string, string | Buffer, string[], string]>([
    ['an empty table', '', [], 'table.csv: expected a table, found an empty file'],
    ['a header alone', 'a,b\n', [], 'expected at least one row under the header, found none'],
    ['one row', 'a,b\n1,2\n', [], 'expected at least 2 rows to train on, found 1'],
    ['no column of numbers', 'a,b\nx,y\nz,w\n', [], 'left out: a: text (row 1 has "x"); b: text (row 1 has "y")'],
    [
      'constant columns alone',
      'a,b\n1,5\n1,5\n1,5\n',
      [],
      'expected a feature that varies, found none: a is the same in every row',
    ],
    ['columns without values alone', 'a,b\n,NA\n?,-\n', [], 'a: every cell is missing; b: every cell is missing'],
    [
      'text where numbers should be',
      'a,b\n1,2\n2,x7\n',
      ['--columns', 'a,b'],
      'column "b": expected numbers, found "x7" in row 2',
    ],
    [
      'an infinite number',
      'a,b\n1,2\n2,Infinity\n',
      [],
      'column "b": expected finite numbers, found "Infinity" in row 2',
    ],
    ['a row too short', 'a,b\n1,2\n3\n', [], 'line 3: expected 2 cells as in the first line, found 1'],
    ['text in an older encoding', Buffer.from('a,b\n1,\xe9\n', 'latin1'), [], 'expected UTF-8 text'],
    [
      'unknown columns',
      'aa,b\n1,2\n3,5\n',
      ['--columns', 'ab,zzzz'],
      'error: --columns: expected a column named "ab", found none; did you mean "aa"?',
    ],
    ['an unknown feature weight', 'aa,b\n1,2\n3,5\n', ['--feature-weight', 'ab=2'], 'did you mean aa?'],
    [
      'a value that log cannot take',
      'a,b\n-7,2\n3,5\n',
      ['--preprocessing', 'a=log'],
      'log: row 1: expected a value above -1',
    ],
    [
      'a negative weight',
      'a,w\n1,1\n2,-1\n',
      ['--weight', 'w'],
      'weight: expected a number of at least 0 in every row, found -1 in row 2',
    ],
  ])('for %s', async (_, contents, flags, message) => {
    const { code, out, err } = await som('train', table(contents), '-o', at('map.som'), ...flags)
    expect(err).toContain(message)
    expect(err).toMatch(/^(error: .*\n)+$/)
    expect([code, out]).toEqual([1, ''])
    expect(readdirSync(folder)).toEqual(['table.csv'])
  })

  test('for an absent table, a folder, another kind of file', async () => {
    const told = async (path: string): Promise<string> => (await som('train', path, '-o', at('map.som'))).err
    expect(await told(at('absent.csv'))).toContain('absent.csv: no such file')
    expect(await told(folder)).toContain('found a folder')
    expect(await told(table('', 'table.xls'))).toContain(
      'expected a table in .csv, .tsv, .tab, .txt, .parquet, .json, .ndjson, .jsonl, .arrow, .arrows, .feather, .ipc, .sqlite, .sqlite3, .db, .dat, .lrn, .xlsx, .npy, .duckdb, .libsvm, .svm, .svmlight, .csv.gz, .csv.zst, found ".xls"',
    )
    expect(readdirSync(folder)).toEqual(['table.xls'])
  })

  test('for a place that cannot be written, before any work', async () => {
    mkdirSync(at('inner'))
    const told = async (path: string): Promise<string> => (await som('train', table(flowers), '-o', path)).err
    expect(await told(at('inner'))).toContain('expected a file name, found a folder')
    expect(await told(join(at('absent'), 'map.som'))).toContain('no such folder to write into')
  })

  test.skipIf(process.platform !== 'linux')('for a disk that is full, with the map kept elsewhere', async () => {
    vi.stubEnv('TMPDIR', folder)
    const { code, out, err } = await som('train', table(flowers), '-o', '/dev/full')
    vi.unstubAllEnvs()
    expect(err).toBe(
      'error: /dev/full: disk full; free some space or choose another place\n' +
        `error: ${at('full')}: the map was saved here instead\n`,
    )
    expect([code, out]).toEqual([1, ''])
    expect((await som('inspect', at('full'))).code).toBe(0)
  })

  test('for a file to start from that is not a map, or lacks a column', async () => {
    const from = async (map: string, contents: string): Promise<string> =>
      (await som('train', table(contents), '-o', at('next.som'), '--from', map)).err
    expect(await from(table('a,b\n', 'no.som'), flowers)).toContain('no.som: expected a model file')
    await som('train', table(flowers), '-o', at('map.som'))
    expect(await from(at('map.som'), 'length,width\n1,2\n3,4\n')).toContain(
      'error: --from: expected a column named "width, cm", found none; the columns are length, width',
    )
  })
})

describe('wrong usage ends with 2 and every issue at once', () => {
  test('in options and their values', async () => {
    const { code, out, err } = await som(
      ...['train', table(flowers), '--epocs', '5', '--size', '0x2.5', '--lattice', 'hexagon', '--rate', '-1:0.1'],
      ...[
        '--epochs',
        'many',
        '--seed',
        '1.5',
        '--radius',
        '1:2:3',
        '--stop',
        'x',
        '--threads',
        '0',
        '--backend',
        'cuda',
      ],
      ...['--feature-weight', 'length', '--preprocessing', 'length=zscore', '--batch-size', '-3', '--metric', 'euclid'],
    )
    const lines = err.trimEnd().split('\n')
    expect(code).toBe(2)
    expect(out).toBe('')
    for (const line of [
      'error: --epocs: no such option; did you mean --epochs?',
      'error: --size: expected an integer from 1 to 134217728, found 0',
      'error: --size: expected an integer from 1 to 134217728, found 2.5',
      'error: --lattice: expected one of rectangular, hexagonal, found "hexagon"; did you mean hexagonal?',
      'error: --rate: expected a finite number above 0, found -1',
      'error: --epochs: expected a number, found "many"',
      'error: --seed: expected an integer of at least 0, found 1.5',
      'error: --radius: expected start:end such as 10:0.5, found "1:2:3"',
      'error: --stop: expected patience:tolerance such as 3:0.0001, found "x"',
      'error: --threads: expected an integer from 1 to 1024, found 0',
      'error: --backend: expected one of auto, native, gpu, js, found "cuda"',
      'error: --feature-weight: expected column=value, found "length"',
      'error: --batch-size: expected an integer of at least 1, found -3',
    ]) {
      expect(lines).toContain(line)
    }
    expect(lines.every((line) => line.startsWith('error: --'))).toBe(true)
    expect(existsSync(at('table.som'))).toBe(false)
  })

  test.each<[string, string[], string]>([
    ['no table', ['train'], 'error: table: expected a file, found none: som train data.csv -o map.som\n'],
    ['two tables', ['train', 'a.csv', 'b.csv'], 'error: b.csv: expected 1 file, found one more\n'],
    ['an unknown command', ['tran'], "error: unknown command 'tran'\n(Did you mean train?)\n"],
    ['no value', ['train', 'a.csv', '--epochs'], "error: option '--epochs <n>' argument missing\n"],
    [
      'the table as the map',
      ['train', 'a.csv', '-o', 'a.csv'],
      'error: --output: expected a file other than the table',
    ],
    ['a map of too many units', ['train', 'a.csv', '--size', '100000x100000'], 'expected at most 134217728 units'],
    [
      'a hexagonal wrap of odd rows',
      ['train', 'a.csv', '--size', '3x4', '--lattice', 'hexagonal', '--shape', 'toroid'],
      'error: --size: a hexagonal toroid needs an even number of rows',
    ],
    ['a mexican hat for batch', ['train', 'a.csv', '--kernel', 'mexican-hat'], 'error: --kernel: '],
    [
      'resuming with other settings',
      ['train', 'a.csv', '--resume', 'x', '--epochs', '3'],
      'error: --epochs: comes from the run that is resumed; leave it out',
    ],
    ['matching with no table', ['match', 'map.som'], 'error: table: expected a file, found none'],
    ['a summary among the rows', ['match', 'map.som', 'a.csv', '--json'], 'error: --json: needs --output'],
    ['the rows over the map', ['match', 'map.som', 'a.csv', '-o', './map.som'], 'found the map itself'],
    ['inspecting with an unknown option', ['inspect', 'map.som', '--jsn'], 'did you mean --json?'],
  ])('for %s', async (_, args, message) => {
    const { code, out, err } = await som(...args)
    expect(err).toContain(message)
    expect([code, out]).toEqual([2, ''])
  })
})

test('no flags whatever end with anything but errors in lines and exit code 1 or 2', async () => {
  const flags = trainCommand(new Command(), () => {})
    .options.map(({ long }) => long ?? '')
    .filter((name) => !['--output', '--json'].includes(name))
  const value = fc.oneof(
    // Anything but a request for help or the version, which are answered wherever they stand.
    fc.string({ maxLength: 8 }).filter((text) => !/^-[hV]/.test(text)),
    fc.double().map(String),
    fc.constantFrom('batch', '3x4', '1:2', 'a=b', 'log', 'x=log', '-', '--', ',', '"', '1e999', '__proto__=1'),
  )
  const args = fc.array(fc.tuple(fc.constantFrom(...flags, '--epocs', '-x'), value), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(args, async (given) => {
      const { code, out, err } = await som('train', at('absent.csv'), ...given.flat())
      expect([1, 2]).toContain(code)
      expect(out).toBe('')
      expect(err).toMatch(/^error: /)
      expect(err).not.toContain("fault of som's own")
    }),
    { numRuns: 300 },
  )
  expect(readdirSync(folder)).toEqual([])
})

describe('som match', () => {
  let map: Buffer
  beforeAll(async () => {
    await som('train', table(flowers), '-o', at('map.som'), '--size', '3x3')
    map = readFileSync(at('map.som'))
  })
  beforeEach(() => writeFileSync(at('map.som'), map))

  const rows =
    'sure;note;"width, cm";extra;length\ntrue;"semi; ""quoted""";1.50;007;1.00\nfalse;"two\nlines";5,x;é;NA\n'.replace(
      '5,x',
      '5.2',
    )

  test("writes unit and distance beside the row's own columns, row for row, cell for cell", async () => {
    const { code, out, err } = await som('match', at('map.som'), table(rows), '-o', at('out.csv'))
    expect(err).toBe('')
    expect(code).toBe(0)
    expect(out).toContain('rows        2\n')
    const written = readFileSync(at('out.csv'), 'utf8')
    expect(written).toMatch(
      /^sure,note,"width, cm",extra,length,unit,unit_row,unit_column,distance,second_unit,p_value\ntrue,"semi; ""quoted""",1\.50,007,1\.00,\d,\d,\d,[\d.]+,\d,[\d.]+\nfalse,"two\nlines",5\.2,é,NA,\d,\d,\d,[\d.]+,\d,[\d.]+\n$/,
    )
    const [, , , , , unit, row, column] = written.split('\n')[1].replace('"semi; ""quoted""', 'x').split(',')
    expect(Number(unit)).toBe(Number(row) * 3 + Number(column))
  })

  test('matches training rows to the units that training counted', async () => {
    await som('match', at('map.som'), table(flowers), '-o', at('out.csv'))
    const units = readFileSync(at('out.csv'), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',').at(-6)))
    const { seen } = JSON.parse((await som('inspect', at('map.som'), '--json')).out)
    expect(seen.hits).toEqual(
      seen.hits.map((_: number, unit: number) => units.filter((found) => found === unit).length),
    )
  })

  test('writes to standard output without --output, and reports rows that match no unit', async () => {
    const { code, out, err } = await som('match', at('map.som'), table('length,"width, cm",sure\n1,1,true\n,NA,\n'))
    expect(code).toBe(0)
    expect(out.split('\n')[2]).toBe(',NA,,,,,,,')
    expect(err).toBe('note: 1 row without a value in any feature: no unit\n')
  })

  test.each([
    [
      'a missing feature',
      'length,"width. cm",sure\n1,2,true\n',
      'a column named "width, cm", found none; did you mean "width. cm"?',
    ],
    ['another missing feature', 'length,"width, cm"\n1,2\n', 'expected a column named "sure", found none'],
    [
      'text in a feature',
      'length,"width, cm",sure\n1,2,true\nlong,2,true\n',
      'column "length": expected numbers, found "long" in row 2',
    ],
    [
      'columns of an earlier match',
      'length,"width, cm",sure,unit\n1,2,true,3\n',
      'already has columns that matching would add: unit',
    ],
    ['a number too large', 'length,"width, cm",sure\n1e300,2,true\n', 'in the 1 rows from row 1 on'],
  ])('ends with 1 and no file for %s', async (_, contents, message) => {
    const { code, err } = await som('match', at('map.som'), table(contents), '-o', at('out.csv'))
    expect(err).toContain(message)
    expect(code).toBe(1)
    expect(readdirSync(folder).sort()).toEqual(['map.som', 'table.csv'])
  })

  test('puts a prefix before the names it adds', async () => {
    const { out } = await som(
      'match',
      at('map.som'),
      table('length,"width, cm",sure,unit\n1,2,true,3\n'),
      '--prefix',
      'som_',
    )
    expect(out.split('\n')[0]).toBe(
      'length,"width, cm",sure,unit,som_unit,som_unit_row,som_unit_column,som_distance,som_second_unit,som_p_value',
    )
  })

  test('refuses a map that was cut short or changed, and one of a newer version', async () => {
    writeFileSync(at('map.som'), map.subarray(0, map.length - 3))
    expect((await som('match', at('map.som'), table(rows))).err).toContain('map.som: expected')
    const changed = Buffer.from(map)
    changed[map.length - 1] ^= 1
    writeFileSync(at('map.som'), changed)
    expect((await som('match', at('map.som'), table(rows))).err).toMatch(/map.som: expected .*SHA-256.* is damaged/)
    const newer = Buffer.from(map.toString('latin1').replace('"version":"2"', '"version":"9"'), 'latin1')
    writeFileSync(at('map.som'), newer)
    const { code, err } = await som('inspect', at('map.som'))
    expect(err).toContain('map.som: expected model file version 2 or older, found 9: a newer release wrote it')
    expect(code).toBe(1)
  })
})

test('som inspect says what a map is', async () => {
  await som('train', table(flowers), '-o', at('map.som'), '--size', '3x4', '--epochs', '12')
  const { code, out } = await som('inspect', at('map.som'))
  expect(code).toBe(0)
  for (const text of [
    '3 x 4 units, rectangular sheet',
    '12 of 12: all done',
    'hits',
    'quantization error',
    'width, cm',
    'always: the same in every row',
  ]) {
    expect(out).toContain(text)
  }
})

describe('options that only the library had', () => {
  const small = 'a,b\n1,2\n2,1\n3,4\n4,3\n5,6\n6,5\n'

  test('phases, cofactor, decay and a number of units reach the map', async () => {
    writeFileSync(at('small.csv'), small)
    const flags = ['--units', '4', '--phases', 'rough:3:2-1,fine:5:1-0.7', '--rule', 'online', '--decay-per', 'epoch']
    const { code, err } = await som('train', at('small.csv'), '-o', at('small.som'), ...flags, '--order', 'sequential')
    expect([code, err]).toEqual([0, ''])
    const { out } = await som('inspect', at('small.som'), '--json')
    const { training, lattice } = JSON.parse(out)
    expect(lattice.rows * lattice.columns).toBe(4)
    expect(training.decayPer).toBe('epoch')
    expect(training.phases.map(({ epochs }: { epochs: number }) => epochs)).toEqual([3, 5])
    expect(training.phases[1].radius).toMatchObject({ start: 1, end: 0.7 })
  })

  test('phases of another form are refused with an example', async () => {
    const { code, err } = await som('train', at('small.csv'), '--phases', '10:8')
    expect([code, err]).toEqual([
      2,
      'error: --phases: expected name:epochs:radius-radius such as rough:10:8-2,fine:20:2-0.8, found "10:8"\n',
    ])
  })
})
