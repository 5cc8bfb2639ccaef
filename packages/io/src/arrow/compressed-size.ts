import { zstdHeaderLength } from '../zstd-frames.ts'
import { NotArrow } from './not-arrow.ts'

/**
 * The decompressed size, found in one pass over the blocks before a library decompresses them. `said` is the size that
 * the file states; it is not trusted unless the blocks confirm it. Throws `NotArrow`.
 */
export type SizeOf = (bytes: Uint8Array, said: number) => number

const damaged = (): NotArrow => new NotArrow('compressed values that are damaged')

/** https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md */
export const lz4Size: SizeOf = (bytes, said) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const flags = bytes[4]
  if (bytes.length < 7) throw damaged()
  let at = 7 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0)
  let size = 0
  for (;;) {
    if (at + 4 > bytes.length) throw damaged()
    const head = view.getUint32(at, true)
    if (head === 0) break
    const length = head & 0x7fffffff
    at += 4
    if (at + length > bytes.length) throw damaged()
    size += head >>> 31 ? length : lz4BlockSize(bytes, at, at + length)
    at += length + (flags & 16 ? 4 : 0)
  }
  // Arrow's JavaScript writer stores the compressed size here.
  if (size !== said && said !== bytes.length) throw damaged()
  return size
}

function lz4BlockSize(bytes: Uint8Array, from: number, to: number): number {
  let [at, size] = [from, 0]
  const long = (short: number): number => {
    let length = short
    for (let more = short === 15 ? 255 : 0; more === 255; ) {
      if (at >= to) throw damaged()
      more = bytes[at++]
      length += more
    }
    return length
  }
  while (at < to) {
    const token = bytes[at++]
    const literals = long(token >> 4)
    at += literals
    size += literals
    if (at >= to) break
    at += 2
    size += long(token & 15) + 4
  }
  if (at > to) throw damaged()
  return size
}

/** The least size of nearly all zstd blocks: smaller ones cost more to decompress than they yield. */
const LEAST_ZSTD_BLOCK = 512

/** https://github.com/facebook/zstd/blob/dev/doc/zstd_compression_format.md */
export const zstdSize: SizeOf = (bytes, said) => {
  if (bytes.length < 9) throw damaged()
  let at = zstdHeaderLength(bytes)
  let [sure, blocks, isLast] = [0, 0, false]
  while (!isLast) {
    if (at + 3 > bytes.length) throw damaged()
    const head = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16)
    isLast = (head & 1) === 1
    const type = (head >> 1) & 3
    const length = head >> 3
    if (type !== 2) sure += length
    at += 3 + (type === 1 ? 1 : length)
    blocks++
    if (type === 3 || at > bytes.length || sure > said || blocks > 16 + said / LEAST_ZSTD_BLOCK) throw damaged()
  }
  // One frame with its checksum: a further one would not be counted.
  if (bytes.length - at > 4) throw damaged()
  return said
}
