import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { som } from '../test/harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-predict-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)

/** Rows of three kinds, of which the size is a curve; a few of them without a kind. */
function rows(from: number, count: number): string {
  const lines = Array.from({ length: count }, (_, k) => {
    const i = from + k
    const base = i % 3
    const [length, width] = [base + Math.sin(i) / 3, 5 * base + Math.cos(i)]
    const kind = i % 10 === 9 ? '' : ['small', '"mid, dle"', 'large'][base]
    return `${length.toFixed(4)},${width.toFixed(4)},${kind},${(3 * length + length * length).toFixed(4)},${base}`
  })
  return `length,width,kind,size,code\n${lines.join('\n')}\n`
}

beforeAll(async () => {
  writeFileSync(at('rows.csv'), rows(0, 120))
  writeFileSync(at('new.csv'), rows(120, 30))
  const { code, err } = await som(
    ...[
      'train',
      at('rows.csv'),
      '-o',
      at('map.som'),
      '--target',
      'kind,size',
      '--target',
      'code=class',
      '--size',
      '5x6',
    ],
    ...['--backend', 'js'],
  )
  expect([code, err]).toEqual([0, ''])
})

const records = (csv: string): Record<string, string>[] => {
  const [head, ...lines] = csv.trim().split('\n')
  const split = (line: string): string[] =>
    `${line},`.match(/("[^"]*"|[^,]*),/g)?.map((cell) => cell.slice(0, -1)) ?? []
  return lines.map((line) => Object.fromEntries(split(head).map((name, c) => [name, split(line)[c]])))
}

describe('som train --target', () => {
  test('takes the columns out of the features and says how well it predicts them', async () => {
    const { out } = await som(
      'train',
      at('rows.csv'),
      '-o',
      at('one.som'),
      '--target',
      'size',
      '--size',
      '4x4',
      '--backend',
      'js',
    )
    expect(out).toMatch(/features +3: length, width, code\n/)
    expect(out).toMatch(/predicts +size: a number, R² (0\.99|1)\d* on rows held out/)
    expect(out).toContain(`predict ${at('one.som')} new.csv`)
    const { out: json } = await som(
      'train',
      at('rows.csv'),
      '-o',
      at('one.som'),
      '--target',
      'kind',
      '--json',
      '--size',
      '4x4',
      '--backend',
      'js',
    )
    expect(JSON.parse(json).targets).toMatchObject([{ name: 'kind', kind: 'class', rows: 108 }])
  })

  test.each([
    [['--target', 'knd'], '--target: expected a column named "knd", found none; did you mean "kind"?'],
    [
      ['--target', 'size', '--columns', 'size,length'],
      '--target: "size" is also one of the columns; a feature would give the answer away',
    ],
    [['--target', 'kind=number'], '--target: "kind": expected numbers, found "small" in row 1'],
    [['--target', 'size,size'], '--target: "size" is given twice'],
  ])('refuses %j before it trains', async (flags, message) => {
    const { code, out, err } = await som('train', at('rows.csv'), '-o', at('no.som'), ...flags)
    expect([code, out, err]).toEqual([1, '', `error: ${message}\n`])
    expect(readdirSync(folder)).not.toContain('no.som')
  })

  test('refuses a target of one class before it trains', async () => {
    writeFileSync(at('same.csv'), 'a,b,kind\n1,2,x\n2,1,x\n3,5,x\n')
    const { code, err } = await som('train', at('same.csv'), '-o', at('no.som'), '--target', 'kind')
    expect([code, err]).toEqual([1, 'error: --target kind: expected at least 2 classes, found only "x"\n'])
    expect(readdirSync(folder)).not.toContain('no.som')
  })
})

test('som inspect says what a map predicts, without the models', async () => {
  const { out } = await som('inspect', at('map.som'))
  expect(out).toMatch(/predicts +kind: 3 classes, \S+ % right on rows held out \(108 rows in turn\)\n/)
  const { out: json } = await som('inspect', at('map.som'), '--json')
  const settings = expect.objectContaining({ squares: expect.any(Boolean) })
  const [kind] = JSON.parse(json).targets
  expect(kind).toEqual({ name: 'kind', kind: 'class', rows: 108, heldOut: expect.any(Number), settings, classes: expect.any(Array) }) // biome-ignore format: one line
})

describe('som predict', () => {
  test('adds classes with probabilities, numbers with intervals, and the reason', async () => {
    const { code, out, err } = await som('predict', at('map.som'), at('new.csv'), '--backend', 'js')
    expect([code, err]).toEqual([0, ''])
    const found = records(out)
    expect(Object.keys(found[0]).slice(5)).toEqual([
      ...[
        'kind_predicted',
        'kind_probability',
        'kind_probability_large',
        '"kind_probability_mid, dle"',
        'kind_probability_small',
      ],
      ...['code_predicted', 'code_probability', 'code_probability_0', 'code_probability_1', 'code_probability_2'],
      ...['size_predicted', 'size_low', 'size_high', 'unit', 'distance', 'p_value'],
    ])
    expect(found.filter((row) => row.kind !== '').every((row) => row.kind === row.kind_predicted)).toBe(true)
    expect(found.every((row) => row.code === row.code_predicted)).toBe(true)
    const inside = found.filter(
      (row) => Number(row.size_low) <= Number(row.size) && Number(row.size) <= Number(row.size_high),
    )
    expect(inside.length).toBeGreaterThan(20)
  })

  test('predicts rows whose targets are not there, into any format, with a prefix', async () => {
    writeFileSync(at('bare.csv'), 'width,length\n5,1\n,\n')
    const { code } = await som(
      'predict',
      at('map.som'),
      at('bare.csv'),
      '-o',
      at('bare.ndjson'),
      '--prefix',
      'p_',
      '--backend',
      'js',
    )
    expect(code).toBe(0)
    const [first, second] = readFileSync(at('bare.ndjson'), 'utf8').trim().split('\n').map((line) => JSON.parse(line)) // biome-ignore format: one line
    expect(first).toMatchObject({ p_kind_predicted: 'mid, dle', p_unit: expect.any(Number) })
    expect(second).toMatchObject({ p_kind_predicted: null, p_size_low: null, p_unit: null })
  })

  test('makes intervals wider for a higher coverage', async () => {
    const width = async (coverage: string): Promise<number> => {
      const { out } = await som('predict', at('map.som'), at('new.csv'), '--coverage', coverage, '--backend', 'js')
      const [row] = records(out)
      return Number(row.size_high) - Number(row.size_low)
    }
    expect(await width('0.95')).toBeGreaterThan(await width('0.5'))
  })

  test.each([
    [
      ['--coverage', '0.999'],
      '--coverage: expected at most 0.9917, since intervals of size rest on 120 rows, found 0.999',
    ],
    [['--coverage', '0'], '--coverage: expected a finite number above 0, found 0'],
  ])('refuses %j', async (flags, message) => {
    const { code, err } = await som('predict', at('map.som'), at('new.csv'), ...flags)
    expect([code, err]).toEqual([1, `error: ${message}\n`])
  })

  test('refuses a map without targets, and says how to train one that has some', async () => {
    await som('train', at('rows.csv'), '-o', at('plain.som'), '--size', '3x3', '--backend', 'js')
    const message = 'predicts nothing; train it with --target and the column to predict'
    for (const command of ['predict', 'evaluate']) {
      const { code, err } = await som(command, at('plain.som'), at('new.csv'))
      expect([code, err]).toEqual([1, `error: ${at('plain.som')}: ${message}\n`])
    }
  })
})

describe('som evaluate', () => {
  test('says how good predictions are, with the confusion of classes', async () => {
    const { code, out, err } = await som('evaluate', at('map.som'), at('new.csv'), '--backend', 'js')
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^kind: 27 rows with a value\n\naccuracy +100 % +\(33\.3 % by always/)
    expect(out).toMatch(/class +→ large +→ mid, dle +→ small +rows +precision +recall +F1\n/)
    expect(out).toMatch(/in their interval +\S+ % of rows; the map says 90 %\n/)
  })

  test('gives everything as JSON, to a file too, of the targets asked for', async () => {
    const flags = ['--target', 'code', '--json', '-o', at('evaluation.json'), '--backend', 'js']
    const { out } = await som('evaluate', at('map.som'), at('new.csv'), ...flags)
    expect(readFileSync(at('evaluation.json'), 'utf8')).toBe(out)
    expect(JSON.parse(out).targets).toMatchObject([
      { name: 'code', kind: 'class', rows: 30, accuracy: 1, confusion: [[10, 0, 0], [0, 10, 0], [0, 0, 10]] }, // biome-ignore format: a table
    ])
  })

  test('warns where the rows are those that the map was trained on', async () => {
    const own = await som('evaluate', at('map.som'), at('rows.csv'), '--backend', 'js')
    expect(own.err).toContain('note: the map was trained on these rows')
    const folds = await som('evaluate', at('map.som'), at('rows.csv'), '--folds', '3', '--backend', 'js')
    expect(folds.err).not.toContain('was trained on these rows')
  })

  test('measures a map without targets by folds', async () => {
    await som(
      'train',
      at('rows.csv'),
      '-o',
      at('bare.som'),
      '--columns',
      'length,width',
      '--size',
      '4x4',
      '--backend',
      'js',
    )
    const { code, out } = await som(
      'evaluate',
      at('bare.som'),
      at('rows.csv'),
      '--target',
      'kind',
      '--folds',
      '4',
      '--backend',
      'js',
    )
    expect(code).toBe(0)
    expect(out).toMatch(/^kind: 108 rows with a value, each predicted by models of the other 3 of 4 parts\n/)
  })

  test('refuses classes that training lacks, text where numbers were, and more folds than rows', async () => {
    writeFileSync(at('odd.csv'), 'length,width,kind,size,code\n1,5,huge,1,0\n2,3,small,x,1\n')
    const known = '("large", "mid, dle", "small")'
    const { err } = await som('evaluate', at('map.som'), at('odd.csv'), '--target', 'kind')
    expect(err).toBe(`error: --target kind: expected classes that training had ${known}, found "huge"\n`)
    const text = await som('evaluate', at('map.som'), at('odd.csv'), '--target', 'size')
    expect(text.err).toBe('error: --target: "size": expected numbers, found "x" in row 2\n')
    const folds = await som('evaluate', at('map.som'), at('odd.csv'), '--target', 'kind', '--folds', '3')
    expect(folds.err).toBe('error: --folds: expected at most as many as rows (2), found 3\n')
  })
})
