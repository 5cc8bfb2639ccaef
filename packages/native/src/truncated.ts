import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const HEADER = 64
/** "\x7fELF", 64 bits, little-endian: every addon for Linux. */
const MAGIC = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1])

/**
 * How many bytes a shared library of Linux lacks: 0 when it is whole, and for any other file. The system's loader maps what the
 * headers promise without looking at the file's length, and touching a page that is not there ends the process.
 */
export function missingBytes(path: string): number {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const header = bytesAt(file, 0, HEADER)
    if (header.length < HEADER || !header.subarray(0, MAGIC.length).equals(MAGIC)) return 0
    const from = Number(header.readBigUInt64LE(32))
    const length = header.readUInt16LE(54)
    const count = header.readUInt16LE(56)
    const segments = bytesAt(file, from, length * count)
    let end = from + length * count
    for (let at = 0; at + 40 <= segments.length; at += length) {
      const offset = Number(segments.readBigUInt64LE(at + 8))
      end = Math.max(end, offset + Number(segments.readBigUInt64LE(at + 32)))
    }
    return Math.max(0, end - size)
  } finally {
    closeSync(file)
  }
}

function bytesAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  return bytes.subarray(0, readSync(file, bytes, 0, length, position))
}
