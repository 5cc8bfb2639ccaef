import { type FileHandle, open } from 'node:fs/promises'
import { endianness } from 'node:os'
import { fileProblem } from '../file-problem.ts'
import { ProblemError } from '../problem.ts'

/** Numbers of a block, at most: a few megabytes. Blocks of Fortran order have a read for each column, so are larger. */
const BLOCK = 2 ** 20
const FORTRAN_BLOCK = 2 ** 23
const MOST_HEADER = 2 ** 20

/** A file of NumPy's own format with one or two axes, rows × columns. */
export interface NpyFile {
  readonly path: string
  readonly rows: number
  readonly columns: number
  /** Whether the file's type has neither NaN nor infinity. */
  readonly isWhole: boolean
  /** Whether f32 holds every number of the file's type. */
  readonly isSingle: boolean
  /** The rows in order, the given columns of each: f32 where `isSingle`, else f64. Throws a ProblemError. */
  blocks(columns: readonly number[]): AsyncGenerator<NpyBlock>
}

export interface NpyBlock {
  readonly rows: number
  /** rows × columns, row by row. */
  readonly numbers: Float32Array | Float64Array
}

interface Header {
  readonly type: string
  readonly isFortran: boolean
  readonly rows: number
  readonly columns: number
  readonly start: number
}

type Numbers = Float32Array | Float64Array

interface NumberType {
  readonly isSingle: boolean
  readonly isWhole: boolean
  /** The numbers in `bytes`, which are in this machine's order: without a copy where they are f32 or f64 already. */
  read(bytes: ArrayBuffer): ArrayLike<number>
}

const single = { isSingle: true, isWhole: false }
const whole = { isSingle: true, isWhole: true }
const wholeDouble = { isSingle: false, isWhole: true }

/** NumPy's numeric types, without their byte order. */
const TYPES: Readonly<Record<string, NumberType>> = {
  f2: { ...single, read: (bytes) => Float32Array.from(new Uint16Array(bytes), fromHalf) },
  f4: { ...single, read: (bytes) => new Float32Array(bytes) },
  f8: { isSingle: false, isWhole: false, read: (bytes) => new Float64Array(bytes) },
  i1: { ...whole, read: (bytes) => new Int8Array(bytes) },
  i2: { ...whole, read: (bytes) => new Int16Array(bytes) },
  i4: { ...wholeDouble, read: (bytes) => new Int32Array(bytes) },
  i8: { ...wholeDouble, read: (bytes) => fromHalves(new Int32Array(bytes), new Uint32Array(bytes)) },
  u1: { ...whole, read: (bytes) => new Uint8Array(bytes) },
  u2: { ...whole, read: (bytes) => new Uint16Array(bytes) },
  u4: { ...wholeDouble, read: (bytes) => new Uint32Array(bytes) },
  u8: { ...wholeDouble, read: (bytes) => fromHalves(new Uint32Array(bytes), new Uint32Array(bytes)) },
  b1: { ...whole, read: (bytes) => new Uint8Array(bytes) },
}

