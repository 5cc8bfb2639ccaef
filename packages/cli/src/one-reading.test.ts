import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Feature } from '@som/core'
import { openTable, readSamples, selectColumns, selectFeatures, type Table } from '@som/io'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { openTable as openInPage } from '../../io/src/browser/open-table.ts'
import { arrowOf, csvOf, type GivenColumn, type GivenTable, NUMBER_WRITERS, WRITERS } from '../../io/test/write-as.ts'
import { UNCOUNTED } from '../../server/src/in-flight.ts'
import { Refused } from '../../server/src/problem.ts'
import { arrowSamples } from '../../server/src/scoring/arrow-samples.ts'
import { ndjsonSamples } from '../../server/src/scoring/ndjson.ts'
import { rowReader } from '../../server/src/scoring/row-reader.ts'
import { rowsOfCsv, rowsOfJson } from '../../server/src/scoring/rows.ts'
import { rowsOfTensors } from '../../server/src/scoring/tensors.ts'
import { LineReader } from './watch/readings.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-one-reading-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Each run opens the table in every format. */
const RUNS = Number(process.env.SOM_READING_RUNS ?? 6)
const parameters = (seed: number) => ({
  numRuns: RUNS,
  endOnFailure: true,
  seed: Number(process.env.SOM_READING_SEED ?? seed),
})

/** What a reader makes of each column: numbers, or text with its levels. */
async function madeOf(table: Table): Promise<unknown> {
  try {
    const made: unknown[] = []
    for (const [i, { name, kind, counter, names }] of table.columns.entries()) {
      const isText = kind === 'text'
      const numbers: number[] = []
      if (!isText) for await (const chunk of table.chunks([i])) numbers.push(...chunk.numbers)
      const cells = isText ? await table.levels(i, 100) : numbers
      made.push({ name, kind: kind === 'boolean' ? 'number' : kind, counter, isId: names !== undefined, cells })
    }
    return made
  } finally {
    table.close()
  }
}

const opened = async (path: string): Promise<Table> =>
  (await openTable(path)).unwrapOrElse(({ issues }) => {
    throw new Error(`${path}: ${issues.map(({ message }) => message).join('; ')}`)
  })

const openedInPage = async (path: string): Promise<Table> =>
  (await openInPage({ name: path, contents: readFileSync(path) })).unwrapOrElse(({ issues }) => {
    throw new Error(`${path}: ${issues.map(({ message }) => message).join('; ')}`)
  })

const MARKERS = ['', 'NA', 'nan', 'NULL', 'None', ' ', '?']
const NUMBERS = ['5', '-2.5', '1e3', '.5', '5.', '+3', ' 7 ', '0.125', '1E-2', '-0', '1234567', '2.50']
const COMMAS = ['1,5', '-2,25', '0,125', ',5', '1,5e3', '1234,567']
const UNSURE = ['1.234', '12.500', '-1.000', '1,234', '12,500']
const FLAGS = ['true', 'False', 'TRUE']
const LARGE = ['9007199254740993', '-9223372036854775807', '12345678901234567890']
const TIMES = [
  '2026-01-05',
  '2026-1-5',
  '2026/01/05',
  '2026-01-05 12:30',
  '2026-01-05T01:02:03.25Z',
  '2026-01-05 01:02+02:00',
  '06:00',
  '23:59:59.5',
]
const TEXTS = [
  'a',
  'b ',
  'a b',
  '\u00a0a',
  'ä',
  'E11',
  '0x10',
  '0b11',
  '1_000',
  '1 000',
  '1.234,5',
  '1,234.5',
  '12:60',
  '2026-02-30',
  '#',
  "it's",
  '"q"',
  'x,y',
  'inf',
  '1e',
  '--5',
  '[1, 2]',
  '{}',
  'infinity',
  '1e999',
  '١',
]

