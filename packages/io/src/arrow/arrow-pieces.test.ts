import { readFileSync } from 'node:fs'
import * as arrow from 'apache-arrow'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadArrowLibrary } from '../typed/arrow-library.ts'
import { arrowPieces } from './arrow-pieces.ts'
import { NotArrow } from './not-arrow.ts'

const RULES = { mostBytes: 2 ** 20, isInflated: true }
const table = arrow.tableFromArrays({
  size: Float64Array.from({ length: 90 }, (_, i) => i / 7),
  kind: Array.from({ length: 90 }, (_, i) => (i % 3 ? 'a' : 'b')),
})
const stream = (batches: readonly arrow.RecordBatch[], options = {}): Uint8Array => {
  const writer = new arrow.RecordBatchStreamWriter(options)
  for (const batch of batches) writer.write(batch)
  return writer.finish().toUint8Array(true)
}
const [all] = table.batches
const bytes = stream([all.slice(0, 50), all.slice(50, 51), all.slice(51)])

beforeAll(async () => {
  // The library writes compressed values once its codecs are there.
  await loadArrowLibrary()
})

async function* cutAt(whole: Uint8Array, places: readonly number[]): AsyncGenerator<Uint8Array> {
  const ends = [...places.map((place) => place % (whole.length + 1)), whole.length].sort((a, b) => a - b)
  for (let i = 0, from = 0; i < ends.length; from = ends[i++]) yield whole.subarray(from, ends[i])
}

/** The pieces of a file or stream, each copied while it is good. */
async function pieces(source: AsyncIterable<Uint8Array>, rules = RULES): Promise<Uint8Array[]> {
  const found: Uint8Array[] = []
  for await (const piece of arrowPieces(source, rules)) found.push(piece.slice())
  return found
}

const refusal = (whole: Uint8Array, rules = RULES): Promise<string> =>
  pieces(cutAt(whole, []), rules).then(
    () => 'taken',
    (error: unknown) => (error instanceof NotArrow ? error.message : `thrown: ${error}`),
  )

/** Every kind of column that the library writes. */
const wide = new arrow.Table({
  none: arrow.vectorFromArray([null, null, null], new arrow.Null()),
  flag: arrow.vectorFromArray([true, null, false], new arrow.Bool()),
  whole: arrow.vectorFromArray([1n, 2n, null], new arrow.Int64()),
  day: arrow.vectorFromArray([new Date(0), null, new Date(864e5)], new arrow.DateDay()),
  when: arrow.vectorFromArray([new Date(0), new Date(1), null], new arrow.TimestampMillisecond()),
  text: arrow.vectorFromArray(['a', null, 'long text of many letters'], new arrow.Utf8()),
  large: arrow.vectorFromArray(['a', null, 'b'], new arrow.LargeUtf8()),
  kind: arrow.vectorFromArray(['a', 'b', 'a'], new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8())),
  raw: arrow.vectorFromArray([Uint8Array.of(1), null, Uint8Array.of(2, 3)], new arrow.Binary()),
  four: arrow.vectorFromArray(
    [Uint8Array.of(1, 2, 3, 4), null, Uint8Array.of(5, 6, 7, 8)],
    new arrow.FixedSizeBinary(4),
  ),
  list: arrow.vectorFromArray([[1], null, [2, 3]], new arrow.List(new arrow.Field('x', new arrow.Float64()))),
  pair: arrow.vectorFromArray([[1, 2], [3, 4], [5, 6]], new arrow.FixedSizeList(2, new arrow.Field('x', new arrow.Float32()))), // biome-ignore format: a table
  deep: arrow.vectorFromArray(
    [{ a: 1, b: [['x']] }, null, { a: 2, b: [] }],
    new arrow.Struct<arrow.TypeMap>([
      new arrow.Field('a', new arrow.Int32()),
      new arrow.Field(
        'b',
        new arrow.List(new arrow.Field('x', new arrow.List(new arrow.Field('y', new arrow.Utf8())))),
      ),
    ]),
  ),
})

describe('the pieces of a stream', () => {
  it('are its bytes, however it comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 9 }), async (places) => {
        expect(Buffer.concat(await pieces(cutAt(bytes, places))).equals(bytes)).toBe(true)
      }),
    )
  })

  it('are those that a reader asks for: before, about and of each message', async () => {
    const cuts = (await pieces(cutAt(bytes, [1, 1000]))).map(({ length }) => length)
    const reader = new arrow.MessageReader(bytes)
    const bodies: number[] = []
    for (const { bodyLength } of reader) bodies.push(reader.readMessageBody(bodyLength).length)
    expect(bodies).toHaveLength(5)
    for (const [i, length] of cuts.entries())
      expect(length === 8 || cuts[i - 1] === 8 || bodies.includes(length)).toBe(true)
    // What ends a stream is a prefix without a message.
    expect(cuts).toHaveLength(5 + 5 + bodies.filter((length) => length > 0).length + 1)
  })

  it('give batches that are good until the next is requested, with categories that stay', async () => {
    const reader = await arrow.RecordBatchReader.from(arrowPieces(cutAt(bytes, [100, 700, 1500]), RULES))
    const rows: unknown[] = []
    for await (const batch of reader) for (const row of batch) rows.push(row?.toJSON())
    expect(rows).toEqual([...table].map((row) => row?.toJSON()))
  })
})

