import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Feature } from '@som/core'
import { NOTHING_PROVEN, openTable, provenBy, readSamples, selectColumns, selectFeatures, type Table } from '@som/io'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { openTable as openInPage } from '../../io/src/browser/open-table.ts'
import { csvOf, type GivenColumn, type GivenTable, WRITERS } from '../../io/test/write-as.ts'
import { Refused } from '../../server/src/problem.ts'
import { rowReader } from '../../server/src/scoring/row-reader.ts'
import { rowsOfCsv, rowsOfJson } from '../../server/src/scoring/rows.ts'
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
        if (/^(parquet|arrows?|csv)$/.test(format))
          expect(await madeOf(await openedInPage(path)), `${format} in a page`).toEqual(made)
      }
    }),
    parameters(2),
  )
})

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
    const { features, sources = [] } = samples.unwrapOrElse((problem) => {
      throw new Error(JSON.stringify(problem))
    })
    const preprocessing = { name: 'none', center: 0, scale: 1 } as never // no row is preprocessed here
    return { features: features.map((name, f) => ({ name, preprocessing, ...(sources[f] && { source: sources[f] }) })) }
  } finally {
    table.close()
  }
}

/** The rows that a map gets of a table in a file, or null where it is refused. */
async function matched(path: string, features: readonly Feature[]): Promise<number[] | null> {
  const table = await opened(path)
  try {
    const selection = selectFeatures(table, features)
    if (selection.isErr) return null
    const samples = await readSamples(table, selection.value)
    return samples.isOk ? [...samples.value.data] : null
  } finally {
    table.close()
  }
}

async function watched(lines: readonly string[], features: readonly Feature[]): Promise<number[] | null> {
  const { values, broken } = await new LineReader(features, undefined, false).read(lines)
  return broken.length > 0 ? null : [...values]
}

function asked(read: () => { readonly data: ArrayLike<number> }): number[] | null {
  try {
    return Array.from(read().data)
  } catch (error) {
    if (error instanceof Refused) return null
    throw error
  }
}

test('match, watch and a server get the same rows of a text, or refuse it alike', async () => {
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
      const given = isSame ? rows : rowsOf([4, other])
      const text = csvOf(namesOf(given), given, delimiter)
      writeFileSync(next, text)
      const found = await matched(next, features)
      expect(
        asked(() => rowsOfCsv(text, rowReader({ features }), 100)),
        'server',
      ).toEqual(found)
      const records = given.map((row) => Object.fromEntries(row.map((cell, k) => [`c${k}`, cell])))
      if (delimiter === ',') {
        const body = { dataframe_records: records }
        expect(
          asked(() => rowsOfJson(body, rowReader({ features }), 100)),
          'server, JSON',
        ).toEqual(found)
      }
      // A stream knows the lines so far: what its first line does not prove comes too late for what is unsure.
      const cells = given.flat()
      if (cells.some((cell) => /^\s*[+-]?[1-9]\d{0,2}[.,]\d{3}\s*$/.test(cell))) {
        const [first, all] = [provenBy(given[0], NOTHING_PROVEN), provenBy(cells, NOTHING_PROVEN)]
        if (first.point !== all.point || first.comma !== all.comma) return
      }
      expect(await watched(text.slice(0, -1).split('\n'), features), 'watch').toEqual(found)
      if (delimiter === ',')
        expect(
          await watched(
            records.map((record) => JSON.stringify(record)),
            features,
          ),
          'watch, NDJSON',
        ).toEqual(found)
    }),
    { ...parameters(3), numRuns: RUNS * 4 },
  )
})
