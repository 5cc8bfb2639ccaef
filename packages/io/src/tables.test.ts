import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { samplesOf } from '@som/core'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { openTable } from './open-table.ts'
import { readSamples } from './read-samples.ts'
import { type ColumnChoice, selectColumns } from './select-columns.ts'
import type { Table } from './table.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-io-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
function file(contents: string | Buffer, name = `table ${files++}'s.csv`): string {
  const path = join(folder, name)
  writeFileSync(path, contents)
  return path
}

async function open(contents: string | Buffer): Promise<Table> {
  const table = await openTable(file(contents))
  if (table.isErr) throw new Error(JSON.stringify(table.error))
  return table.value
}

async function read(contents: string | Buffer, choice?: ColumnChoice) {
  const table = await open(contents)
  const selection = selectColumns(table, choice)
  if (selection.isErr) throw new Error(JSON.stringify(selection.error))
  const samples = await readSamples(table, selection.value)
  table.close()
  if (samples.isErr) throw new Error(JSON.stringify(samples.error))
  return { ...samples.value, data: [...samples.value.data], leftOut: selection.value.leftOut, notes: table.notes }
}

/** What is reported for a table that cannot be opened. */
async function refusal(contents: string | Buffer, name?: string): Promise<string> {
  const table = await openTable(file(contents, name))
  if (table.isOk) throw new Error('expected a problem, found a table')
  return table.error.issues.map((issue) => issue.message).join('\n')
}

/** What is reported for a choice that cannot be made. */
async function objections(contents: string, choice?: ColumnChoice): Promise<string[]> {
  const table = await open(contents)
  const selection = selectColumns(table, choice)
  table.close()
  if (selection.isOk) throw new Error('expected a problem, found a selection')
  return selection.error.issues.map((issue) => `${issue.path}: ${issue.message}`)
}

