import { describe, expect, it } from 'vitest'
import { ZstdFrames, zstdHeader } from './zstd-frames.ts'

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd]
const u32 = (n: number): number[] => [n & 255, (n >> 8) & 255, (n >> 16) & 255, (n >>> 24) & 255]
/** A frame with a window descriptor (10 + `log` bits) and one block that is not compressed. */
const windowed = (log: number, bytes: number[], flags = 0): number[] => [
  ...MAGIC,
  flags,
  log << 3,
  ...u32(1 | (bytes.length << 3)).slice(0, 3),
  ...bytes,
  ...(flags & 4 ? [1, 2, 3, 4] : []),
]
/** A frame of a single segment that says so many bytes, in four. */
const single = (said: number): number[] => [...MAGIC, 0xa0, ...u32(said), 3 | (5 << 3), 0, 0, 7]
const skippable = (bytes: number): number[] => [...u32(0x184d2a53), ...u32(bytes), ...Array(bytes).fill(0x28)]

const refusal = (bytes: readonly number[], step = bytes.length): string => {
  const frames = new ZstdFrames()
  try {
    for (let at = 0; at < bytes.length; at += step) frames.check(Uint8Array.from(bytes.slice(at, at + step)))
    return 'taken'
  } catch (error) {
    return String(error)
  }
}

describe('frames of zstd', () => {
  it('are read by their headers', () => {
    expect(zstdHeader(Uint8Array.from(windowed(3, [1])))).toEqual({ length: 6, window: 8192, hasChecksum: false })
    expect(zstdHeader(Uint8Array.from([...MAGIC, 4, (3 << 3) | 5, 0]))).toEqual({
      length: 6,
      window: 8192 + 5 * 1024,
      hasChecksum: true,
    })
    expect(zstdHeader(Uint8Array.from(single(70_000)))).toEqual({ length: 9, window: 70_000, hasChecksum: false })
    // Two bytes of a size begin at 256; a dictionary's name comes before it.
    expect(zstdHeader(Uint8Array.from([...MAGIC, 0x61, 9, 1, 1]))).toMatchObject({ length: 8, window: 256 + 257 })
  })

  it.each([
    ['a window of 128 MiB', windowed(17, [1, 2, 3]), /^taken$/],
    ['a window of 256 MiB', windowed(18, [1, 2, 3]), /a window of 268435456 bytes, more than 134217728/],
    ['a single segment of 128 MiB', single(2 ** 27), /^taken$/],
    ['a single segment of 4 GiB', single(0xffffffff), /a window of 4294967295 bytes/],
    ['a second frame', [...windowed(3, [1, 2]), ...windowed(20, [1])], /a window of 1073741824 bytes/],
    ['a frame after a checksum', [...windowed(3, [1, 2], 4), ...windowed(20, [1])], /a window of 1073741824 bytes/],
    ['a frame after a skippable one', [...skippable(9), ...windowed(20, [1])], /a window of 1073741824 bytes/],
    ['a frame after a repeated byte', [...single(0), ...windowed(20, [1])], /a window of 1073741824 bytes/],
    ['no frame', [...Array(30).fill(9), ...windowed(20, [1])], /^taken$/],
  ])('%s: checked, in pieces of any size', (_, bytes, found) => {
    for (const step of [1, 2, 3, 5, 7, bytes.length]) expect(refusal(bytes, step)).toMatch(found)
  })
})
