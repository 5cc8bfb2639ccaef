import Result from 'true-myth/result'
import * as v from 'valibot'
import { jsonProblem } from './json-bounds.ts'
import { type TensorEntry, tensorSchema } from './schema.ts'

/** A tensor of the safetensors layout: little-endian numbers and their shape. */
export interface Tensor {
  readonly shape: readonly number[]
  readonly data: Float32Array | Float64Array
}

export interface Contents {
  readonly metadata: Readonly<Record<string, string>>
  readonly tensors: ReadonlyMap<string, Tensor>
}

/** The contents of a file. */
export interface Decoded extends Contents {
  /** Names of all tensors, including those with other number types. */
  readonly names: readonly string[]
}

/** The header's length takes 8 bytes, and the data start at a multiple of 8 so that f64 can be mapped in place. */
const LENGTH_BYTES = 8
/** The limit of the format's own readers. */
const MOST_HEADER_BYTES = 100_000_000
/**
 * A header may always have this many bytes, even with fewer bytes of numbers: enough for tens of thousands of features.
 */
const FREE_HEADER_BYTES = 2 ** 24
/** A header is an object of tensors with lists; a map has a few of these. */
const HEADER_BOUNDS = { depth: 4, entries: 500 }

/**
 * The parts of a safetensors file in order: length and JSON header, then each tensor's bytes. F64 come first, for
 * alignment.
 */
export function encode({ metadata, tensors }: Contents): Uint8Array[] {
  const ordered = [...tensors].sort(([, a], [, b]) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT)
  const header: Record<string, unknown> = { __metadata__: metadata }
  let at = 0
  for (const [name, { shape, data }] of ordered) {
    header[name] = { dtype: typeOf(data), shape, data_offsets: [at, at + data.byteLength] }
    at += data.byteLength
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  const padded = Math.ceil(json.length / 8) * 8
  const start = new Uint8Array(LENGTH_BYTES + padded).fill(0x20)
  new DataView(start.buffer).setBigUint64(0, BigInt(padded), true)
  start.set(json, LENGTH_BYTES)
  return [start, ...ordered.map(([, { data }]) => littleEndian(data))]
}

/**
 * The header's length, from a file's first bytes and its size; a message if it is invalid. Nothing is allocated for a
 * header before this confirms that it fits in the file.
 */
export function headerLength(start: Uint8Array, fileSize: number): Result<number, string> {
  if (start.length < LENGTH_BYTES || fileSize < LENGTH_BYTES + 2) {
    return Result.err(`expected a model file, found ${fileSize} bytes; it is cut short or not a model`)
  }
  const length = new DataView(start.buffer, start.byteOffset).getBigUint64(0, true)
  const room = fileSize - LENGTH_BYTES
  if (length > MOST_HEADER_BYTES || length < 2n) return Result.err('expected a model file, found other contents')
  if (length > room) {
    return Result.err(`expected a header of ${length} bytes, found ${room}; the file is cut short or not a model`)
  }
  if (length > FREE_HEADER_BYTES && length > room - Number(length))
    return Result.err(`expected a header of at most ${FREE_HEADER_BYTES} bytes, found ${length}`)
  return Result.ok(Number(length))
}

/**
 * Reads a whole safetensors file. Any bytes give a Result. Tensors are copies, so that `bytes` can be freed; views if
 * the bytes are `given` away.
 */
export function decode(bytes: Uint8Array, given = false): Result<Decoded, string> {
  const length = headerLength(bytes, bytes.length)
  if (length.isErr) return Result.err(length.error)
  const body = bytes.subarray(LENGTH_BYTES + length.value)
  const header = parseObject(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length.value))
  if (typeof header === 'string') return Result.err(`expected the header of a map, found ${header}`)
  if (header === null) return Result.err('expected a JSON header, found other contents; it is damaged or not a model')

  const metadata = v.safeParse(v.record(v.string(), v.string()), header.__metadata__ ?? {})
  if (!metadata.success) return Result.err('__metadata__: expected text values')
  const entries: [string, TensorEntry][] = []
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') continue
    const entry = v.safeParse(tensorSchema, value)
    if (!entry.success) return Result.err(`tensor ${JSON.stringify(name)}: expected dtype, shape and data_offsets`)
    entries.push([name, entry.output])
  }
  const gap = misplaced(entries, body.length)
  if (gap !== null) return Result.err(gap)

  const tensors = new Map<string, Tensor>()
  for (const [name, entry] of entries) {
    const tensor = toTensor(entry, body, given)
    if (tensor === 'size') return Result.err(`tensor ${JSON.stringify(name)}: shape and length do not agree`)
    if (tensor !== null) tensors.set(name, tensor)
  }
  return Result.ok({ metadata: metadata.output, tensors, names: entries.map(([name]) => name) })
}

