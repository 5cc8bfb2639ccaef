import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** "\x7fELF", 64 bits, little-endian: every program and library of Linux that there is an addon for. */
const MAGIC = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1])
const HEADER = 64
/** What the format gives a segment's header. A file that tells another size is read by nobody, the system's loader included. */
const SEGMENT = 56
/** The type of a segment whose other fields mean nothing. */
const UNUSED = 0
/** The type of the segment that names what loads a program and its libraries. */
const INTERPRETER = 3
/** An addon has about ten. The system's loader puts all their headers on its stack. */
const MOST_SEGMENTS = 256
/** The longest path that Linux takes. */
const MOST_PATH = 4096

/** What the headers of a program or library of Linux tell. */
export interface Elf {
  /** What keeps it from being whole, such as "a truncated file that lacks 12 bytes"; null where nothing does. */
  readonly damage: string | null
  /** The path of the loader that a whole program asks for; null where it asks for none. */
  readonly interpreter: string | null
}

/** Reads the headers of a file; null where it is of another kind. Throws where it cannot be read. */
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
  if (each !== SEGMENT) return damaged(`${each} bytes a segment, where ${SEGMENT} are due`)
  if (count < 1 || count > MOST_SEGMENTS) return damaged(`${count} segments, where 1 to ${MOST_SEGMENTS} would do`)
  if (from < HEADER) return damaged(`segments listed from byte ${from}, where it ends at ${HEADER}`)
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
  /** Where in the file it begins and ends. As large as two numbers of 64 bits: more than a JavaScript number holds. */
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

/** A text that a zero ends, in a part of the file that is there. */
function textAt(file: number, from: bigint, to: bigint): string {
  const bytes = bytesAt(file, Number(from), Math.min(Number(to - from), MOST_PATH))
  return bytes.toString('latin1').split('\0')[0]
}

function bytesAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  return bytes.subarray(0, readSync(file, bytes, 0, length, position))
}