describe('a table', () => {
  test('gives its numeric columns row after row, and says why others are left out', async () => {
    const samples = await read('name,a,when,b,none\nx,1,2024-01-02,2.5,\ny,3,2024-01-03,-4e2,NA\n')
    expect(samples.features).toEqual(['a', 'b'])
    expect(samples.data).toEqual([1, 2.5, 3, -400])
    expect(samples.leftOut).toEqual([
      { name: 'name', reason: 'text (row 1 has "x")' },
      { name: 'when', reason: 'dates or times (row 1 has "2024-01-02")' },
      { name: 'none', reason: 'every cell is missing' },
    ])
  })

  test.each(['', 'NA', 'n/a', '#N/A', 'NaN', 'NULL', ' None ', '?', '-', '--', '.', 'missing', '""', '" "'])(
    'reads %j as missing',
    async (marker) => {
      expect((await read(`a,b\n1,2\n${marker},3\n`)).data).toEqual([1, 2, Number.NaN, 3])
    },
  )

  test('takes any other text to make a column text', async () => {
    expect((await read('a,b\n1,2\nmany,3\n')).leftOut).toEqual([{ name: 'a', reason: 'text (row 2 has "many")' }])
  })

  test('keeps names with commas, quotes and line breaks', async () => {
    expect((await read('"a,b","say ""x""","two\nlines"\n1,2,3\n')).features).toEqual(['a,b', 'say "x"', 'two\nlines'])
  })

  test('gives a second column of the same name another one and says so', async () => {
    const samples = await read('a,a,a (2),a\n1,2,3,4.5\n')
    expect(samples.features).toEqual(['a', 'a (2)', 'a (2) (2)', 'a (3)'])
    expect(samples.notes[0]).toContain('"a" is renamed to "a (2)"')
  })

  test('names columns that have no name', async () => {
    expect((await read('x,,\n1,2,3\n')).features).toEqual(['x', 'column 2', 'column 3'])
  })

  test('whose first line holds numbers has no header', async () => {
    const samples = await read('5.1,3.5,setosa\n4.9,3,setosa\n')
    expect(samples.features).toEqual(['column 1', 'column 2'])
    expect(samples.rows).toBe(2)
    expect(samples.notes[0]).toContain('the first line has numbers')
  })

  test('may have a byte order mark and no header', async () => {
    expect((await read('\ufeff1.5,2\n3,4\n')).data).toEqual([1.5, 2, 3, 4])
  })

  test('may have years as names', async () => {
    expect((await read('country,1990,1991\nx,1.5,2.5\n')).features).toEqual(['1990', '1991'])
  })

  test('may begin with a byte order mark', async () => {
    expect((await read('\ufeffa,b\n1,2\n')).features).toEqual(['a', 'b'])
  })

  test.each([
    ['semicolons', 'a;b\n1;2\n'],
    ['tabs', 'a\tb\n1\t2\n'],
    ['bars', 'a|b\n1|2\n'],
    ['carriage returns and line feeds', 'a,b\r\n1,2\r\n'],
    ['carriage returns alone', 'a,b\r1,2\r'],
    ['no line end at the end', 'a,b\n1,2'],
    ['spaces around numbers', 'a,b\n 1 ,2 \n'],
  ])('may be written with %s', async (_, text) => {
    expect(await read(text)).toMatchObject({ features: ['a', 'b'], data: [1, 2] })
  })

  test('may have decimal commas, which it says', async () => {
    const samples = await read('a;b\n1,5;2\n-0,25;3,75\n')
    expect(samples.data).toEqual([1.5, 2, -0.25, 3.75])
    expect(samples.notes).toEqual(['decimal commas read in: a, b'])
  })

  test('takes a comma within a number for a decimal comma beside any other delimiter', async () => {
    expect((await read('a;b\n1,500;2\n2;3\n')).data).toEqual([1.5, 2, 2, 3])
  })

  test('does not guess what a comma before three digits means where commas separate cells, until another column proves it', async () => {
    expect((await read('a,b\n"1,500",2\n2,3\n')).leftOut).toEqual([{ name: 'a', reason: 'text (row 1 has "1,500")' }])
    expect((await read('a,b\n"1,500","2,5"\n2,3\n')).data).toEqual([1.5, 2.5, 2, 3])
  })

  test('takes codes without a digit before the exponent for text, whatever separates cells', async () => {
    for (const delimiter of [',', ';', '\t']) {
      const { leftOut } = await read(`a${delimiter}b\nE11${delimiter}2\nE10${delimiter}3\n`)
      expect(leftOut).toEqual([{ name: 'a', reason: 'text (row 1 has "E11")' }])
    }
  })

  test('reads no number in 0x10, 0b11 and 1_000', async () => {
    for (const cell of ['0x10', '0b11', '1_000'])
      expect((await read(`a,b\n${cell},2\n2,3\n`)).leftOut).toEqual([
        { name: 'a', reason: `text (row 1 has ${JSON.stringify(cell)})` },
      ])
  })

  test('gives true and false as 1 and 0', async () => {
    expect((await read('a,b\ntrue,4\nFALSE,2\n,3\n')).data).toEqual([1, 4, 0, 2, Number.NaN, 3])
  })

  test('leaves out a column that counts the rows unless it is requested', async () => {
    const text = 'id,a\n7,1\n8,5\n9,2\n'
    expect((await read(text)).leftOut).toEqual([
      { name: 'id', reason: 'it counts the rows; name it in the columns to use it' },
    ])
    expect((await read(text, { columns: ['id', 'a'] })).data).toEqual([7, 1, 8, 5, 9, 2])
  })

  test('keeps numbers that f32 cannot hold', async () => {
    expect((await read('a\n1700000000123\n1700000000124\n')).data).toEqual([1700000000123, 1700000000124])
  })

  test('keeps the order of its rows when it is read in parts', async () => {
    const rows = 200_000
    const text = Array.from({ length: rows }, (_, i) => `${(i * 7919) % rows},x\n`).join('')
    const samples = await read(`a,b\n${text}`)
    expect(samples.data.every((value, i) => value === (i * 7919) % rows)).toBe(true)
  })

  test('may have 10,000 columns', async () => {
    const columns = 10_000
    const line = (cell: (i: number) => string | number) =>
      `${Array.from({ length: columns }, (_, i) => cell(i)).join(',')}\n`
    const samples = await read(line((i) => `c ${i}`) + line((i) => i) + line((i) => i / 2))
    expect(samples.features).toHaveLength(columns)
    expect(samples.data[columns - 1]).toBe(columns - 1)
    expect(samples.data[2 * columns - 1]).toBe((columns - 1) / 2)
  })
})

