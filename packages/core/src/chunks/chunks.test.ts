import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { js } from '../backend/js/js.ts'
import { mergeSums } from '../backend/merge-sums.ts'
import { digestOf } from '../rows/digest.ts'
import { columnsFitting } from '../rows/fit-columns.ts'
import { chooseRows, type Matrix, rowsOf } from '../rows/matrix.ts'
import { momentsOf } from '../rows/moments.ts'
import type { PreprocessingName } from '../rows/preprocessing.ts'
import { drawMatrix } from '../testing/draw.ts'
import { seenTally } from '../train/seen-tally.ts'
import { chunkRowsFor, chunkRowsOf } from './chunk-rows.ts'
import { inChunks } from './cut.ts'
import { type ChunkNode, mergeTree } from './merge-tree.ts'
import { packSums, unpackNumbers, unpackSums } from './packed.ts'

const CHUNK = 7
const COLUMNS = 3

/** Rows with missing values, whose sums round. */
function drawn(rows: number): Matrix {
  const all = drawMatrix(rows, COLUMNS, 5)
  all.data.forEach((x, i) => {
    all.data[i] = i % 11 === 3 ? Number.NaN : x * 10 ** (i % 5)
  })
  return all
}

/** Chunks shared out among workers, and the order in which these are heard. */
const shared = fc
  .record({ rows: fc.integer({ min: 1, max: 90 }), workers: fc.integer({ min: 1, max: 6 }), seed: fc.nat(1000) })
  .map(({ rows, workers, seed }) => {
    const chunks = Array.from({ length: Math.ceil(rows / CHUNK) }, (_, i) => i)
    const owner = (i: number): number => (i * 31 + seed * 17 + Math.floor(i / (1 + (seed % 3)))) % workers
    const groups = Array.from({ length: workers }, (_, w) => chunks.filter((i) => owner(i) === w))
    return { rows, groups: seed % 2 === 0 ? groups : groups.reverse() }
  })

const chunkOf = (all: Matrix, i: number): Matrix => rowsOf(all, i * CHUNK, Math.min(all.rows, (i + 1) * CHUNK))

/** The nodes of workers that each are given some chunks. */
function nodesOf<T extends { seek(chunk: number): void; nodes(): ChunkNode<unknown>[] }>(
  groups: readonly (readonly number[])[],
  open: () => T,
  add: (worker: T, chunk: number) => void,
): ReturnType<T['nodes']> {
  return groups.flatMap((group) => {
    const worker = open()
    for (const chunk of group) {
      worker.seek(chunk)
      add(worker, chunk)
    }
    return worker.nodes()
  }) as ReturnType<T['nodes']>
}

