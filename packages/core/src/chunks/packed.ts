import type { EpochSums } from '../backend/backend.ts'

/** Arrays of numbers that cross between processes. */
export type Numbers = readonly (Float64Array | Float32Array)[]

const MARK = 0x6e6d6f73
const VERSION = 1
const HEAD = 16
const WORD = 8

/**
 * Arrays of numbers as bytes: the word "somn", a version, the number of arrays and 0; for each array the bytes of a
 * number and the length; then the arrays, each from a multiple of 8 bytes on. Words and numbers are little-endian.
 */
export function packNumbers(arrays: Numbers): Uint8Array<ArrayBuffer> {
  const places = placesOf(arrays.map((array) => array.byteLength))
  const bytes = new Uint8Array(places[arrays.length])
  const head = new DataView(bytes.buffer)
  const words = [MARK, VERSION, arrays.length, 0, ...arrays.flatMap((a) => [a.BYTES_PER_ELEMENT, a.length])]
  words.forEach((word, i) => {
    head.setUint32(4 * i, word, true)
  })
  arrays.forEach((array, i) => {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), places[i])
  })
  return bytes
}

/** The arrays of `packNumbers`, copied. Throws a RangeError for other bytes, and for those of another version. */
export function unpackNumbers(bytes: Uint8Array): (Float64Array | Float32Array)[] {
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEAD || head.getUint32(0, true) !== MARK) throw new RangeError('packed numbers: found other bytes')
  const version = head.getUint32(4, true)
  if (version !== VERSION) throw new RangeError(`packed numbers: expected version ${VERSION}, found ${version}`)
  const count = head.getUint32(8, true)
  if (bytes.length < HEAD + WORD * count) throw new RangeError('packed numbers: they were cut short')
  const kinds = Array.from({ length: count }, (_, i) => {
    const at = HEAD + WORD * i
    return { size: head.getUint32(at, true), length: head.getUint32(at + 4, true) }
  })
  const places = placesOf(kinds.map(({ size, length }) => size * length))
  if (places[count] !== bytes.length) {
    throw new RangeError(`packed numbers: expected ${places[count]} bytes, found ${bytes.length}`)
  }
  return kinds.map(({ size, length }, i) => {
    const own = bytes.slice(places[i], places[i] + size * length).buffer
    return size === 4 ? new Float32Array(own) : new Float64Array(own)
  })
}

/** Where arrays of so many bytes begin, and where the last one ends. */
function placesOf(sizes: readonly number[]): number[] {
  const places = [HEAD + WORD * sizes.length]
  for (const size of sizes) places.push(places[places.length - 1] + Math.ceil(size / WORD) * WORD)
  return places
}

/** Sums of an epoch as numbers. */
export const numbersOfSums = ({ sums, counts, distance, weight }: EpochSums): Numbers => [
  sums,
  counts,
  Float64Array.of(distance, weight),
]

/** Sums of an epoch from their numbers. */
export function sumsOfNumbers([sums, counts, totals]: Numbers): EpochSums {
  if (!(sums instanceof Float64Array && counts instanceof Float64Array && totals?.length === 2)) {
    throw new RangeError('packed sums: found other numbers')
  }
  return { sums, counts, distance: totals[0], weight: totals[1] }
}

/** Sums of an epoch as bytes, for another process: see `packNumbers`. */
export const packSums = (sums: EpochSums): Uint8Array<ArrayBuffer> => packNumbers(numbersOfSums(sums))

/** Sums of an epoch from the bytes of `packSums`. Throws a RangeError for others. */
export const unpackSums = (bytes: Uint8Array): EpochSums => sumsOfNumbers(unpackNumbers(bytes))
