import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** "\x7fELF", 64 bits, little-endian: every Linux program and library on a platform with an addon. */
const MAGIC = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1])
const HEADER = 64
/** The size of a segment's header. No program, including the system's loader, reads a file with another size. */
const SEGMENT = 56
/** The type of an unused segment. */
const UNUSED = 0
/** The type of the segment that names the loader of a program and its libraries. */
const INTERPRETER = 3
/** An addon has about ten. The system's loader puts all their headers on its stack. */
const MOST_SEGMENTS = 256
/** The longest path that Linux accepts. */
const MOST_PATH = 4096

/** The contents of the headers of a Linux program or library. */
export interface Elf {
  /** What is wrong with it, for example "a truncated file that lacks 12 bytes"; null if it is intact. */
  readonly damage: string | null
  /** The path of the loader that an intact program names; null if it names none. */
  readonly interpreter: string | null
}

/** Reads the headers of a file; null for another kind of file. Throws if it cannot be read. */
export function readElf(path: string): Elf | null {
  const file = openSync(path, 'r')
  try {
    const header = bytesAt(file, 0, HEADER)
    return header.subarray(0, MAGIC.length).equals(MAGIC) ? elfOf(file, header) : null
  } finally {
    closeSync(file)
  }
}

function elfOf(file: number, header: Buffer): Elf {
  const { size } = fstatSync(file, { bigint: true })
  if (header.length < HEADER) return lacking(BigInt(HEADER) - size)
  const from = header.readBigUInt64LE(32)
  const each = header.readUInt16LE(54)
  const count = header.readUInt16LE(56)
  if (each !== SEGMENT) return damaged(`${each} bytes per segment, expected ${SEGMENT}`)
  if (count < 1 || count > MOST_SEGMENTS) return damaged(`${count} segments, expected 1 to ${MOST_SEGMENTS}`)
  if (from < HEADER) return damaged(`segments listed from byte ${from}, expected ${HEADER} or later`)
  const listed = from + BigInt(SEGMENT * count)
  if (listed > size) return lacking(listed - size)
  const segments = segmentsOf(bytesAt(file, Number(from), SEGMENT * count))
  const beyond = segments.map(({ end }) => end - size).filter((bytes) => bytes > 0n)
  if (beyond.length > 0) return lacking(greatest(beyond))
  const named = segments.find(({ type }) => type === INTERPRETER)
  return { damage: null, interpreter: named === undefined ? null : textAt(file, named.offset, named.end) }
}

function greatest([first, ...rest]: readonly bigint[]): bigint {
  let most = first
  for (const bytes of rest) if (bytes > most) most = bytes
  return most
}

const lacking = (bytes: bigint): Elf => broken(`a truncated file that lacks ${bytes} bytes`)
const damaged = (how: string): Elf => broken(`a damaged header: ${how}`)
const broken = (damage: string): Elf => ({ damage, interpreter: null })

interface Segment {
  readonly type: number
  /** Where in the file it begins and ends. The sum of two 64-bit numbers: more than a JavaScript number can hold. */
  readonly offset: bigint
  readonly end: bigint
}

function segmentsOf(headers: Buffer): readonly Segment[] {
  const all = Array.from({ length: headers.length / SEGMENT }, (_, i) => {
    const at = i * SEGMENT
    const offset = headers.readBigUInt64LE(at + 8)
    return { type: headers.readUInt32LE(at), offset, end: offset + headers.readBigUInt64LE(at + 32) }
  })
  return all.filter(({ type }) => type !== UNUSED)
}

/** A zero-terminated string in an existing part of the file. */
function textAt(file: number, from: bigint, to: bigint): string {
  const bytes = bytesAt(file, Number(from), Math.min(Number(to - from), MOST_PATH))
  return bytes.toString('latin1').split('\0')[0]
}

function bytesAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  return bytes.subarray(0, readSync(file, bytes, 0, length, position))
}
