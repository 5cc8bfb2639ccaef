import { promisify } from 'node:util'
import { crc32, deflate } from 'node:zlib'
import type { IndexedImage } from '../index-image.ts'

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const INDEXED = 3
const PERCEPTUAL = 0

/**
 * A PNG with a palette (PLTE, and tRNS up to the last colour that is not opaque) and 1, 2, 4 or 8 bits per pixel, as
 * few as possible. W3C, Portable Network Graphics specification, third edition.
 */
export async function encodeIndexedPng({ width, height, palette, indices }: IndexedImage): Promise<Uint8Array> {
  const { colours } = palette
  const bits = [1, 2, 4].find((bits) => colours.length <= 2 ** bits) ?? 8
  const header = new DataView(new ArrayBuffer(13))
  header.setUint32(0, width)
  header.setUint32(4, height)
  header.setUint8(8, bits)
  header.setUint8(9, INDEXED)
  const alphas = Uint8Array.from(colours, ({ alpha }) => alpha)
  const clear = alphas.findLastIndex((alpha) => alpha < 255) + 1
  const pixels = await promisify(deflate)(scanLines(indices, width, height, bits), { level: 9 })
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', new Uint8Array(header.buffer)),
    chunk('sRGB', Uint8Array.of(PERCEPTUAL)),
    chunk('PLTE', Uint8Array.from(colours.flatMap(({ red, green, blue }) => [red, green, blue]))),
    ...(clear > 0 ? [chunk('tRNS', alphas.subarray(0, clear))] : []),
    chunk('IDAT', pixels),
    chunk('IEND', new Uint8Array()),
  ])
}

/** Rows of packed indices, each after filter type 0: filters do not help, since neighbouring indices are unrelated. */
function scanLines(indices: Uint8Array, width: number, height: number, bits: number): Uint8Array {
  const perByte = 8 / bits
  const stride = 1 + Math.ceil(width / perByte)
  const lines = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const line = lines.subarray(y * stride + 1, (y + 1) * stride)
    for (let x = 0; x < width; x++) {
      line[Math.floor(x / perByte)] |= indices[y * width + x] << (8 - bits * ((x % perByte) + 1))
    }
  }
  return lines
}

/** Length, type, data, and the CRC of the two last. */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(data.length + 12)
  bytes.writeUInt32BE(data.length, 0)
  bytes.write(type, 4, 'latin1')
  bytes.set(data, 8)
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length)
  return bytes
}
