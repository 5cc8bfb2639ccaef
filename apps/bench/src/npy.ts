import { readFileSync, writeFileSync } from 'node:fs'

/** Arrays that .npy files hold here. */
export type NpyData = Float32Array | Int32Array | Uint32Array

const codes = { Float32Array: '<f4', Int32Array: '<i4', Uint32Array: '<u4' } as const

/** Writes numbers as NumPy's .npy, version 1.0, row after row. */
export function writeNpy(path: string, data: NpyData, shape: readonly number[]): void {
  const code =
    data instanceof Float32Array
      ? codes.Float32Array
      : data instanceof Int32Array
        ? codes.Int32Array
        : codes.Uint32Array
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const text = `{'descr': '${code}', 'fortran_order': False, 'shape': ${tuple}, }`
  // Magic, version and length take 10 bytes; the whole header is a multiple of 64 and ends in a line break.
  const padding = (64 - ((10 + text.length + 1) % 64)) % 64
  const header = Buffer.from(`\x93NUMPY\x01\x00\0\0${text}${' '.repeat(padding)}\n`, 'latin1')
  header.writeUInt16LE(header.length - 10, 8)
  writeFileSync(path, Buffer.concat([header, Buffer.from(data.buffer, data.byteOffset, data.byteLength)]))
}

/** Reads a .npy file of 32-bit numbers. */
export function readNpy(path: string): { data: NpyData; shape: number[] } {
  const file = readFileSync(path)
  const start = 10 + file.readUInt16LE(8)
  const header = file.subarray(10, start).toString('latin1')
  const code = /'descr': '([^']+)'/.exec(header)?.[1]
  const shape = (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .filter((side) => side.trim() !== '')
    .map(Number)
  // A copy, because the numbers may not start at a multiple of 4 bytes.
  const bytes = file.buffer.slice(file.byteOffset + start, file.byteOffset + file.byteLength)
  if (code === codes.Float32Array) return { data: new Float32Array(bytes), shape }
  if (code === codes.Int32Array) return { data: new Int32Array(bytes), shape }
  if (code === codes.Uint32Array) return { data: new Uint32Array(bytes), shape }
  throw new Error(`${path}: expected 32-bit numbers, found ${code}`)
}

/** The numbers of a .npy file of f32. */
export function readFloats(path: string): Float32Array {
  const { data } = readNpy(path)
  if (data instanceof Float32Array) return data
  throw new Error(`${path}: expected <f4`)
}

/** The numbers of a .npy file of u32 or i32, as u32. */
export function readIndices(path: string): Uint32Array {
  const { data } = readNpy(path)
  if (data instanceof Float32Array) throw new Error(`${path}: expected <u4 or <i4`)
  return new Uint32Array(data.buffer, data.byteOffset, data.length)
}
