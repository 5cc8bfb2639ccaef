import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Table, tableFromArrays, tableFromIPC, tableToIPC } from 'apache-arrow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compiledSom } from '../../../../tools/test/compiled.ts'
import { som } from '../../test/harness.ts'
import { encodeFrame, FrameReader } from './frames.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-worker-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)
const main = await compiledSom()

const COLUMNS = ['a', 'b', 'c']
const ROWS = 500
const cells = COLUMNS.map((_, f) =>
  Float64Array.from({ length: ROWS }, (_, i) => (((i + 1) * (f + 3) * 7919) % 997) / 10),
)

beforeAll(async () => {
  const lines = Array.from({ length: ROWS }, (_, i) => cells.map((column) => column[i]).join(','))
  writeFileSync(at('table.csv'), `${[COLUMNS.join(','), ...lines].join('\n')}\n`)
  const trained = await som('train', at('table.csv'), '-o', at('one.som'), '--epochs', '3', '--backend', 'js')
  expect(trained.code).toBe(0)
})

/** A worker with these bytes on its standard input. */
function asked(...parts: readonly Uint8Array[]): Promise<{ code: number | null; out: Buffer; err: string }> {
  const child = spawn(process.execPath, [main, 'worker', '--backend', 'js'])
  const out: Uint8Array[] = []
  let err = ''
  child.stdout.on('data', (bytes: Uint8Array) => out.push(bytes))
  child.stderr.on('data', (text) => {
    err += text
  })
  // One that refuses its first frame does not read the rest.
  child.stdin.on('error', () => undefined)
  child.stdin.end(Buffer.concat(parts))
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, out: Buffer.concat(out), err }))
  })
}

async function answered(head: object, bytes: Uint8Array, rows: Table): Promise<Table> {
  const { code, out, err } = await asked(...encodeFrame(head, bytes), tableToIPC(rows, 'stream'))
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return tableFromIPC(out)
}

const NOTHING = new Uint8Array(0)
const rowsBetween = (from: number, to: number): Table =>
  tableFromArrays(Object.fromEntries(COLUMNS.map((name, f) => [name, cells[f].slice(from, to)])))

/** Rows packed by two workers, as partitions that have nothing to do with chunks. */
async function packed(chunkRows: number): Promise<Table> {
  const [first, second] = await Promise.all(
    [
      [0, 123],
      [123, ROWS],
    ].map(([from, to]) =>
      answered({ ask: 'pack', columns: COLUMNS, chunkRows, start: from }, NOTHING, rowsBetween(from, to)),
    ),
  )
  return first.concat(second)
}

interface Node {
  readonly name: string
  readonly level: number
  readonly index: number
  readonly data: Uint8Array
}

/** Trains by a real lead, whose passes `pass` answers. */
async function trained(
  options: object,
  pass: (head: object, bytes: Uint8Array, chunks: Table) => Promise<Table>,
): Promise<{ map?: Uint8Array; refused?: readonly { path: string; message: string }[]; epochs: number[] }> {
  const child = spawn(process.execPath, [main, 'worker', '--backend', 'js'])
  const frames = new FrameReader(child.stdout)
  const send = (head: object, bytes?: Uint8Array): void => {
    child.stdin.write(Buffer.concat(encodeFrame(head, bytes)))
  }
  send({ ask: 'train', columns: COLUMNS, ...options })
  const epochs: number[] = []
  let chunks: Table | undefined
  try {
    for (;;) {
      const frame = await frames.next()
      if (frame === null) throw new Error('no more frames')
      const { head, bytes } = frame
      if (head.map) return { map: bytes, epochs }
      if (head.refused) return { refused: head.refused as never, epochs }
      if (head.need === 'rows') {
        chunks = await packed(Number(head.chunkRows))
        send({ rows: ROWS })
      } else if (head.need === 'pass' && chunks) {
        const found = (await pass(head.pass as object, bytes, chunks)).toArray() as Node[]
        const nodes = found.map(({ name, level, index, data }) => ({
          name,
          level,
          index: Number(index),
          bytes: data.length,
        }))
        send({ found: nodes }, Buffer.concat(found.map(({ data }) => data)))
      } else {
        epochs.push((head.record as { epoch: number }).epoch)
        send({})
      }
    }
  } finally {
    child.stdin.end()
  }
}

describe('som worker trains', () => {
  it('the map of som train, byte for byte, by processes that each do a part', async () => {
    const { map, epochs } = await trained({ options: { epochs: 3 } }, answered)
    expect(epochs).toEqual([1, 2, 3])
    expect(Buffer.from(map ?? []).equals(readFileSync(at('one.som')))).toBe(true)
  })

  it('on chunks that it has kept on disk, and asks again for one that is not there or was cut short', async () => {
    const spool = at('spool')
    const asks: string[] = []
    const { map } = await trained({ options: { epochs: 3 } }, async (head, bytes, chunks) => {
      const question = { ...head, spool }
      const { ask } = head as { ask: string }
      if (asks.length === 0) {
        asks.push(ask)
        return answered(question, bytes, chunks)
      }
      if (ask === 'keep') truncateSync(join(spool, '0.f64'), 100)
      if (ask === 'tally') rmSync(spool, { recursive: true })
      const found = await answered(question, bytes, chunks.select(['chunk']))
      const isMissing = (found.toArray() as Node[]).some(({ name }) => name === 'missing')
      asks.push(isMissing ? `${ask} again` : ask)
      return isMissing ? answered(question, bytes, chunks) : found
    })
    expect(asks).toEqual(['fit', 'fit', 'keep again', 'rows', 'sums', 'sums', 'sums', 'tally again'])
    expect(Buffer.from(map ?? []).equals(readFileSync(at('one.som')))).toBe(true)
    expect(readdirSync(spool)).toEqual(['0.f64'])
  })

  it('where the options are right; else it says everything that is wrong', async () => {
    const { refused } = await trained({ options: { rule: 'online', epoch: 3 } }, answered)
    expect(refused?.map(({ path }) => path)).toEqual(['epoch', 'rule'])
  })
})