describe('however chunks are shared out among workers, the bits are those of one', () => {
  it('in the preprocessing', () => {
    const methods: PreprocessingName[] = ['z-score', 'min-max', 'arcsinh']
    fc.assert(
      fc.property(shared, ({ rows, groups }) => {
        const all = drawn(rows)
        const one = columnsFitting(methods, 5, CHUNK)
        // In parts that have nothing to do with chunks.
        do for (let at = 0; at < rows; at += 5) one.add(rowsOf(all, at, Math.min(rows, at + 5)))
        while (one.again())
        const lead = columnsFitting(methods, 5, CHUNK)
        for (let pass = 0; pass < 2; pass++) {
          const open = () => {
            const worker = columnsFitting(methods, 5, CHUNK)
            if (pass === 1) worker.second(lead.first())
            return worker
          }
          for (const node of nodesOf(groups, open, (worker, i) => worker.add(chunkOf(all, i)))) lead.take(node)
          lead.again()
        }
        for (const f of methods.keys()) {
          expect(lead.isFound(f)).toBe(one.isFound(f))
          if (one.isFound(f)) expect(lead.done(f, 1)).toEqual(one.done(f, 1))
        }
      }),
      { seed: 1 },
    )
  })

  it('in moments and in what was seen on the map', async () => {
    const session = await js().open(
      { lattice: LATTICE, metric: 'euclidean', kernel: 'gaussian' },
      { matrix: drawn(90) },
      drawMatrix(6, COLUMNS, 2),
    )
    const matches = await session.match()
    const part = (from: number, to: number) => ({
      unit: matches.unit.slice(from, to),
      distance: matches.distance.slice(from, to),
      secondUnit: matches.secondUnit.slice(from, to),
      secondDistance: matches.secondDistance.slice(from, to),
    })
    fc.assert(
      fc.property(shared, ({ rows, groups }) => {
        const all = rowsOf(drawn(90), 0, rows)
        const moments = momentsOf(COLUMNS, CHUNK)
        moments.add(all.data)
        const others = momentsOf(COLUMNS, CHUNK)
        const found = nodesOf(
          groups,
          () => momentsOf(COLUMNS, CHUNK),
          (worker, i) => worker.add(chunkOf(all, i).data),
        )
        for (const node of found) others.take(node)
        expect(others.done()).toEqual(moments.done())
        const one = seenTally(LATTICE, rows, CHUNK)
        one.add(part(0, rows))
        const lead = seenTally(LATTICE, rows, CHUNK)
        for (const group of groups) {
          const worker = seenTally(LATTICE, rows, CHUNK)
          for (const i of group) {
            worker.seek(i)
            worker.add(part(i * CHUNK, Math.min(rows, (i + 1) * CHUNK)))
          }
          for (const node of worker.nodes()) lead.take(node)
          for (const i of group) lead.takeDistances(matches.distance.slice(i * CHUNK, Math.min(rows, (i + 1) * CHUNK)))
        }
        expect(lead.done()).toEqual(one.done())
      }),
      { seed: 2 },
    )
  })

  it('in the sums of an epoch, which cross between processes as bytes', async () => {
    const codebook = drawMatrix(6, COLUMNS, 2)
    const session = await js().open(
      { lattice: LATTICE, metric: 'euclidean', kernel: 'gaussian' },
      { matrix: drawn(1) },
      codebook,
    )
    await fc.assert(
      fc.asyncProperty(shared, async ({ rows, groups }) => {
        const all = drawn(rows)
        const count = Math.ceil(rows / CHUNK)
        const one = mergeTree(mergeSums)
        for (let i = 0; i < count; i++)
          one.add({ level: 0, index: i, value: await session.sums({ matrix: chunkOf(all, i) }) })
        const lead = mergeTree(mergeSums)
        for (const group of groups) {
          const worker = mergeTree(mergeSums)
          for (const i of group)
            worker.add({ level: 0, index: i, value: await session.sums({ matrix: chunkOf(all, i) }) })
          for (const { value, ...node } of worker.nodes()) lead.add({ ...node, value: unpackSums(packSums(value)) })
        }
        expect(lead.total(count)).toEqual(one.total(count))
      }),
      { seed: 3, numRuns: 50 },
    )
  })
})

const LATTICE = { cell: 'hexagonal', shape: 'sheet', rows: 2, columns: 3 } as const

describe('a tree of chunks', () => {
  const inBrackets = (a: string, b: string): string => `(${a}${b})`

  it('pairs by number, and lets a chunk without a partner go up alone', () => {
    const tree = mergeTree(inBrackets)
    for (const index of [4, 1, 3, 0, 2, 6, 5]) tree.add({ level: 0, index, value: String(index) })
    expect(tree.nodes()).toEqual([
      { level: 0, index: 6, value: '6' },
      { level: 1, index: 2, value: '(45)' },
      { level: 2, index: 0, value: '((01)(23))' },
    ])
    expect(tree.total(7)).toBe('(((01)(23))((45)6))')
  })

  it('refuses a chunk that comes twice, and a total with one missing', () => {
    const tree = mergeTree(inBrackets)
    for (const index of [0, 1, 3]) tree.add({ level: 0, index, value: String(index) })
    expect(() => tree.add({ level: 0, index: 1, value: 'again' })).toThrow('chunks: number 1 came twice')
    expect(() => tree.add({ level: 0, index: 3, value: 'again' })).toThrow('chunks: number 3 came twice')
    expect(() => tree.total(4)).toThrow('chunks: number 2 of 4 is missing')
  })
})

