import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** "\x7fELF", 64 bits, little-endian: every addon for Linux. */
const MAGIC = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1])
const HEADER = 64
/** What the format gives a segment's header. A file that tells another size is read by nobody, the system's loader included. */
const SEGMENT = 56
/** The type of a segment whose other fields mean nothing. */
const UNUSED = 0
/** An addon has about ten. The system's loader puts all their headers on its stack. */
const MOST_SEGMENTS = 256

/**
 * What keeps a file from being a whole shared library of Linux, such as "a truncated file that lacks 12 bytes": null for a whole
 * one, and for a file of any other kind. The system's loader maps what the headers promise without looking at the file's length,
 * and touching a page that is not there ends the process. Throws where the file cannot be read.
 */
export function damageOf(path: string): string | null {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file, { bigint: true })
    const header = bytesAt(file, 0, HEADER)
    if (!header.subarray(0, MAGIC.length).equals(MAGIC)) return null
    if (header.length < HEADER) return lacking(BigInt(HEADER) - size)
    const from = header.readBigUInt64LE(32)
    const each = header.readUInt16LE(54)
    const count = header.readUInt16LE(56)
    if (each !== SEGMENT) return `a damaged header: ${each} bytes a segment, where ${SEGMENT} are due`
    if (count < 1 || count > MOST_SEGMENTS) {
      return `a damaged header: ${count} segments, where 1 to ${MOST_SEGMENTS} would do`
    }
    if (from < HEADER) return `a damaged header: segments listed from byte ${from}, where it ends at ${HEADER}`
    const listed = from + BigInt(SEGMENT * count)
    if (listed > size) return lacking(listed - size)
    const end = lastByte(bytesAt(file, Number(from), SEGMENT * count))
    return end > size ? lacking(end - size) : null
  } finally {
    closeSync(file)
  }
}

const lacking = (bytes: bigint): string => `a truncated file that lacks ${bytes} bytes`

/** Where in the file the last of these segments ends. As large as two numbers of 64 bits: more than a JavaScript number holds. */
function lastByte(segments: Buffer): bigint {
  let last = 0n
  for (let at = 0; at < segments.length; at += SEGMENT) {
    if (segments.readUInt32LE(at) === UNUSED) continue
    const end = segments.readBigUInt64LE(at + 8) + segments.readBigUInt64LE(at + 32)
    if (end > last) last = end
  }
  return last
}

function bytesAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  return bytes.subarray(0, readSync(file, bytes, 0, length, position))
}
