import { lz4Size, type SizeOf, zstdSize } from './compressed-size.ts'
import type { ArrowBatch } from './message.ts'
import { NotArrow } from './not-arrow.ts'

/** Bytes that a batch may always decompress to. */
const FREE_BYTES = 2 ** 26
/** Beyond that, bytes per compressed byte. */
const MOST_RATIO = 1000
/** The decompressed length, before each buffer. */
const PREFIX = 8
/** Its value for a buffer that is not compressed. */
const PLAIN = -1n

/** A decompressed batch: the header and the body of its message. */
export interface Inflated {
  readonly head: Uint8Array
  readonly body: Uint8Array<ArrayBuffer>
  readonly batch: ArrowBatch
}

/**
 * Decompresses the buffers of a batch. The resulting message states the same compression but marks each buffer as
 * plain, so that its reader decompresses nothing. The result is at most 64 MiB or 1000 times the batch's size,
 * whichever is more. Throws `NotArrow`.
 */
export async function inflate(
  head: Uint8Array,
  bodyLengthAt: number | null,
  body: Uint8Array,
  batch: ArrowBatch,
): Promise<Inflated> {
  const sizeOf = batch.compression === 'lz4' ? lz4Size : zstdSize
  const unpack = await unpackerOf(batch.compression)
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const count = batch.buffers.length / 2
  const parts = Array.from({ length: count }, (_, i) =>
    partOf(body, view, batch.buffers[2 * i], batch.buffers[2 * i + 1], sizeOf),
  )
  const size = parts.reduce((sum, { length }) => sum + PREFIX + 8 * Math.ceil(length / 8), 0)
  if (size > Math.max(FREE_BYTES, MOST_RATIO * body.length) + PREFIX * count)
    throw new NotArrow(`${body.length} compressed bytes that unpack to ${size}`)
  const out = new Uint8Array(size)
  const outView = new DataView(out.buffer)
  const [places, newHead] = [new Float64Array(2 * count), head.slice()]
  const headView = new DataView(newHead.buffer)
  let at = 0
  parts.forEach(({ bytes, length, isPlain }, i) => {
    const isEmpty = batch.buffers[2 * i + 1] === 0
    if (!isEmpty) {
      outView.setBigInt64(at, PLAIN, true)
      unpack(bytes, out.subarray(at + PREFIX, at + PREFIX + length), isPlain)
    }
    places[2 * i] = at + PREFIX
    places[2 * i + 1] = length
    headView.setBigInt64(batch.buffersAt + 16 * i, BigInt(at), true)
    headView.setBigInt64(batch.buffersAt + 16 * i + 8, BigInt(isEmpty ? 0 : PREFIX + length), true)
    at += PREFIX + 8 * Math.ceil(length / 8)
  })
  if (bodyLengthAt === null) throw new NotArrow('a compressed batch without a body')
  headView.setBigInt64(bodyLengthAt, BigInt(size), true)
  return { head: newHead, body: out, batch: { ...batch, buffers: places, compression: null } }
}

interface Packed {
  readonly bytes: Uint8Array
  /** Its decompressed size in bytes. */
  readonly length: number
  readonly isPlain: boolean
}

function partOf(body: Uint8Array, view: DataView, from: number, length: number, sizeOf: SizeOf): Packed {
  if (from < 0 || length < 0 || from + length > body.length) throw new NotArrow('a buffer outside its body')
  if (length === 0) return { bytes: body.subarray(0, 0), length: 0, isPlain: true }
  if (length < PREFIX) throw new NotArrow('a compressed buffer without a length')
  const bytes = body.subarray(from + PREFIX, from + length)
  const said = view.getBigInt64(from, true)
  if (said === PLAIN) return { bytes, length: bytes.length, isPlain: true }
  if (said < 0n || said > BigInt(Number.MAX_SAFE_INTEGER)) throw new NotArrow(`a compressed buffer of ${said} bytes`)
  return { bytes, length: sizeOf(bytes, Number(said)), isPlain: false }
}

type Unpack = (from: Uint8Array, into: Uint8Array, isPlain: boolean) => void

async function unpackerOf(compression: ArrowBatch['compression']): Promise<Unpack> {
  const [lz4, zstd] = await Promise.all([import('lz4js'), import('fzstd')])
  return (from, into, isPlain) => {
    if (isPlain) into.set(from)
    else {
      try {
        if (compression === 'lz4') lz4.decompressFrame(from, into)
        else zstd.decompress(from, into)
      } catch {
        throw new NotArrow('compressed values that are damaged')
      }
    }
  }
}
