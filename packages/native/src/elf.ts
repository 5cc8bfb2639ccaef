import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const HEADER = 64
/** "\x7fELF", 64 bits, little-endian: every program and library of Linux that there is an addon for. */
const MAGIC = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1])
/** The segment that names what loads a program and its libraries. */
const INTERPRETER = 3

/** What the headers of a program or library of Linux promise. */
export interface Elf {
  /** Bytes that the file has, and those that it has where nothing of it is lost. */
  readonly size: number
  readonly promised: number
  /** The path of the loader that a program asks for; null where it asks for none. */
  readonly interpreter: string | null
}

/** Reads the headers of a file; null where it is something else. */
export function readElf(path: string): Elf | null {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const header = bytesAt(file, 0, HEADER)
    if (header.length < HEADER || !header.subarray(0, MAGIC.length).equals(MAGIC)) return null
    const from = Number(header.readBigUInt64LE(32))
    const length = header.readUInt16LE(54)
    const count = header.readUInt16LE(56)
    const segments = bytesAt(file, from, length * count)
    let promised = from + length * count
    let interpreter: string | null = null
    for (let at = 0; at + 40 <= segments.length; at += length) {
      const offset = Number(segments.readBigUInt64LE(at + 8))
      const bytes = Number(segments.readBigUInt64LE(at + 32))
      promised = Math.max(promised, offset + bytes)
      if (segments.readUInt32LE(at) === INTERPRETER) interpreter = textAt(file, offset, bytes)
    }
    return { size, promised, interpreter }
  } finally {
    closeSync(file)
  }
}

/** The longest path that Linux takes. */
const MOST_PATH = 4096

function textAt(file: number, position: number, length: number): string {
  // Ended by a zero.
  return bytesAt(file, position, Math.min(length, MOST_PATH)).toString('latin1').split('\0')[0]
}

function bytesAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  return bytes.subarray(0, readSync(file, bytes, 0, length, position))
}