describe('columns', () => {
  const text = 'name,class,w,a,b\nx,p,1,1,2\ny,q,0.5,3,4\n'

  test('can be chosen for features, class, name and weight', async () => {
    const samples = await read(text, { exclude: ['b'], label: 'class', id: 'name', weight: 'w' })
    expect(samples).toMatchObject({ features: ['a'], data: [1, 3], labels: ['p', 'q'], ids: ['x', 'y'] })
    expect([...(samples.weights ?? [])]).toEqual([1, 0.5])
    expect(samples.leftOut).toEqual([])
  })

  test('come in the order in which they are named', async () => {
    expect((await read(text, { columns: ['b', 'a'] })).data).toEqual([2, 1, 4, 3])
  })

  test('that are unknown are all told at once, with the name that may be meant', async () => {
    expect(await objections(text, { columns: ['a', 'clas', 'zzzzzz'], exclude: ['nmae'], label: 'c' })).toEqual([
      'exclude: expected a column named "nmae", found none; did you mean "name"?',
      expect.stringContaining('label: expected a column named "c", found none'),
      'columns: expected a column named "clas", found none; did you mean "class"?',
      'columns: expected a column named "zzzzzz", found none; the columns are name, class, w, a, b',
    ])
  })

  test('of text cannot be features: the column, the row and the value are reported', async () => {
    expect(await objections(text, { columns: ['a', 'class'] })).toEqual([
      'columns: column "class": expected numbers, found "p" in row 1; correct the cell, empty it, or leave the column out',
    ])
  })

  test('with an infinite number are reported, chosen or not', async () => {
    const infinite = 'a,b\n1,2\n3,inf\n5,1e999\n'
    expect(await objections(infinite)).toEqual([
      'columns: column "b": expected finite numbers, found "inf" in row 2; correct the cell, empty it, or leave the column out',
    ])
    expect((await read(infinite, { exclude: ['b'] })).features).toEqual(['a'])
  })

  test('that leave no feature are an issue with the reasons', async () => {
    expect(await objections('a,b\nx,\ny,\n')).toEqual([
      'columns: expected at least one column of numbers, found none; left out: a: text (row 1 has "x"); b: every cell is missing; name columns of text as categories to use them',
    ])
  })

  test.each([
    ['-1', 'found -1 in row 2'],
    ['', 'found a missing value in row 2'],
  ])('of weights need a number of at least 0: not %j', async (cell, found) => {
    const table = await open(`a,w\n1,1\n2,${cell}\n`)
    const samples = await readSamples(
      table,
      selectColumns(table, { weight: 'w' }).unwrapOr({ features: [], leftOut: [] }),
    )
    table.close()
    expect(samples.isErr && samples.error.issues[0].message).toContain(found)
  })
})

test('reading says how many rows it has read, up to all of them', async () => {
  const table = await open(`a\n${'1\n2\n'.repeat(3000)}`)
  const told: number[] = []
  await readSamples(table, selectColumns(table, {}).unwrapOr({ features: [], leftOut: [] }), undefined, (rows) =>
    told.push(rows),
  )
  table.close()
  expect(told.length).toBeGreaterThan(1)
  expect(told).toEqual(told.toSorted((a, b) => a - b))
  expect(told.at(-1)).toBe(6000)
})

test('a file that shrinks, grows or goes while it is read is reported', async () => {
  const path = join(folder, 'shrinking.csv')
  for (const rows of ['1,2\n', '1,2\n'.repeat(9000), null]) {
    writeFileSync(path, `a,b\n${'3,4\n'.repeat(5000)}`)
    const table = (await openTable(path)).unwrapOrElse(() => {
      throw new Error('not opened')
    })
    if (rows === null) rmSync(path)
    else writeFileSync(path, `a,b\n${rows}`)
    const samples = await readWhole(table)
    expect(samples.isErr && samples.error.issues[0].message).toMatch(
      rows === null ? /No files found|No such file/ : /^the file changed while it was being read; try again$/,
    )
  }
})