describe('packed sums', () => {
  const sums = { sums: Float64Array.of(1, -0, 0.1), counts: Float64Array.of(2), distance: 0.3, weight: 2 }

  it('come back from any place in other bytes', () => {
    const bytes = new Uint8Array([1, 2, 3, ...packSums(sums)]).subarray(3)
    expect(unpackSums(bytes)).toEqual(sums)
  })

  it('say what is wrong with bytes of another version, of another kind, or cut short', () => {
    const bytes = packSums(sums)
    const other = bytes.slice()
    other[4] = 9
    expect(() => unpackSums(other)).toThrow('packed numbers: expected version 1, found 9')
    expect(() => unpackSums(bytes.slice(0, -8))).toThrow('packed numbers: expected 88 bytes, found 80')
    expect(() => unpackSums(bytes.slice(0, 20))).toThrow('packed numbers: they were cut short')
    expect(() => unpackNumbers(new TextEncoder().encode('a,b,c\n1,2,3\n4,5,6'))).toThrow('found other bytes')
  })
})

it('chunks have the rows that they should, whatever parts they come in', async () => {
  const all = drawn(50)
  const weights = Float32Array.from({ length: 50 }, (_, i) => i)
  async function* parts(size: number) {
    const memory = drawn(size)
    for (let at = 0; at < 50; at += size) {
      const count = Math.min(size, 50 - at)
      const part = rowsOf(memory, 0, count)
      // As a reader that reuses its memory.
      part.data.set(rowsOf(all, at, at + count).data)
      yield { matrix: part, weights: weights.slice(at, at + count) }
    }
  }
  for (const size of [1, 3, 7, 14, 20, 50]) {
    const found: number[] = []
    let at = 0
    for await (const chunk of inChunks(parts(size), CHUNK)) {
      const chosen = Uint32Array.from({ length: chunk.matrix.rows }, (_, i) => at + i)
      expect(chunk.matrix).toEqual(chooseRows(all, chosen))
      expect(chunk.weights).toEqual(Float32Array.from(chosen))
      found.push(chunk.matrix.rows)
      at += chunk.matrix.rows
    }
    expect(found).toEqual([7, 7, 7, 7, 7, 7, 7, 1])
  }
})

it('rows of weight 0 do not count into a chunk', () => {
  const kept = drawn(20)
  const data = new Float64Array(60 * COLUMNS).fill(1e9)
  const weights = new Float32Array(60)
  for (let i = 0; i < 20; i++) {
    data.set(kept.data.subarray(i * COLUMNS, (i + 1) * COLUMNS), (3 * i + 1) * COLUMNS)
    weights[3 * i + 1] = 1
  }
  const [alone, among] = [0, 1].map(() => columnsFitting(['z-score', 'log', 'none'], 5, CHUNK))
  do alone.add(kept)
  while (alone.again())
  do among.add({ rows: 60, data, weights })
  while (among.again())
  for (const f of [0, 1, 2]) expect(among.done(f, 1)).toEqual(alone.done(f, 1))
})

it('the digest of several chunks sees each of them, and their order', () => {
  const all = drawn(20)
  const digest = digestOf({ matrix: all }, CHUNK)
  expect(digest).not.toBe(digestOf({ matrix: all }, 20))
  const turned = chooseRows(
    all,
    Uint32Array.from({ length: 20 }, (_, i) => (i < 14 ? (i + 7) % 14 : i)),
  )
  expect(digestOf({ matrix: turned }, CHUNK)).not.toBe(digest)
  const changed = { ...all, data: all.data.slice() }
  changed.data[19 * COLUMNS] += 1
  expect(digestOf({ matrix: changed }, CHUNK)).not.toBe(digest)
})

it('a constant feature that is left out counts for the rows of a chunk', () => {
  expect(chunkRowsOf(16)).toBe(65_536)
  expect(chunkRowsFor({ features: Array(15), leftOut: Array(1) })).toBe(65_536)
  expect(chunkRowsOf(2 ** 21)).toBe(1)
})
