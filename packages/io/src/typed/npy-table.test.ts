import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { Table } from '../table.ts'
import { openLoaded } from './loaded-table.ts'
import { npyFile } from './npy-file.ts'
import { loadNpy, openNpy } from './npy-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-npy-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'rows.npy')

/** How each of NumPy's types is written, and some of its numbers. */
const TYPES: Readonly<Record<string, { write(view: DataView, at: number, x: number, little: boolean): void }>> = {
  f4: { write: (view, at, x, little) => view.setFloat32(at, x, little) },
  f8: { write: (view, at, x, little) => view.setFloat64(at, x, little) },
  i1: { write: (view, at, x) => view.setInt8(at, x) },
  i2: { write: (view, at, x, little) => view.setInt16(at, x, little) },
  i4: { write: (view, at, x, little) => view.setInt32(at, x, little) },
  i8: { write: (view, at, x, little) => view.setBigInt64(at, whole(x), little) },
  u1: { write: (view, at, x) => view.setUint8(at, x) },
  u2: { write: (view, at, x, little) => view.setUint16(at, x, little) },
  u4: { write: (view, at, x, little) => view.setUint32(at, x, little) },
  u8: { write: (view, at, x, little) => view.setBigUint64(at, whole(x), little) },
  b1: { write: (view, at, x) => view.setUint8(at, x > 0 ? 1 : 0) },
}

/** Large ones with odd last digits, which f64 has to round. */
const whole = (x: number): bigint => BigInt(Math.trunc(Number.isFinite(x) ? x : 0)) * 4503599627370497n + 1n

interface Drawn {
  readonly type: string
  readonly isFortran: boolean
  readonly isBig: boolean
  readonly rows: readonly (readonly number[])[]
}

function write({ type, isFortran, isBig, rows }: Drawn): void {
  const [height, columns, width] = [rows.length, rows[0].length, Number(type[1])]
  const order = width === 1 ? '|' : isBig ? '>' : '<'
  const fields = `'descr': '${order}${type}', 'fortran_order': ${isFortran ? 'True' : 'False'}`
  const header = `{${fields}, 'shape': (${height}, ${columns}), }`.padEnd(117)
  const body = Buffer.alloc(height * columns * width)
  const view = new DataView(body.buffer, body.byteOffset)
  rows.forEach((row, i) => {
    row.forEach((x, f) => {
      const place = isFortran ? f * height + i : i * columns + f
      TYPES[type].write(view, place * width, x, !isBig)
    })
  })
  writeFileSync(path, Buffer.concat([Buffer.from('\x93NUMPY\x01\0\x76\0', 'latin1'), Buffer.from(`${header}\n`), body]))
}

const number = fc.oneof(
  fc.integer({ min: -130, max: 300 }),
  fc.double({ min: -1e6, max: 1e6, noDefaultInfinity: true }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 2 ** 53, 1e300),
)
const column = (rows: number) =>
  fc.oneof(
    fc.array(number, { minLength: rows, maxLength: rows }),
    fc.constant(Array.from({ length: rows }, () => Number.NaN)),
    fc.integer({ min: -3, max: 3 }).map((start) => Array.from({ length: rows }, (_, i) => start + i)),
  )
const drawn = fc.record({
  type: fc.constantFrom(...Object.keys(TYPES)),
  isFortran: fc.boolean(),
  isBig: fc.boolean(),
  rows: fc
    .integer({ min: 1, max: 6 })
    .chain((rows) => fc.array(column(rows), { minLength: 1, maxLength: 4 }))
    .map((columns) => columns[0].map((_, i) => columns.map((cells) => cells[i]))),
})

/** Everything that a table says, with its columns in an order of their own. */
async function saidBy(table: Table): Promise<unknown> {
  const asked = table.columns.map((_, i) => i).reverse()
  const chosen = [asked, asked.slice(1), [0, 0]]
  try {
    const numbers: number[][] = []
    for (const columns of chosen) {
      const found: number[] = []
      for await (const chunk of table.chunks(columns)) found.push(...chunk.numbers)
      numbers.push(found)
    }
    const text: unknown[] = []
    for await (const chunk of table.chunks([0], asked)) text.push([...chunk.numbers], chunk.text)
    const columns = table.columns.map(({ name, kind, counter, odd, names }) => ({ name, kind, counter, odd, names }))
    return { rows: table.rows, columns, numbers, text, levels: await table.levels(0, 10) }
  } finally {
    table.close()
  }
}

test('a file read as it is says what a database of it says, in every type, order of bytes and order of axes', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async (given) => {
      write(given)
      const plain = await openLoaded(loadNpy(await npyFile(path)), path)
      expect(await saidBy(await openNpy(path, path))).toEqual(await saidBy(plain))
    }),
    { numRuns: 60, seed: 1 },
  )
})

test('a file of more than one block keeps its rows in order, its counter and its first infinite number', async () => {
  const rows = Array.from({ length: 70_000 }, (_, i) => Array.from({ length: 20 }, (_, f) => (f === 0 ? i : i * f)))
  rows[69_000][3] = Number.NEGATIVE_INFINITY
  for (const isFortran of [false, true]) {
    write({ type: 'f4', isFortran, isBig: false, rows })
    const table = await openNpy(path, path)
    expect(table.columns[0].counter).toBe(true)
    expect(table.columns[1].counter).toBe(true)
    expect(table.columns[3].odd).toEqual({ row: 69_001, value: '-inf' })
    let row = 0
    for await (const { rows: count, numbers } of table.chunks([2, 0])) {
      for (let i = 0; i < count; i++) {
        if (numbers[2 * i] !== 2 * (row + i) || numbers[2 * i + 1] !== row + i) throw new Error(`row ${row + i}`)
      }
      row += count
    }
    expect(row).toBe(70_000)
    table.close()
  }
})
