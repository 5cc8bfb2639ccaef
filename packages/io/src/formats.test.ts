import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Samples } from '@som/core'
import * as arrow from 'apache-arrow'
import Sqlite from 'libsql'
import * as lz4 from 'lz4js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { compiledPackages } from '../../../tools/test/compiled.ts'
import { encodeNpy } from './codebooks/npy.ts'
import { openTable } from './open-table.ts'
import { readSamples } from './read-samples.ts'
import { type ColumnChoice, selectColumns } from './select-columns.ts'
import type { Table } from './table.ts'
import { writeTable } from './write-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-formats-'))
afterAll(() => rmSync(folder, { recursive: true }))
const packages = await compiledPackages()
const at = (name: string, contents?: string | Uint8Array): string => {
  const path = join(folder, name)
  if (contents !== undefined) writeFileSync(path, contents)
  return path
}

async function open(path: string): Promise<Table> {
  return (await openTable(path)).unwrapOrElse(({ issues }) => {
    throw new Error(issues.map(({ message }) => message).join('; '))
  })
}

async function read(path: string, choice?: ColumnChoice): Promise<{ table: Table; samples: Samples }> {
  const table = await open(path)
  try {
    const selection = selectColumns(table, choice)
    const samples = selection.isOk ? await readSamples(table, selection.value) : selection
    if (samples.isErr) throw new Error(JSON.stringify(samples.error))
    return { table, samples: samples.value }
  } finally {
    table.close()
  }
}

const told = async (path: string): Promise<string> => {
  const opened = await openTable(path)
  if (opened.isOk) opened.value.close()
  return opened.isErr ? `${opened.error.kind}: ${opened.error.issues[0].message}` : 'opened'
}

describe('Arrow', () => {
  const table = arrow.tableFromArrays({
    length: Float64Array.of(1.5, 2.5, 3.5),
    whole: Int32Array.of(1, 2, 7),
    kind: ['a', 'b', 'a'],
  })
  const more = new arrow.Table({
    f: arrow.vectorFromArray([1, null, 3], new arrow.Float32()),
    sure: arrow.vectorFromArray([true, null, false], new arrow.Bool()),
    when: arrow.vectorFromArray([new Date(0), new Date(86_400_000), null], new arrow.TimestampMillisecond()),
    list: arrow.vectorFromArray([[1], [2], [3]], new arrow.List(new arrow.Field('x', new arrow.Float64()))),
  })

  it.each(['file', 'stream'] as const)('a %s is a table, its dictionaries text', async (form) => {
    const { samples } = await read(at(`a-${form}.arrow`, arrow.tableToIPC(table, form)), { label: 'kind' })
    expect(samples.features).toEqual(['length', 'whole'])
    expect([...samples.data]).toEqual([1.5, 1, 2.5, 2, 3.5, 7])
    expect(samples.labels).toEqual(['a', 'b', 'a'])
  })

  it('keeps missing values, reads flags and times, and says what it leaves out', async () => {
    const { table, samples } = await read(at('more.arrow', arrow.tableToIPC(more, 'file')), {
      times: { when: ['number'] },
    })
    expect(samples.features).toEqual(['f', 'sure', 'when'])
    expect([...samples.data]).toEqual([1, 1, 0, Number.NaN, Number.NaN, 1, 3, 0, Number.NaN])
    expect(table.notes.join()).toMatch(/^list: left out, its cells are of type List/)
  })

  it('anything else under that name is reported', async () => {
    expect(await told(at('broken.arrow', 'no arrow at all, but long enough'))).toMatch(
      /^not-a-table: expected an Arrow/,
    )
    expect(await told(at('absent.arrow'))).toMatch(/^not-found/)
  })

  it('what is written as Arrow is read back, numbers as numbers', async () => {
    const source = await open(at('rows.csv', 'name,x\nä,1.5\nb,\n'))
    const beside = { names: ['unit'], types: ['INTEGER'] as const, cells: async () => [Int32Array.of(3, -1)] }
    const written = await writeTable(at('out.arrow'), source, [], beside)
    source.close()
    expect(written.isOk).toBe(true)
    const back = arrow.tableFromIPC(readFileSync(at('out.arrow')))
    expect(back.toArray().map((row) => row?.toJSON())).toEqual([
      { name: 'ä', x: 1.5, unit: 3 },
      { name: 'b', x: null, unit: null },
    ])
  })

  it('a compressed body is read', async () => {
    arrow.compressionRegistry.set(arrow.CompressionType.LZ4_FRAME, { encode: lz4.compress, decode: lz4.decompress })
    const writer = new arrow.RecordBatchFileWriter({ compressionType: arrow.CompressionType.LZ4_FRAME })
    const long = arrow.tableFromArrays({ x: Float64Array.from({ length: 5000 }, (_, i) => i % 7) })
    writer.writeAll(long.batches)
    const { samples } = await read(at('lz4.arrow', writer.toUint8Array(true)))
    expect([...samples.data.subarray(0, 8)]).toEqual([0, 1, 2, 3, 4, 5, 6, 0])
    expect(samples.rows).toBe(5000)
  })
})