describe('som worker scores', () => {
  it('rows as som match does', async () => {
    const found = await answered({ ask: 'match' }, readFileSync(at('one.som')), rowsBetween(0, ROWS))
    await som('match', at('one.som'), at('table.csv'), '-o', at('matched.csv'), '--backend', 'js')
    const [head, ...lines] = readFileSync(at('matched.csv'), 'utf8').trim().split('\n')
    const column = head.split(',').indexOf('unit')
    expect([...(found.getChild('unit') ?? [])]).toEqual(lines.map((line) => Number(line.split(',')[column])))
  })

  it('no rows, with the columns of an answer', async () => {
    const found = await answered({ ask: 'match' }, readFileSync(at('one.som')), rowsBetween(0, 0))
    expect(found.numRows).toBe(0)
    expect(found.schema.names).toEqual(expect.arrayContaining(['unit', 'distance', 'second_unit', 'p_value']))
  })
})

describe('som worker says in one sentence what is wrong with', () => {
  const [first, text] = encodeFrame({ ask: 'match' })
  const other = first.slice()
  other[4] = 7
  const rows = tableToIPC(rowsBetween(0, 5), 'stream')
  const map = (): Uint8Array => readFileSync(at('one.som'))
  it.each<[string, () => readonly Uint8Array[], string]>([
    ['no bytes', () => [], 'the stream ended before its first frame'],
    ['other bytes', () => [Buffer.from('a,b,c\n1,2,3\n')], 'expected a frame, found other bytes'],
    ['another version', () => [other, text], 'expected version 1 of the protocol, found 7'],
    ['half a frame', () => [first, text.subarray(0, 5)], 'the stream ended within a frame'],
    ['an unknown question', () => encodeFrame({ ask: 'matches' }), 'ask: expected one of'],
    ['no question', () => encodeFrame({}), 'ask: expected one of'],
    ['a map that is none', () => [...encodeFrame({ ask: 'match' }, Buffer.from('PK')), rows], 'map'],
    [
      'rows in another format',
      () => [...encodeFrame({ ask: 'match' }, map()), Buffer.from('a,b,c\n1,2,3\n4,5,6\n')],
      'expected an Arrow IPC stream',
    ],
    [
      'a stream that ends early',
      () => [...encodeFrame({ ask: 'match' }, map()), rows.subarray(0, rows.length - 60)],
      'expected an Arrow IPC stream',
    ],
    [
      'a column that is missing',
      () => [...encodeFrame({ ask: 'pack', columns: ['a', 'z'], chunkRows: 10, start: 0 }), rows],
      'expected the feature "z", found none',
    ],
    [
      'a question without a map',
      () => [...encodeFrame({ ask: 'predict' }, map()), rows],
      'map: expected a map with targets',
    ],
  ])('%s', async (_, parts, message) => {
    const { code, out, err } = await asked(...parts())
    expect({ code, out: out.length }).toEqual({ code: 1, out: 0 })
    expect(err).toMatch(/^som worker: [^\n]+\n$/)
    expect(err).toContain(message)
  })

  it('a chunk of which rows are missing, and one that there is not', async () => {
    const chunks = await packed(100)
    const pass = { ask: 'fit', columns: COLUMNS, chunkRows: 100, rows: ROWS, how: HOW }
    const numbers = new Uint8Array([...Buffer.from('somn'), 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    const ask = (table: Table, rows = ROWS) =>
      asked(...encodeFrame({ ...pass, rows }, numbers), tableToIPC(table, 'stream'))
    // The second piece of chunk 1 is the first row of the second partition.
    expect((await ask(chunks.slice(0, 2))).err).toContain('chunk 1 is not whole')
    expect((await ask(chunks.slice(3))).err).toBe('')
    expect((await ask(chunks, 300)).err).toContain('found a chunk 3 that is not there')
  })
})

const HOW = { metric: 'euclidean', cofactor: 5, featureWeights: {} }

it('som worker --describe says which protocol and which backend there is, and refuses a terminal otherwise', async () => {
  const described = JSON.parse((await som('worker', '--describe', '--backend', 'js')).out)
  expect(described).toMatchObject({ protocol: 1, backend: 'js' })
  expect(described.asks).toEqual(expect.arrayContaining(['train', 'sums', 'match']))
  expect((await som('worker', 'rows')).err).toContain('rows: expected no words')
})

it('frames of a stream that comes byte by byte are those that were sent', async () => {
  const sent = [...encodeFrame({ a: 1 }, Buffer.from('xyz')), ...encodeFrame({}), Buffer.from('the rest')]
  async function* slowly() {
    for (const byte of Buffer.concat(sent)) yield Uint8Array.of(byte)
  }
  const frames = new FrameReader(slowly())
  expect(await frames.next()).toEqual({ head: { a: 1 }, bytes: Uint8Array.from(Buffer.from('xyz')) })
  expect(await frames.next()).toEqual({ head: {}, bytes: new Uint8Array(0) })
  const rest: Uint8Array[] = []
  for await (const part of frames.rest()) rest.push(part)
  expect(Buffer.concat(rest).toString()).toBe('the rest')
})
