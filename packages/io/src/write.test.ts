import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { random } from '@som/core'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { csvCell, firstRecord } from './csv/record.ts'
import { openTable } from './open-table.ts'
import { ProblemError } from './problem.ts'
import type { Chunk, Table } from './table.ts'
import { checkWritable, writeAside } from './write-aside.ts'
import { writeBeside } from './write-beside.ts'
import { writeTable } from './write-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-write-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('a file written aside', () => {
  test('holds all that was put', async () => {
    const path = join(folder, 'whole')
    await writeAside(path, async (put) => {
      await put('é')
      await put(Uint8Array.of(65, 66))
    })
    expect(readFileSync(path, 'utf8')).toBe('éAB')
  })

  test('leaves what was there before, and nothing beside it, when writing fails', async () => {
    const path = join(folder, 'kept')
    writeFileSync(path, 'before')
    const written = await writeAside(path, async (put) => {
      await put('half')
      throw new ProblemError('data', 'x', 'the data ends here')
    })
    expect(written.isErr && written.error.issues[0].message).toBe('the data ends here')
    expect(readFileSync(path, 'utf8')).toBe('before')
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test('goes where a link points to', async () => {
    writeFileSync(join(folder, 'target'), '')
    symlinkSync(join(folder, 'target'), join(folder, 'link'))
    await writeAside(join(folder, 'link'), (put) => put('through'))
    expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('through')
  })

  test.skipIf(process.platform === 'win32')('never takes the place of a device', async () => {
    expect((await writeAside('/dev/null', (put) => put('gone'))).isOk).toBe(true)
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  test.each([writeAside, checkWritable])('cannot be a folder, nor lie in one that is not there (%o)', async (write) => {
    mkdirSync(join(folder, 'inner'), { recursive: true })
    const told = async (path: string): Promise<string> => {
      const written = await write(path, async () => undefined)
      return written.isErr ? written.error.issues[0].message : ''
    }
    expect(await told(join(folder, 'inner'))).toContain('found a folder')
    expect(await told(join(folder, 'absent', 'file'))).toContain('no such folder to write into')
    expect(await told(join(folder, 'kept', 'file'))).toContain('part of the path is a file, not a folder')
  })

  test.skipIf(process.platform !== 'linux')('reports a full disk', async () => {
    const written = await writeAside('/dev/full', (put) => put('anything'))
    expect(written.isErr && written.error.kind).toBe('disk-full')
  })
})

describe('CSV', () => {
  test('any cells come back from a line as they were', () => {
    const cells = fc.array(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é') }), { minLength: 1 })
    fc.assert(
      fc.property(cells, (record) => {
        expect(firstRecord(record.map((cell) => csvCell(cell)).join(','), ',', true)).toEqual(record)
      }),
    )
  })

  test('of another table is kept row for row, cell for cell, with columns beside it', async () => {
    const table = await open('id;"note, long";v\n007;"say ""x"", twice";1.50\n;;NA\n"two\nlines"; spaced ;1e3\n')
    const parts: string[] = []
    const rows = await writeBeside(
      table,
      [{ name: 'v', column: 2 }],
      {
        names: ['double'],
        types: ['DOUBLE'],
        cells: async (chunk) => [Float64Array.from(chunk.numbers, (x) => 2 * x)],
      },
      async (part) => void parts.push(String(part)),
    )
    table.close()
    expect(rows).toBe(3)
    expect(parts.join('')).toBe(
      'id,"note, long",v,double\n007,"say ""x"", twice",1.50,3\n,,NA,\n"two\nlines", spaced ,1e3,2000\n',
    )
  })

  test('of any cells is the same after it was read and written again', async () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 5 }),
      fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '\t', ';', '|', 'é') }),
      fc.constantFrom('007', '1.50', 'NA', 'true', '-0', '1e3', '\\', "'"),
    )
    const table = fc
      .integer({ min: 2, max: 4 })
      .chain((columns) => fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1 }))
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const text = [rows[0].map((_, i) => `column ${i}`), ...rows]
          .map((row) => `${row.map((found) => csvCell(found)).join(',')}\n`)
          .join('')
        const opened = await open(text)
        const parts: string[] = []
        await writeBeside(
          opened,
          [],
          { names: [], types: [], cells: async () => [] },
          async (part) => void parts.push(String(part)),
        )
        opened.close()
        expect(parts.join('')).toBe(text)
      }),
      { numRuns: PROPERTY_RUNS },
    )
  })

  async function open(text: string): Promise<Table> {
    const path = join(folder, 'table.csv')
    writeFileSync(path, text)
    return (await openTable(path)).unwrapOrElse((error) => {
      throw new Error(JSON.stringify(error))
    })
  }
})

/** Each run opens a database: enough of them to find what goes wrong, few enough to stay quick. */
const PROPERTY_RUNS = 30

