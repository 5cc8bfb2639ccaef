import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { damageOf } from './damage.ts'
import { loadFile } from './load.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-damage-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'library.node')

interface Told {
  /** Where the segments' headers begin. */
  readonly from?: bigint
  /** Bytes of each of them. */
  readonly each?: number
  readonly count?: number
  /** Offset and bytes of each segment that is really there. */
  readonly segments?: readonly (readonly [bigint, bigint])[]
}

/** The beginning of a shared library of Linux that tells these things, followed by zeros up to `size`. */
function written(told: Told, size = 4096): string {
  const { segments = [[0n, 4096n]], from = 64n, each = 56, count = segments.length } = told
  const bytes = Buffer.alloc(64 + 56 * segments.length)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1])
  bytes.writeBigUInt64LE(from, 32)
  bytes.writeUInt16LE(each, 54)
  bytes.writeUInt16LE(count, 56)
  segments.forEach(([offset, length], i) => {
    bytes.writeUInt32LE(1, 64 + 56 * i)
    bytes.writeBigUInt64LE(offset, 64 + 56 * i + 8)
    bytes.writeBigUInt64LE(length, 64 + 56 * i + 32)
  })
  writeFileSync(path, bytes)
  truncateSync(path, size)
  return path
}

const LAST = 0xffff_ffff_ffff_ffffn

describe('a shared library of Linux', () => {
  it('is whole where the file reaches as far as its segments, and is described by the byte where it does not', () => {
    const segments = [
      [0n, 300n],
      [4096n, 904n],
    ] as const
    expect(damageOf(written({ segments }, 5000))).toBeNull()
    expect(damageOf(written({ segments }, 6000))).toBeNull()
    expect(damageOf(written({ segments }, 4999))).toBe('a truncated file that lacks 1 bytes')
    expect(damageOf(written({ segments }, 6))).toBe('a truncated file that lacks 58 bytes')
    expect(damageOf(written({ segments }, 64))).toBe('a truncated file that lacks 112 bytes')
  })

  it.each<[string, Told, string]>([
    ['as many segments as a header can hold', { count: 65535 }, '65535 segments, expected 1 to 256'],
    ['no segment', { count: 0 }, '0 segments, expected 1 to 256'],
    ['segments without a header', { each: 0 }, '0 bytes per segment, expected 56'],
    ['headers too small to hold what is read', { each: 1, count: 65535 }, '1 bytes per segment, expected 56'],
    ['headers of as many bytes as a header can hold', { each: 65535 }, '65535 bytes per segment, expected 56'],
    ['segments listed in the header itself', { from: 0n }, 'segments listed from byte 0, expected 64 or later'],
  ])('with a header of %s is refused', (_, told, found) => {
    const reason = `a damaged header: ${found}`
    expect(damageOf(written(told))).toBe(reason)
    const loaded = loadFile(path)
    expect(loaded.isErr && loaded.error).toBe(`${path}: the addon is damaged: ${reason}; install it again`)
  })

  it.each<[string, Told, bigint]>([
    ['segments listed past the last byte', { from: 8192n }, 8192n + 56n - 4096n],
    ['segments listed beyond every file', { from: LAST }, LAST + 56n - 4096n],
    ['a list of segments that is cut', { count: 256 }, 64n + 256n * 56n - 4096n],
    ['a segment that ends beyond every file', { segments: [[LAST, LAST]] }, LAST + LAST - 4096n],
  ])('with %s lacks what it promises', (_, told, missing) => {
    expect(damageOf(written(told))).toBe(`a truncated file that lacks ${missing} bytes`)
  })

  it('that is whole has every segment within the file, whatever its header tells', () => {
    const word = fc.bigInt({ min: 0n, max: LAST })
    const near = fc.bigInt({ min: 0n, max: 5000n })
    const [small, any] = [fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 65535 })]
    const told = fc.record(
      {
        from: fc.oneof(fc.constant(64n), near, word),
        each: fc.oneof({ weight: 4, arbitrary: fc.constant(56) }, any),
        count: fc.oneof({ weight: 4, arbitrary: small }, any),
        segments: fc.array(fc.tuple(fc.oneof(near, word), fc.oneof(near, word)), { maxLength: 8 }),
      },
      { requiredKeys: ['segments'] },
    )
    fc.assert(
      fc.property(told, fc.integer({ min: 0, max: 9000 }), (header, size) => {
        const damage = damageOf(written(header, size))
        if (size < 6) expect(damage).toBeNull()
        else if (damage !== null) expect(damage).toMatch(/^a (damaged header: |truncated file that lacks \d+ bytes$)/)
        else if (header.from === undefined || header.from === 64n) {
          const listed = header.segments.slice(0, header.count)
          for (const [offset, length] of listed) expect(offset + length).toBeLessThanOrEqual(BigInt(size))
        }
      }),
    )
  })
})

describe('any other file', () => {
  it.each([
    ['no byte', ''],
    ['text', 'no addon'],
    ['a library of 32 bits', '\x7fELF\x01\x01'],
    ['the first bytes of a library', '\x7fELF'],
  ])('such as one of %s is left to the loader', (_, text) => {
    writeFileSync(path, text)
    expect(damageOf(path)).toBeNull()
    const loaded = loadFile(path)
    expect(loaded.isErr && loaded.error).toContain('cannot load the addon on this machine')
  })
})
