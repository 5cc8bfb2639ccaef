// Files that are nearly right: a whole file with some bytes, words, pieces or digits changed.
import type { RandomSource } from '../../../packages/core/src/random.ts'

/** Numbers that lengths, counts and offsets go wrong with. */
const EDGES = [0, 1, -1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, -0x80000000, 0x1000000, 0x20000001]

/** Text that numbers, names and nesting go wrong with. */
const WORDS = [
  'NaN',
  '-',
  '1e309',
  '0',
  '999999999',
  '-1',
  '[',
  '{',
  '"',
  ',',
  '\n',
  '\r\n',
  '\0',
  '\ufeff',
  'é',
  ';',
  '""',
]

type Mutation = (bytes: Buffer, draw: RandomSource) => Buffer

const below = (draw: RandomSource, n: number): number => Math.floor(draw() * n)
const one = <T>(draw: RandomSource, of: readonly T[]): T => of[below(draw, of.length)]

const changed = (bytes: Buffer, change: (bytes: Buffer) => void): Buffer => {
  const copy = Buffer.from(bytes)
  change(copy)
  return copy
}

const piece = (bytes: Buffer, draw: RandomSource): { from: number; to: number } => {
  const from = below(draw, bytes.length)
  return { from, to: Math.min(bytes.length, from + 1 + below(draw, 64)) }
}

const MUTATIONS: readonly Mutation[] = [
  function bit(bytes, draw) {
    return changed(bytes, (copy) => {
      copy[below(draw, copy.length)] ^= 1 << below(draw, 8)
    })
  },
  function byte(bytes, draw) {
    return changed(bytes, (copy) => {
      copy[below(draw, copy.length)] = below(draw, 256)
    })
  },
  function word(bytes, draw) {
    if (bytes.length < 4) return bytes
    return changed(bytes, (copy) => {
      const at = below(draw, copy.length - 3)
      copy.writeInt32LE(one(draw, EDGES), draw() < 0.7 ? at & ~3 : at)
    })
  },
  function near(bytes, draw) {
    if (bytes.length < 4) return bytes
    return changed(bytes, (copy) => {
      const at = below(draw, copy.length - 3) & ~3
      copy.writeInt32LE((copy.readInt32LE(at) + below(draw, 65) - 32) | 0, at)
    })
  },
  function cut(bytes, draw) {
    return bytes.subarray(0, below(draw, bytes.length + 1))
  },
  function left(bytes, draw) {
    const { from, to } = piece(bytes, draw)
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
  },
  function again(bytes, draw) {
    const { from, to } = piece(bytes, draw)
    const times = draw() < 0.1 ? 1 + below(draw, 500) : 1
    return Buffer.concat([bytes.subarray(0, to), ...Array(times).fill(bytes.subarray(from, to)), bytes.subarray(to)])
  },
  function moved(bytes, draw) {
    const { from, to } = piece(bytes, draw)
    return changed(bytes, (copy) => void bytes.copy(copy, below(draw, copy.length), from, to))
  },
  function text(bytes, draw) {
    const { from, to } = piece(bytes, draw)
    return Buffer.concat([
      bytes.subarray(0, from),
      Buffer.from(one(draw, WORDS)),
      bytes.subarray(draw() < 0.5 ? from : Math.min(to, from + 4)),
    ])
  },
  function digit(bytes, draw) {
    const at = below(draw, bytes.length)
    const found = bytes.subarray(at).findIndex((c) => c >= 0x30 && c <= 0x39)
    if (found < 0) return bytes
    return changed(bytes, (copy) => {
      copy[at + found] = 0x30 + below(draw, 10)
    })
  },
]

/** One to four mutations of a file, one after another. */
export function mutated(whole: Uint8Array, draw: RandomSource): Buffer {
  let bytes = Buffer.from(whole)
  for (let left = 1 + below(draw, 4); left > 0; left--) {
    if (bytes.length === 0) return bytes
    bytes = Buffer.from(one(draw, MUTATIONS)(bytes, draw))
  }
  return bytes
}