const of = (...cells: readonly (readonly string[])[]) => fc.constantFrom(...cells.flat())
/** Cells of a column of text: of one kind with missing values, or of any. */
const kinds = [
  of(NUMBERS, MARKERS),
  of(NUMBERS),
  of(COMMAS, MARKERS),
  of(NUMBERS, COMMAS),
  of(UNSURE),
  of(UNSURE, NUMBERS, MARKERS),
  of(FLAGS, MARKERS),
  of(FLAGS, ['1', '0']),
  of(LARGE),
  of(TIMES, MARKERS),
  of(['a', 'b', 'b ', 'a b'], MARKERS),
  of(MARKERS),
  of(['7']),
  of(TEXTS, NUMBERS),
  of(NUMBERS, COMMAS, UNSURE, FLAGS, LARGE, TIMES, TEXTS, MARKERS),
]
const texts = (rows: number) => fc.oneof(...kinds.map((cell) => fc.array(cell, { minLength: rows, maxLength: rows })))

const table = fc
  .integer({ min: 1, max: 6 })
  .chain((rows) => fc.tuple(fc.constant(rows), fc.array(texts(rows), { minLength: 1, maxLength: 4 })))

/** Columns of texts as rows; the first column has something in every row, so that no line is empty. */
const rowsOf = ([rows, columns]: readonly [number, readonly (readonly string[])[]]): string[][] =>
  Array.from({ length: rows }, (_, i) => [`${(i * 7) % 5}.5`, ...columns.map((cells) => cells[i])])

const namesOf = (rows: readonly (readonly string[])[]): string[] => rows[0].map((_, k) => `c${k}`)

test('text is the same table with any delimiter, packed, in a page, and in every format that holds text', async () => {
  const delimiter = fc.constantFrom(',', ';', '\t', '|')
  await fc.assert(
    fc.asyncProperty(table, delimiter, async (drawn, delimiter) => {
      const rows = rowsOf(drawn)
      const path = join(folder, 'text.csv')
      writeFileSync(path, csvOf(namesOf(rows), rows, delimiter))
      const made = await madeOf(await opened(path))
      expect(await madeOf(await openedInPage(path)), 'page').toEqual(made)
      if (delimiter !== ',') return
      const columns = namesOf(rows).map((name, k): GivenColumn => {
        return { name, type: 'text', cells: rows.map((row) => row[k]) }
      })
      for (const [format, write] of Object.entries(WRITERS))
        expect(await madeOf(await opened(await write(columns, folder))), format).toEqual(made)
    }),
    parameters(1),
  )
})

test('numbers, flags and times are the same table in every format, and in a page', async () => {
  const typed = (rows: number) => {
    const columnOf = (type: GivenColumn['type'], cell: fc.Arbitrary<GivenColumn['cells'][number]>) =>
      fc.array(fc.option(cell, { freq: 4 }), { minLength: rows, maxLength: rows }).map((cells) => ({ type, cells }))
    return fc.oneof(
      columnOf('number', fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 })),
      columnOf('number', fc.constantFrom(1.5, 1.234, -12.5, 0.1)),
      columnOf('whole', fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n })),
      columnOf('whole', fc.integer({ min: -9, max: 9 }).map(BigInt)),
      columnOf('flag', fc.boolean()),
      columnOf(
        'time',
        fc.integer({ min: 0, max: 2 ** 31 }).map((seconds) => new Date(seconds * 1000)),
      ),
      columnOf('text', fc.constantFrom('a', 'b', '1,5', '2.5')),
    )
  }
  const given = fc
    .integer({ min: 1, max: 5 })
    .chain((rows) => fc.tuple(fc.constant(rows), fc.array(typed(rows), { minLength: 1, maxLength: 4 })))
    .map(
      ([rows, columns]): GivenTable => [
        { name: 'c0', type: 'number', cells: Array.from({ length: rows }, (_, i) => ((i * 7) % 5) + 0.5) },
        ...columns.map((column, k) => ({ name: `c${k + 1}`, ...column })),
      ],
    )
  await fc.assert(
    fc.asyncProperty(given, async (columns) => {
      const first = await WRITERS.parquet(columns, folder)
      const made = await madeOf(await opened(first))
      for (const [format, write] of Object.entries(WRITERS)) {
        const path = await write(columns, folder)
        expect(await madeOf(await opened(path)), format).toEqual(made)
        if (/^(parquet|arrows?|csv|xlsx)$/.test(format))
          expect(await madeOf(await openedInPage(path)), `${format} in a page`).toEqual(made)
      }
    }),
    parameters(2),
  )
})

/** No row is preprocessed here. */
const UNUSED: Feature['preprocessing'] = { method: 'none', cofactor: 1, centre: 0, scale: 1, factor: 1 }

