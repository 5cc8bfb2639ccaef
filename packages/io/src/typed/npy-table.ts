import { type FileHandle, open } from 'node:fs/promises'
import { numbered } from '../codebooks/codebook.ts'
import { fileProblem } from '../file-problem.ts'
import { ProblemError } from '../problem.ts'
import type { Loading, Part } from './loaded-table.ts'

const BATCH = 8192
const MOST_HEADER = 2 ** 20

interface Header {
  readonly type: string
  readonly isFortran: boolean
  readonly rows: number
  readonly columns: number
  readonly start: number
}

/** NumPy's numeric types, without their byte order, and how each is read. */
const READERS: Readonly<Record<string, (view: DataView, at: number, little: boolean) => number>> = {
  f2: (view, at, little) => fromHalf(view.getUint16(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  u1: (view, at) => view.getUint8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  b1: (view, at) => view.getUint8(at),
}

/**
 * NumPy's .npy with one or two axes: rows × features.
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export async function loadNpy(path: string): Promise<Loading> {
  const header = await headerOf(path)
  const type = 'DOUBLE'
  return { columns: numbered(header.columns).map((name) => ({ name, type })), parts: partsOf(path, header) }
}

async function headerOf(path: string): Promise<Header> {
  const file = await opened(path)
  try {
    const { size } = await file.stat()
    const start = await bytesAt(file, path, 0, Math.min(12, size))
    const magic = start.length === 12 && start.toString('latin1', 0, 6) === '\u0093NUMPY'
    const [length, end] = magic ? headerSize(start) : [0, 0]
    if (!magic || length > MOST_HEADER) throw notNpy(path, 'expected a .npy file, found other contents')
    const text = (await bytesAt(file, path, end - length, length)).toString('latin1')
    const [, type = 'none'] = /'descr':\s*'([^']*)'/.exec(text) ?? []
    const [, shape = ''] = /'shape':\s*\(([\d, ]*)\)/.exec(text) ?? []
    const sides = shape.split(',').flatMap((side) => (side.trim() === '' ? [] : [Number(side)]))
    if (READERS[type.slice(1)] === undefined)
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

async function* partsOf(path: string, { type, isFortran, rows, columns, start }: Header): AsyncGenerator<Part> {
  const width = Number(type.slice(2))
  const little = !type.startsWith('>')
  const read = READERS[type.slice(1)]
  const file = await opened(path)
  try {
    for (let from = 0; from < rows; from += BATCH) {
      const count = Math.min(BATCH, rows - from)
      const cells = Array.from({ length: columns }, () => new Float64Array(count))
      if (isFortran) {
        for (let f = 0; f < columns; f++) {
          const view = viewOf(await bytesAt(file, path, start + (f * rows + from) * width, count * width))
          for (let i = 0; i < count; i++) cells[f][i] = read(view, i * width, little)
        }
      } else {
        const view = viewOf(await bytesAt(file, path, start + from * columns * width, count * columns * width))
        for (let i = 0; i < count * columns; i++)
          cells[i % columns][Math.floor(i / columns)] = read(view, i * width, little)
      }
      yield { rows: count, columns: cells }
    }
  } finally {
    await file.close()
  }
}

async function opened(path: string): Promise<FileHandle> {
  try {
    return await open(path)
  } catch (error) {
    throw fileProblem(error, path, 'read')
  }
}

async function bytesAt(file: FileHandle, path: string, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, from + filled)
    if (bytesRead === 0) throw notNpy(path, 'the .npy file is cut short')
    filled += bytesRead
  }
  return bytes
}

const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const notNpy = (path: string, message: string): ProblemError => new ProblemError('not-a-table', path, message)

/** IEEE 754's half precision. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