describe('a table with columns beside it, laid together by the database', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '1',
      '007',
      '-2.5',
      '',
      'NA',
      ' x ',
      'a;b',
      'a,b',
      '"',
      'ä',
      'two\nlines',
      'null',
      "o'clock",
      '1e5',
    ),
    fc.string({ maxLength: 5 }).filter((text) => !/[\r\0]/.test(text) && text === text.trim()),
  )
  const rows = fc.array(fc.tuple(fc.constantFrom('1', '2.5', 'NA', '-7'), cell), { minLength: 1, maxLength: 6 })

  test('holds the cells that it holds when it is written line by line', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (cells) => {
        const lines = cells.map((row) => row.map((text) => csvCell(text)).join(','))
        writeFileSync(join(folder, 'in.csv'), `x,"a ""name"", with; all"\n${lines.join('\n')}\n`)
        const beside = {
          names: ['unit', 'distance', 'kind, "x"'],
          types: ['INTEGER', 'DOUBLE', 'VARCHAR'] as const,
          cells: async ({ numbers }: Pick<Chunk, 'numbers'>) => [
            Int32Array.from(numbers, (x) => (Number.isNaN(x) ? -1 : Math.round(x))),
            Float64Array.from(numbers, (x) => (x === 1 ? x : Math.fround(x / 3))),
            Array.from(numbers, (x) => (Number.isNaN(x) ? null : x > 1 ? 'a, "b"' : '')),
          ],
        }
        const inputs = [{ name: 'x', column: 0 }]
        const parts: string[] = []
        const table = await openAt(join(folder, 'in.csv'))
        await writeBeside(table, inputs, beside, async (part) => void parts.push(String(part)))
        const written = await writeTable(join(folder, 'out.csv'), table, inputs, beside)
        table.close()
        expect(written.isOk && written.value).toBe(cells.length)
        expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toBe(parts.join(''))
      }),
      { numRuns: 15 },
    )
  })

  test('of numbers, times and text in types of their own does so too', async () => {
    const instance = await DuckDBInstance.create(':memory:')
    const db = await instance.connect()
    const path = join(folder, 'typed.parquet')
    await db.run(`COPY (SELECT * FROM (VALUES
      (0.1::FLOAT, 1e20::DOUBLE, TIMESTAMP '2024-01-02 03:04:05', 'a, "b"', [1, 2], true),
      ('NaN', 1e-7, NULL, E'two\\nlines', NULL, NULL), (NULL, NULL, NULL, '', [3], false)) AS given)
      TO '${path}' (FORMAT parquet)`)
    db.closeSync()
    instance.closeSync()
    const beside = {
      names: ['double'],
      types: ['DOUBLE'] as const,
      cells: async ({ numbers }: Pick<Chunk, 'numbers'>) => [Float64Array.from(numbers, (x) => 2 * x)],
    }
    const inputs = [{ name: 'col0', column: 0 }]
    const table = await openAt(path)
    const parts: string[] = []
    await writeBeside(table, inputs, beside, async (part) => void parts.push(String(part)))
    await writeTable(join(folder, 'typed.csv'), table, inputs, beside)
    table.close()
    expect(parts.join('').split('\n')[1]).toBe(
      '0.1,1e+20,2024-01-02 03:04:05,"a, ""b""","[1, 2]",true,0.20000000298023224',
    )
    expect(readFileSync(join(folder, 'typed.csv'), 'utf8')).toBe(parts.join(''))
  })
})

test('a table that a database writes has numbers beside it as JavaScript writes them, of any size', async () => {
  const source = random(1, 'numbers')
  const ofSize = (size: number): number => (source() - 0.5) * 10 ** size
  const numbers = Array.from({ length: 5000 }, (_, i) => {
    const x = ofSize((i % 60) - 30)
    return i % 3 === 0 ? Math.fround(x) : i % 3 === 1 ? Math.round(x) : x
  })
  writeFileSync(join(folder, 'in.csv'), `x\n${numbers.join('\n')}\n`)
  const table = await openAt(join(folder, 'in.csv'))
  const beside = {
    names: ['y'],
    types: ['DOUBLE'] as const,
    cells: async ({ numbers }: Chunk) => [Float64Array.from(numbers)],
  }
  await writeTable(join(folder, 'out.csv'), table, [{ name: 'x', column: 0 }], beside)
  table.close()
  const lines = readFileSync(join(folder, 'out.csv'), 'utf8').trim().split('\n').slice(1)
  expect(lines.map((line) => line.split(',')[1])).toEqual(numbers.map(String))
})

async function openAt(path: string): Promise<Table> {
  return (await openTable(path)).unwrapOrElse((problem) => {
    throw new Error(JSON.stringify(problem))
  })
}