/** The features that a table makes: numbers, levels of texts, and times. */
async function learnt(path: string): Promise<{ features: Feature[] }> {
  const table = await opened(path)
  try {
    const names = (kind: string): string[] =>
      table.columns.filter((column) => column.kind === kind).map(({ name }) => name)
    const times = Object.fromEntries(names('time').map((name) => [name, ['number'] as const]))
    const numbers = table.columns
      .filter(({ kind, odd }) => kind === 'boolean' || (kind === 'number' && !odd))
      .map(({ name }) => name)
    const choice = { columns: numbers, categories: names('text'), times }
    const samples = await readSamples(
      table,
      selectColumns(table, choice).unwrapOrElse((problem) => {
        throw new Error(JSON.stringify(problem))
      }),
    )
    const {
      features,
      sources = [],
      decimal,
    } = samples.unwrapOrElse((problem) => {
      throw new Error(JSON.stringify(problem))
    })
    const featureOf = (name: string, f: number): Feature => {
      const [source, preprocessing] = [sources[f], UNUSED]
      return { name, preprocessing, ...(source ? { source } : decimal && { decimal }) }
    }
    return { features: features.map(featureOf) }
  } finally {
    table.close()
  }
}

/** The rows that a map gets of a table, or null where it is refused. */
async function matched(opening: ReturnType<typeof openTable>, features: readonly Feature[]): Promise<number[] | null> {
  const table = (await opening).unwrapOrElse(({ issues }) => {
    throw new Error(issues.map(({ message }) => message).join('; '))
  })
  try {
    const selection = selectFeatures(table, features)
    if (selection.isErr) return null
    const samples = await readSamples(table, selection.value)
    return samples.isOk ? [...samples.value.data] : null
  } finally {
    table.close()
  }
}

const inPage = (path: string, features: readonly Feature[]) =>
  openInPage({ name: path, contents: readFileSync(path) }, { features })

async function watched(lines: readonly string[], features: readonly Feature[]): Promise<number[] | null> {
  const { values, broken } = await new LineReader(features, undefined, false).read(lines)
  return broken.length > 0 ? null : [...values]
}

/** The rows of a request, or null where it is refused. */
async function asked(
  read: () => { readonly data: ArrayLike<number> } | AsyncIterable<{ readonly data: ArrayLike<number> }>,
): Promise<number[] | null> {
  try {
    const found = read()
    if ('data' in found) return Array.from(found.data)
    const rows: number[] = []
    for await (const { data } of found) rows.push(...Array.from(data))
    return rows
  } catch (error) {
    if (error instanceof Refused) return null
    throw error
  }
}

const posted = (text: string | Uint8Array): AsyncIterable<Uint8Array> => Readable.from([Buffer.from(text)])
const linesOf = (text: string): string[] => text.slice(0, -1).split('\n')
/** A number whose mark may separate thousands. */
const UNSURE_CELL = /^\s*[+-]?[1-9]\d{0,2}[.,]\d{3}\s*$/