describe('what a writer writes is taken', () => {
  const back = async (whole: Uint8Array): Promise<string[]> => {
    const checked = arrow.tableFromIPC(Buffer.concat(await pieces(cutAt(whole, []))))
    return checked.toArray().map(String)
  }

  it.each(['stream', 'file'] as const)('a %s with columns of every kind', async (form) => {
    expect(await back(arrow.tableToIPC(wide, form))).toEqual(wide.toArray().map(String))
  })

  it('no rows at all', async () => {
    expect(await back(stream([wide.batches[0].slice(0, 0)]))).toEqual([])
  })

  it.each(['pyarrow-zstd.arrow', 'pyarrow-lz4.arrow', 'pyarrow-plain.arrows'])(
    '%s, by another library',
    async (name) => {
      const rows = await back(readFileSync(new URL(`./fixtures/${name}`, import.meta.url)))
      expect(rows).toHaveLength(3000)
      expect(rows[2999]).toBe('{"x": 2999, "even": false, "kind": "k4", "text": "row 2999", "list": ["2999","0"]}')
    },
  )
})

describe('what no writer writes is refused before a library reads it', () => {
  const kill = readFileSync(new URL('./fixtures/list-of-2147483647.arrow', import.meta.url))

  it('a list of more entries than there are bytes', async () => {
    expect(await refusal(kill)).toBe('a list of 2147483647 entries in a header of 304 bytes')
  })

  it('other contents, an end too soon, values without a schema, and a second schema', async () => {
    expect(await refusal(Buffer.from('no arrow at all, not even nearly'))).toMatch(/^other contents/)
    expect(await refusal(bytes.subarray(0, 700))).toMatch(/^the end within a/)
    const [before, head, ...rest] = await pieces(cutAt(bytes, []))
    expect(await refusal(Buffer.concat(rest))).toBe('values before a schema')
    expect(await refusal(Buffer.concat([before, head, before, head, ...rest]))).toBe('a second schema')
  })

  it('columns nested without end', async () => {
    let type: arrow.DataType = new arrow.Int8()
    for (let i = 0; i < 40; i++) type = new arrow.List(new arrow.Field('x', type))
    const schema = new arrow.Schema([new arrow.Field('x', type)])
    const writer = new arrow.RecordBatchStreamWriter()
    writer.reset(undefined, schema)
    expect(await refusal(writer.finish().toUint8Array(true))).toBe('columns nested more than 32 deep')
  })

  it('compressed values where they are not asked for, and those that unpack to more than 1000 times their size', async () => {
    const long = arrow.tableFromArrays({ x: new Float64Array(30_000) }).batches
    const packed = stream(long, { compressionType: arrow.CompressionType.LZ4_FRAME })
    expect(await refusal(packed)).toBe('taken')
    expect(await refusal(packed, { ...RULES, isInflated: false })).toMatch(/^compressed values/)
    const zstd = readFileSync(new URL('./fixtures/pyarrow-zstd-bomb.arrow', import.meta.url))
    expect(zstd.length).toBeLessThan(20_000)
    expect(await refusal(zstd)).toMatch(/compressed bytes that unpack to 1\d{8}$/)
  })

  it('a dictionary of which few bytes stand for much text', async () => {
    const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8())
    const x = arrow.vectorFromArray(
      Array.from({ length: 9000 }, () => 'x'.repeat(50_000)),
      type,
    )
    expect(await refusal(stream(new arrow.Table({ x }).batches))).toMatch(/bytes that stand for 450000000 of text$/)
  })

  it('batches and dictionaries of more bytes than the rules allow', async () => {
    expect(await refusal(bytes, { mostBytes: 500, isInflated: true })).toBe(
      'more than 500 bytes in a batch or in dictionaries',
    )
  })
})

describe('any bytes whatever', () => {
  /** A generator of numbers below `most`, the same on each run. */
  function seeded(seed: number): (most: number) => number {
    let state = seed
    return (most) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return Math.floor((state / 2 ** 32) * most)
    }
  }
  const WORDS = [0, 1, 4, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffff8]
  const MUTANTS = 24_000

  function mutant(whole: Uint8Array, pick: (most: number) => number): Uint8Array {
    const other = whole.slice()
    const view = new DataView(other.buffer)
    for (let change = pick(3); change >= 0; change--) {
      // Most of what decides anything lies in the first bytes: the schema.
      const at = pick(pick(2) ? other.length - 4 : Math.min(900, other.length - 4))
      if (pick(2)) view.setUint8(at, pick(256))
      else view.setUint32(pick(4) ? at & ~3 : at, WORDS[pick(WORDS.length)], true)
    }
    return pick(20) ? other : other.subarray(0, pick(other.length))
  }

  it('cost a reader no more than their own size allows, and are refused or read', async () => {
    const pick = seeded(7)
    const packed = stream(wide.batches, { compressionType: arrow.CompressionType.LZ4_FRAME })
    const originals = [
      bytes,
      arrow.tableToIPC(wide, 'stream'),
      arrow.tableToIPC(wide, 'file'),
      packed,
      stream([all.slice(0, 3)]),
    ]
    let taken = 0
    for (let i = 0; i < MUTANTS; i++) {
      const original = originals[i % originals.length]
      const given = mutant(original, pick)
      let checked: Uint8Array[] = []
      try {
        checked = await pieces(cutAt(given, []))
      } catch (error) {
        expect(error).toBeInstanceOf(NotArrow)
        continue
      }
      taken++
      const whole = Buffer.concat(checked)
      expect(whole.length).toBeLessThan(20 * original.length)
      let cells = 0
      try {
        for (const batch of arrow.RecordBatchReader.from(whole)) {
          for (const [c] of batch.schema.fields.entries()) {
            const vector = batch.getChildAt(c)
            for (let row = 0; row < batch.numRows; row++, cells++) vector?.get(row)
          }
        }
      } catch (error) {
        // The library refuses some things that cost nothing, such as texts that are no UTF-8.
        expect(error).toBeInstanceOf(Error)
      }
      expect(cells).toBeLessThan(20 * 2 ** 16)
    }
    expect(taken).toBeGreaterThan(MUTANTS / 20)
  }, 240_000)
})