describe('what is not a table', () => {
  test.each([
    ['an empty file', '', 'expected a table, found an empty file'],
    ['a header alone', 'a,b\n', 'expected at least one row under the header, found none'],
    ['a row too short', 'a,b\n1,2\n3\n', 'line 3: expected 2 cells as in the first line, found 1'],
    ['a row too long', 'a,b\n1,2\n3,4,5\n', 'line 3: expected 2 cells as in the first line, found 3'],
    ['a quote that is never closed', 'a,b\n1,"2\n', 'found a quote that is never closed'],
    ['a header whose quote is never closed', '"a,b\n1,2\n', 'found a quote that is never closed'],
    ['text in an older encoding', Buffer.from('a,b\ncaf\xe9,1\n', 'latin1'), 'expected UTF-8 text'],
    ['UTF-16', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), 'expected UTF-8 text, found UTF-16'],
    ['binary data', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 1]), 'found binary data'],
  ])('%s is reported', async (_, contents, message) => {
    expect(await refusal(contents)).toContain(message)
  })

  test('text in an older encoding is reported far down as well', async () => {
    const rows = 'plain,1\n'.repeat(20_000)
    expect(await refusal(Buffer.from(`a,b\n${rows}caf\xe9,1\n`, 'latin1'))).toMatch(/line 20002: expected UTF-8/)
  })

  test('a file of another kind is reported by its extension', async () => {
    expect(await refusal('a,b\n1,2\n', 'table.xls')).toBe(
      'expected a table in .csv, .tsv, .tab, .txt, .parquet, .json, .ndjson, .jsonl, .arrow, .arrows, .feather, .ipc, .sqlite, .sqlite3, .db, .dat, .lrn, .xlsx, .npy, .duckdb, .libsvm, .svm, .svmlight, .csv.gz, .csv.zst, found ".xls"',
    )
  })

  test('an absent file and a folder are reported', async () => {
    const absent = await openTable(join(folder, 'absent.csv'))
    expect(absent.isErr && absent.error.kind).toBe('not-found')
    const directory = await openTable(folder)
    expect(directory.isErr && directory.error.issues[0].message).toContain('found a folder')
  })
})

async function readWhole(table: Table): ReturnType<typeof readSamples> {
  const selection = selectColumns(table)
  const samples = selection.isOk ? await readSamples(table, selection.value) : selection.map(() => samplesOf([]))
  table.close()
  return samples
}

describe('no table makes reading throw', () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.double().map(String),
    fc.constantFrom('', 'NA', '"', '""', 'inf', 'true', '2024-01-01', '1,5', '\r', '\ufeff', '\0'),
  )
  const delimited = fc
    .tuple(fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n'), fc.array(fc.array(cell, { maxLength: 4 })))
    .map(([delimiter, end, rows]) => Buffer.from(rows.map((row) => row.join(delimiter)).join(end)))
  const anything = fc.oneof(
    delimited,
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  )

  test('whatever it holds: numbers come out, or a message', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (contents) => {
        const table = await openTable(file(contents, 'any.csv'))
        const found = table.isErr ? table : await readWhole(table.value)
        if (found.isErr) expect(found.error.issues[0].message).not.toBe('')
        else {
          expect(found.value.data.some((x) => Math.abs(x) === Number.POSITIVE_INFINITY)).toBe(false)
          expect(found.value.data).toHaveLength(found.value.rows * found.value.features.length)
        }
      }),
      { numRuns: PROPERTY_RUNS },
    )
  })
})

describe('a wide table', () => {
  const wide = (columns: number, cell: (row: number, column: number) => string): string =>
    [
      Array.from({ length: columns }, (_, k) => `c${k}`),
      ...[0, 1, 2].map((row) => Array.from({ length: columns }, (_, k) => cell(row, k))),
    ]
      .map((cells) => cells.join(';'))
      .join('\n')

  test('of 30,000 columns is read as a narrow one is', async () => {
    const cell = (row: number, column: number): string =>
      ['-9', 'NA', `${column % 7},5`, 'x', '1.234'][(row * 3 + column) % 5]
    const [many, few] = [wide(30_000, cell), wide(100, cell)]
    const reading = { decimal: ',', missing: ['-9'] } as const
    const madeOf = async (text: string, columns: number): Promise<unknown> => {
      const table = (await openTable(file(text), reading)).unwrapOrElse((problem) => {
        throw new Error(JSON.stringify(problem))
      })
      const kept = table.columns.slice(0, columns).map(({ name, kind, odd }) => ({ name, kind, odd }))
      const { value: first } = await table.chunks(kept.flatMap(({ kind }, i) => (kind === 'number' ? [i] : []))).next()
      table.close()
      return [kept, first]
    }
    expect(await madeOf(many, 100)).toEqual(await madeOf(few, 100))
    expect((await readWhole(await open(wide(30_000, (row, k) => `${(row + k) % 4},5`)))).isOk).toBe(true)
  })

  test('that is too wide for its format is refused in one sentence', async () => {
    const header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 20001), }"
    const start = Buffer.from(`\u0093NUMPY\u0001\0\u0076\0${header.padEnd(117)}\n`, 'latin1')
    expect(await refusal(Buffer.concat([start, Buffer.alloc(8 * 20_001)]), 'wide.npy')).toMatch(
      /^expected at most 20000 columns in a file of this kind and size, found 20001; /,
    )
  })
})

/** Each run opens a database: enough of them to find what goes wrong, few enough to stay quick. */
const PROPERTY_RUNS = 60