test('match, watch, a page and a server get the same rows of a text, or refuse it alike', async () => {
  const two = fc.integer({ min: 1, max: 4 }).chain((count) => {
    const rows = (n: number) => fc.array(texts(n), { minLength: count, maxLength: count })
    return fc.tuple(rows(3), rows(4))
  })
  await fc.assert(
    fc.asyncProperty(two, fc.constantFrom(',', ';', '\t'), fc.boolean(), async ([old, other], delimiter, isSame) => {
      const rows = rowsOf([3, old])
      const [path, next] = [join(folder, 'old.csv'), join(folder, 'new.csv')]
      writeFileSync(path, csvOf(namesOf(rows), rows, delimiter))
      const { features } = await learnt(path)
      const reader = rowReader({ features })
      const given = isSame ? rows : rowsOf([4, other])
      const text = csvOf(namesOf(given), given, delimiter)
      writeFileSync(next, text)
      const found = await matched(openTable(next, { features }), features)
      expect(await matched(inPage(next, features), features), 'page').toEqual(found)
      expect(await asked(() => rowsOfCsv(text, reader, 100)), 'server').toEqual(found)
      // Before a stream has shown its marks, it may refuse a number that the whole table would have shown to be one.
      const isStrict = found !== null && given.flat().some((cell) => UNSURE_CELL.test(cell))
      const streamed = isStrict ? [found, null] : [found]
      expect(streamed, 'watch').toContainEqual(await watched(linesOf(text), features))
      if (delimiter !== ',') return
      const records = given.map((row) => Object.fromEntries(row.map((cell, k) => [`c${k}`, cell])))
      const body = { dataframe_records: records }
      expect(await asked(() => rowsOfJson(body, reader, 100)), 'server, JSON').toEqual(found)
      const columns = namesOf(given).map((name, k): GivenColumn => {
        return { name, type: 'text', cells: given.map((row) => row[k]) }
      })
      const arrow = arrowOf(columns, 'stream')
      expect(await asked(() => arrowSamples(posted(arrow), reader, UNCOUNTED)), 'server, Arrow').toEqual(found)
      const ndjson = `${records.map((record) => JSON.stringify(record)).join('\n')}\n`
      expect(streamed, 'watch, NDJSON').toContainEqual(await watched(linesOf(ndjson), features))
      expect(streamed, 'server, NDJSON').toContainEqual(await asked(() => ndjsonSamples(posted(ndjson), reader)))
    }),
    { ...parameters(3), numRuns: RUNS * 4 },
  )
})

test('numbers are the same rows in every format and at every door', async () => {
  const number = fc.oneof(fc.constantFrom(0, 1.5, -12.5, 1.234, 7), fc.double({ noNaN: true, min: -1e12, max: 1e12 }))
  const given = fc
    .tuple(fc.integer({ min: 3, max: 6 }), fc.integer({ min: 1, max: 4 }), fc.boolean())
    .chain(([rows, columns, hasMissing]) => {
      const cell = hasMissing ? fc.option(number, { freq: 4 }) : number
      const column = fc.array(cell, { minLength: rows, maxLength: rows })
      return fc.array(column, { minLength: columns, maxLength: columns })
    })
    // A last column without missing values, so that no row is empty and none of its columns is left out.
    .map((columns): GivenTable => {
      const last = columns[0].map((_, i) => [2.5, 0, 1.5][i % 3])
      return [...columns, last].map((cells, k) => ({
        name: `feature ${k + 1}`,
        type: 'number',
        cells: cells.map((cell) => (cell === null ? null : cell + 0)),
      }))
    })
  await fc.assert(
    fc.asyncProperty(given, async (columns) => {
      const features = columns.map(({ name }): Feature => ({ name, preprocessing: UNUSED }))
      const reader = rowReader({ features })
      const rows = columns[0].cells.map((_, i) => columns.map(({ cells }) => cells[i] as number | null))
      const wanted = rows.flat().map((cell) => cell ?? Number.NaN)
      const hasMissing = rows.flat().includes(null)
      for (const [format, write] of Object.entries({ ...WRITERS, ...NUMBER_WRITERS })) {
        if (format === 'libsvm' && hasMissing) continue
        const path = await write(columns, folder)
        expect(await matched(openTable(path, { features }), features), format).toEqual(
          format === 'libsvm' ? wanted.map(Math.fround) : wanted,
        )
        if (/^(parquet|arrows?|csv|xlsx)$/.test(format))
          expect(await matched(inPage(path, features), features), `${format} in a page`).toEqual(wanted)
      }
      const csv = readFileSync(join(folder, 'given.csv'), 'utf8')
      const ndjson = readFileSync(join(folder, 'given.ndjson'), 'utf8')
      expect(await asked(() => rowsOfCsv(csv, reader, 100)), 'server, CSV').toEqual(wanted)
      expect(await asked(() => ndjsonSamples(posted(ndjson), reader)), 'server, NDJSON').toEqual(wanted)
      const arrow = arrowOf(columns, 'stream')
      expect(await asked(() => arrowSamples(posted(arrow), reader, UNCOUNTED)), 'server, Arrow').toEqual(wanted)
      for (const form of ['instances', 'inputs'])
        expect(await asked(() => rowsOfJson({ [form]: rows }, reader, 100)), form).toEqual(wanted)
      const tensor = { name: 'x', shape: [rows.length, columns.length], data: rows.flat(), datatype: 'FP64' }
      expect(await asked(() => rowsOfTensors([tensor], reader, 100)), 'tensor').toEqual(wanted)
      const tensors = columns.map(({ name, cells }) => ({ name, shape: [rows.length], data: cells, datatype: 'FP64' }))
      expect(await asked(() => rowsOfTensors(tensors, reader, 100)), 'tensor per column').toEqual(wanted)
      expect(await watched(linesOf(csv), features), 'watch').toEqual(wanted)
      expect(await watched(linesOf(ndjson), features), 'watch, NDJSON').toEqual(wanted)
    }),
    { ...parameters(4), numRuns: RUNS * 2 },
  )
})