/**
 * Looks at the header of a .npy file. Throws a ProblemError.
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export async function npyFile(path: string): Promise<NpyFile> {
  const header = await headerOf(path)
  const { isSingle, isWhole } = TYPES[header.type.slice(1)]
  const { rows, columns } = header
  return { path, rows, columns, isSingle, isWhole, blocks: (chosen) => blocksOf(path, header, chosen) }
}

async function headerOf(path: string): Promise<Header> {
  const file = await opened(path)
  try {
    const { size } = await file.stat()
    const start = Buffer.from(await bytesAt(file, path, 0, Math.min(12, size)))
    const magic = start.length === 12 && start.toString('latin1', 0, 6) === '\u0093NUMPY'
    const [length, end] = magic ? headerSize(start) : [0, 0]
    if (!magic || length > MOST_HEADER) throw notNpy(path, 'expected a .npy file, found other contents')
    const text = Buffer.from(await bytesAt(file, path, end - length, length)).toString('latin1')
    const [, type = 'none'] = /'descr':\s*'([^']*)'/.exec(text) ?? []
    const [, shape = ''] = /'shape':\s*\(([\d, ]*)\)/.exec(text) ?? []
    const sides = shape.split(',').flatMap((side) => (side.trim() === '' ? [] : [Number(side)]))
    if (!Object.hasOwn(TYPES, type.slice(1)))
      throw notNpy(path, `expected numbers (f, i, u or b of 1 to 8 bytes), found ${type}`)
    if (sides.length < 1 || sides.length > 2)
      throw notNpy(path, `expected 1 or 2 axes, rows x features, found ${sides.length}`)
    const [rows, columns = 1] = sides
    const wanted = rows * columns * Number(type.slice(2))
    if (size - end !== wanted)
      throw notNpy(path, `expected ${rows} x ${columns} numbers in ${wanted} bytes, found ${size - end}`)
    if (columns > 2 ** 20 || columns === 0) throw notNpy(path, `expected 1 to ${2 ** 20} columns, found ${columns}`)
    return { type, isFortran: /'fortran_order':\s*True/.test(text), rows, columns, start: end }
  } finally {
    await file.close()
  }
}

function headerSize(start: Buffer): [number, number] {
  const isFirst = start[6] === 1
  const length = isFirst ? start.readUInt16LE(8) : start.readUInt32LE(8)
  return [length, (isFirst ? 10 : 12) + length]
}

async function* blocksOf(path: string, header: Header, chosen: readonly number[]): AsyncGenerator<NpyBlock> {
  const { type, isFortran, rows, columns, start } = header
  const width = Number(type.slice(2))
  const { isSingle, read } = TYPES[type.slice(1)]
  const make = (length: number): Numbers => (isSingle ? new Float32Array(length) : new Float64Array(length))
  const isSwapped = width > 1 && type.startsWith('>') !== (endianness() === 'BE')
  const isAll = chosen.length === columns && chosen.every((f, k) => f === k)
  const file = await opened(path)
  const numbersAt = async (first: number, count: number): Promise<ArrayLike<number>> => {
    const bytes = await bytesAt(file, path, start + first * width, count * width)
    if (isSwapped) swap(Buffer.from(bytes), width)
    return read(bytes)
  }
  const wide = isFortran ? chosen.length : columns
  const most = Math.max(1, Math.floor((isFortran ? FORTRAN_BLOCK : BLOCK) / Math.max(1, wide)))
  try {
    for (let from = 0; from < rows; from += most) {
      const count = Math.min(most, rows - from)
      if (isFortran) {
        const numbers = make(count * chosen.length)
        for (const [k, f] of chosen.entries())
          spread(await numbersAt(f * rows + from, count), numbers, k, chosen.length)
        yield { rows: count, numbers }
        continue
      }
      const found = await numbersAt(from * columns, count * columns)
      if (isAll && (found instanceof Float32Array || found instanceof Float64Array)) {
        yield { rows: count, numbers: found }
        continue
      }
      const numbers = make(count * chosen.length)
      if (isAll) numbers.set(found)
      else gather(found, columns, numbers, chosen)
      yield { rows: count, numbers }
    }
  } finally {
    await file.close()
  }
}

/** Puts a column where it belongs in rows of `columns` numbers. */
function spread(cells: ArrayLike<number>, into: Numbers, column: number, columns: number): void {
  for (let i = 0, at = column; i < cells.length; i++, at += columns) into[at] = cells[i]
}

/** The chosen columns of rows. */
function gather(from: ArrayLike<number>, columns: number, into: Numbers, chosen: readonly number[]): void {
  for (let start = 0, at = 0; at < into.length; start += columns)
    for (let k = 0; k < chosen.length; k++) into[at++] = from[start + chosen[k]]
}

function swap(bytes: Buffer, width: number): void {
  if (width === 2) bytes.swap16()
  else if (width === 4) bytes.swap32()
  else bytes.swap64()
}

/** Whole numbers of 64 bits, from their halves: rounded once, as `Number` rounds a bigint, and much sooner. */
function fromHalves(signed: Int32Array | Uint32Array, unsigned: Uint32Array): Float64Array {
  const [low, high] = endianness() === 'LE' ? [0, 1] : [1, 0]
  const numbers = new Float64Array(signed.length / 2)
  for (let i = 0; i < numbers.length; i++) numbers[i] = signed[2 * i + high] * 2 ** 32 + unsigned[2 * i + low]
  return numbers
}

/** IEEE 754's half precision. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

async function opened(path: string): Promise<FileHandle> {
  try {
    return await open(path)
  } catch (error) {
    throw fileProblem(error, path, 'read')
  }
}

async function bytesAt(file: FileHandle, path: string, from: number, length: number): Promise<ArrayBuffer> {
  const bytes = new ArrayBuffer(length)
  const view = new Uint8Array(bytes)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(view, filled, length - filled, from + filled)
    if (bytesRead === 0) throw notNpy(path, 'the .npy file is cut short')
    filled += bytesRead
  }
  return bytes
}

const notNpy = (path: string, message: string): ProblemError => new ProblemError('not-a-table', path, message)