/** Parses a JSON object; a message if it exceeds the limits of a map; null for anything else. */
function parseObject(bytes: Uint8Array): Record<string, unknown> | string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const wrong = jsonProblem(text, HEADER_BOUNDS)
    if (wrong !== null) return wrong
    const value: unknown = JSON.parse(text)
    // A non-null object that is not an array is a record of unknown values.
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

/** The format allows neither gaps nor overlaps: tensors follow one another and end with the file. */
function misplaced(entries: readonly [string, TensorEntry][], size: number): string | null {
  const places = entries.map(([name, { data_offsets }]) => ({ name, from: data_offsets[0], to: data_offsets[1] }))
  places.sort((a, b) => a.from - b.from || a.to - b.to)
  let at = 0
  for (const { name, from, to } of places) {
    if (from !== at || to < from)
      return `tensor ${JSON.stringify(name)}: expected to start at byte ${at}, found ${from}`
    at = to
  }
  if (at === size) return null
  return at > size
    ? `expected ${at} bytes of numbers, found ${size}; the file is cut short`
    : `expected ${at} bytes of numbers, found ${size}; the file is damaged`
}

/** Null for a number type that models do not use. */
function toTensor(
  { dtype, shape, data_offsets: [from, to] }: TensorEntry,
  body: Uint8Array,
  given: boolean,
): Tensor | 'size' | null {
  const bytesEach = dtype === 'F32' ? 4 : dtype === 'F64' ? 8 : null
  if (bytesEach === null) return null
  if (shape.reduce((product, side) => product * side, 1) * bytesEach !== to - from) return 'size'
  const own = body.subarray(from, to)
  const isAligned = own.byteOffset % bytesEach === 0 && !BIG_ENDIAN
  const { buffer, byteOffset } = given && isAligned ? own : copyOf(own, bytesEach)
  const count = (to - from) / bytesEach
  const data =
    dtype === 'F32' ? new Float32Array(buffer, byteOffset, count) : new Float64Array(buffer, byteOffset, count)
  return { shape, data }
}

function copyOf(bytes: Uint8Array, bytesEach: number): Uint8Array {
  // Not bytes.slice: a Buffer's would be a view.
  const copy = new Uint8Array(bytes.length)
  copy.set(bytes)
  swapWhereBigEndian(copy, bytesEach)
  return copy
}

/** A tensor's number type and its bytes as they are in a file. */
export function typeAndBytes({ data }: Tensor): { readonly type: string; readonly bytes: Uint8Array } {
  return { type: typeOf(data), bytes: littleEndian(data) }
}

function typeOf(data: Tensor['data']): string {
  return data instanceof Float32Array ? 'F32' : 'F64'
}

const BIG_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 0

function littleEndian(data: Tensor['data']): Uint8Array {
  const view = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  if (!BIG_ENDIAN) return view
  const copy = view.slice()
  swapWhereBigEndian(copy, data.BYTES_PER_ELEMENT)
  return copy
}

function swapWhereBigEndian(bytes: Uint8Array, width: number): void {
  if (!BIG_ENDIAN) return
  for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse()
}