test('further words for missing values are the same at every door and in every format', async () => {
  const cells = ['-999', '1.5', '-999.0', 'x', '7', ' -999 ']
  const rows = cells.map((cell, i) => [`${i}.5`, cell])
  const features = ['c0', 'c1'].map((name): Feature => ({ name, preprocessing: UNUSED }))
  const wanted = [0.5, Number.NaN, 1.5, 1.5, 2.5, Number.NaN, 3.5, Number.NaN, 4.5, 7, 5.5, Number.NaN]
  const missing = ['-999', 'x']
  const columns = ['c0', 'c1'].map((name, k): GivenColumn => ({ name, type: 'text', cells: rows.map((row) => row[k]) }))
  for (const [format, write] of Object.entries(WRITERS)) {
    const path = await write(columns, folder)
    expect(await matched(openTable(path, { features, missing }), features), format).toEqual(wanted)
    if (!/^(parquet|arrows?|csv|xlsx)$/.test(format)) continue
    const page = openInPage({ name: path, contents: readFileSync(path) }, { missing })
    expect(await matched(page, features), `${format} in a page`).toEqual(wanted)
  }
  for (const format of ['csv', 'ndjson']) {
    const lines = linesOf(readFileSync(join(folder, `given.${format}`), 'utf8'))
    const { values, broken } = await new LineReader(features, undefined, false, undefined, { missing }).read(lines)
    expect([broken, [...values]], format).toEqual([[], wanted])
  }
  const numbers: GivenTable = [{ name: 'c0', type: 'number', cells: [1.5, -999, 2.5] }]
  for (const [format, write] of Object.entries(WRITERS)) {
    const path = await write(numbers, folder)
    expect(await matched(openTable(path, { missing }), features.slice(0, 1)), format).toEqual([1.5, Number.NaN, 2.5])
  }
})

test('a map learned from decimal commas reads them where new text does not show its own', async () => {
  const path = join(folder, 'commas.csv')
  writeFileSync(path, 'c0,c1\n"1,5","50,124"\n"2,5","51,120"\n"3,5","52,008"\n')
  const { features } = await learnt(path)
  const one = join(folder, 'one.csv')
  const text = 'c0,c1\n2,"51,120"\n'
  writeFileSync(one, text)
  const doors = async (features: readonly Feature[]) => [
    await matched(openTable(one, { features }), features),
    await matched(inPage(one, features), features),
    await asked(() => rowsOfCsv(text, rowReader({ features }), 100)),
    await asked(() => ndjsonSamples(posted('{"c0":2,"c1":"51,120"}\n'), rowReader({ features }))),
    await watched(linesOf(text), features),
  ]
  expect(await doors(features)).toEqual(Array.from({ length: 5 }, () => [2, 51.12]))
  const plain = features.map(({ decimal: _, ...feature }) => feature)
  expect(await doors(plain)).toEqual(Array.from({ length: 5 }, () => null))
})

test('a stream whose later line shows that a number was read wrongly says so', async () => {
  const features = ['c0', 'c1'].map((name): Feature => ({ name, preprocessing: UNUSED }))
  const lines = ['c0;c1', '1.234;5', '1.235;2,5', '7;8']
  const { broken, rows } = await new LineReader(features, undefined, false).read(lines)
  expect(rows).toBe(2)
  expect(broken).toEqual([
    {
      line: 3,
      message:
        'expected decimal points, as in "1.234" of line 2, found a decimal comma; one of them separates thousands',
    },
  ])
  const ndjson = '{"c0":"1.234","c1":5}\n{"c0":"1.235","c1":"2,5"}\n'
  expect(await asked(() => ndjsonSamples(posted(ndjson), rowReader({ features })))).toBeNull()
})