describe('SQLite', () => {
  const path = at('two.sqlite')
  beforeAll(() => {
    const db = new Sqlite(path)
    db.exec(`CREATE TABLE "one; DROP" (id INTEGER, x REAL, name TEXT, blob BLOB);
      INSERT INTO "one; DROP" VALUES (1, 1.5, 'ä', x'00'), (2, NULL, 'b', NULL), (3, 2.5, NULL, NULL);
      CREATE TABLE other (y INTEGER); INSERT INTO other VALUES (4), (9);`)
    db.close()
  })

  it('a table is named behind the file', async () => {
    const { samples } = await read(`${path}#one; DROP`, { label: 'name' })
    expect(samples.features).toEqual(['x'])
    expect([...samples.data]).toEqual([1.5, Number.NaN, 2.5])
    expect(samples.labels).toEqual(['ä', 'b', ''])
    expect([...(await read(`${path}#other`)).samples.data]).toEqual([4, 9])
  })

  it('which one is meant must be stated where there are two', async () => {
    expect(await told(path)).toBe(`choice: expected one table, found 2: one; DROP, other; name one: ${path}#one; DROP`)
    expect(await told(`${path}#third`)).toMatch(/^choice: expected a table named "third", found 2/)
    expect(await told(at('no.sqlite', 'nothing'))).toMatch(/^not-a-table: expected a SQLite database/)
  })
})

it('a table of a DuckDB file is named behind it as well', async () => {
  const instance = await DuckDBInstance.create(at('two.duckdb'))
  const db = await instance.connect()
  await db.run('CREATE TABLE a AS SELECT 1.5 AS x; CREATE TABLE b AS SELECT 2.5 AS y')
  db.closeSync()
  instance.closeSync()
  expect([...(await read(`${at('two.duckdb')}#b`)).samples.data]).toEqual([2.5])
  expect(await told(at('two.duckdb'))).toMatch(/^choice: expected one table, found 2: a, b; name one: /)
})

describe('NumPy', () => {
  it('rows and columns are read in either order, whatever the type', async () => {
    const c = await read(at('c.npy', encodeNpy({ shape: [2, 3], data: Float32Array.of(1, 2, Number.NaN, 4, 5, 6) })))
    expect(c.samples.features).toEqual(['feature 1', 'feature 2', 'feature 3'])
    expect([...c.samples.data]).toEqual([1, 2, Number.NaN, 4, 5, 6])
    const fortran = npy(
      "{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }",
      Uint8Array.of(0, 1, 0, 4, 0, 2, 0, 5, 0, 3, 255, 255),
    )
    expect([...(await read(at('f.npy', fortran))).samples.data]).toEqual([1, 2, 3, 4, 5, -1])
    const half = npy(
      "{'descr': '<f2', 'fortran_order': False, 'shape': (3,), }",
      Uint8Array.of(0, 0x3c, 0, 0xc1, 0, 0x7e),
    )
    expect([...(await read(at('h.npy', half))).samples.data]).toEqual([1, -2.5, Number.NaN])
  })

  it('other contents are reported', async () => {
    expect(await told(at('x.npy', 'nothing'))).toBe('not-a-table: expected a .npy file, found other contents')
    const object = npy("{'descr': '|O', 'fortran_order': False, 'shape': (3,), }", new Uint8Array(3))
    expect(await told(at('o.npy', object))).toMatch(/expected numbers .*, found \|O/)
    const cut = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", new Uint8Array(8))
    expect(await told(at('cut.npy', cut))).toMatch(/expected 3 x 1 numbers in 24 bytes, found 8/)
    const cube = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1, 1), }", new Uint8Array(8))
    expect(await told(at('cube.npy', cube))).toMatch(/expected 1 or 2 axes/)
  })
})

function npy(header: string, body: Uint8Array): Uint8Array {
  const text = `${header.padEnd(117)}\n`
  return Buffer.concat([
    Buffer.from('\u0093NUMPY\u0001\0', 'latin1'),
    Buffer.of(text.length, 0),
    Buffer.from(text),
    body,
  ])
}

it('SOM_PAK data: names, missing values and labels', async () => {
  const path = at('animals.dat', '# a remark\n3\n#n size legs wings\n1 2 x dove\n0.5 4 0 dog barks\n1e1 0 0\n')
  const { samples } = await read(path, { label: 'label' })
  expect(samples.features).toEqual(['size', 'legs', 'wings'])
  expect([...samples.data]).toEqual([1, 2, Number.NaN, 0.5, 4, 0, 10, 0, 0])
  expect(samples.labels).toEqual(['dove', 'dog barks', ''])
  expect(await told(at('bad.dat', '2\n1 2\n1 b\n'))).toMatch(
    /line 3: expected 2 numbers, or x for a missing one, found "b"/,
  )
  expect(await told(at('short.dat', '2\n1\n'))).toMatch(/line 2: expected 2 numbers.*found 1/)
  expect(await told(at('none.dat', 'width\n'))).toMatch(/line 1: expected the number of features, found "width"/)
})

it('ESOM data: keys and classes are text, ignored columns are left out', async () => {
  const path = at(
    'hepta.lrn',
    '# remark\n% 3\n% 5\n% 9\t1\t0\t1\t3\n% Key\tx\tskip\ty\tclass\n1\t0.5\t9\tNaN\tred\n2\t-1\t9\t2\tred\n7\t0\t9\t1\tblue\n',
  )
  const { samples } = await read(path, { id: 'Key', label: 'class' })
  expect(samples.features).toEqual(['x', 'y'])
  expect([...samples.data]).toEqual([0.5, Number.NaN, -1, 2, 0, 1])
  expect(samples.ids).toEqual(['1', '2', '7'])
  expect(samples.labels).toEqual(['red', 'red', 'blue'])
  expect(await told(at('bad.lrn', '% 1\n% 2\n% 1 5\n% a b\n1\t2\n'))).toMatch(/expected 2 kinds of columns/)
  expect(await told(at('text.lrn', '% 1\n% 1\n% 1\n% a\nb\n'))).toMatch(/line 5: expected a number, found "b"/)
})

describe('libsvm', () => {
  it('stays sparse, and is read as columns where they are requested', async () => {
    const path = at('a.libsvm', '+1 1:0.5 4:2 # remark\n-1 qid:3 2:1\n+1\n')
    const table = await open(path)
    expect(table.rows).toBe(3)
    expect(table.sparse?.matrix).toEqual({
      names: ['feature 1', 'feature 2', 'feature 3', 'feature 4'],
      rows: 3,
      columns: 4,
      offsets: Uint32Array.of(0, 2, 3, 3),
      indices: Uint32Array.of(0, 3, 1),
      values: Float32Array.of(0.5, 2, 1),
    })
    table.close()
    const { samples } = await read(path, { label: 'target' })
    expect([...samples.data]).toEqual([0.5, 0, 0, 2, 0, 1, 0, 0, 0, 0, 0, 0])
    expect(samples.labels).toEqual(['+1', '-1', '+1'])
  })

  it('indices that begin with 0 are taken as they are, and those out of order are reported', async () => {
    const zero = await open(at('zero.libsvm', '1 0:3 2:4\n'))
    expect(zero.sparse?.matrix.columns).toBe(3)
    zero.close()
    expect(await told(at('order.libsvm', '1 2:3 1:4\n'))).toMatch(/line 1: .*ascending indices.*found "1:4"/)
    expect(await told(at('word.libsvm', '1 a:3\n'))).toMatch(/line 1: .*found "a:3"/)
  })
})

describe('standard input is read in the format of its first bytes', () => {
  const script = `
    import { openTable } from '@som/io'
    const table = await openTable('-')
    if (table.isErr) throw new Error(JSON.stringify(table.error))
    console.log(JSON.stringify([table.value.name, table.value.rows, table.value.columns.map((column) => column.name)]))
    table.value.close()`

  it.each<[string, () => Uint8Array | string]>([
    ['CSV', () => 'x,y\n1,2\n'],
    ['JSON', () => ' [{"x":1,"y":2}]'],
    ['NDJSON', () => '{"x":1,"y":2}\n'],
    [
      'Arrow',
      () => arrow.tableToIPC(arrow.tableFromArrays({ x: Float64Array.of(1), y: Float64Array.of(2) }), 'stream'),
    ],
  ])('%s', (_, contents) => {
    const ran = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      input: contents(),
      encoding: 'utf8',
      cwd: join(packages, 'io'),
    })
    expect(ran.stderr).toBe('')
    expect(JSON.parse(ran.stdout)).toEqual(['standard input', 1, ['x', 'y']])
  })
})

it('nothing is left in the folder for temporary files', async () => {
  const [good, bad] = [at('again.dat', '1\n1\n2\n'), at('again-bad.dat', '1\nb\n')]
  // Of its own: other tests use the system's at the same time.
  const temporary = at('temporary')
  mkdirSync(temporary)
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, temporary)
  await read(good)
  await told(bad)
  vi.unstubAllEnvs()
  expect(readdirSync(temporary)).toEqual([])
})
