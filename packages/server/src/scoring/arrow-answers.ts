import type { AnswerKind, CellColumn } from '@som/core'
import type { DataType, Schema } from 'apache-arrow'
import type { Question } from './question.ts'

type Arrow = typeof import('apache-arrow')

/** Writes what was found as an Arrow IPC stream. https://arrow.apache.org/docs/format/Columnar.html#ipc-streaming-format */
export interface ArrowAnswers<Found> {
  /** The messages of the schema and of the names of clusters, with which a stream begins. */
  readonly head: Uint8Array
  /** The message of a batch, in parts: its header, and its columns. */
  batch(found: Found): readonly Uint8Array[]
}

/** The end of a stream: a metadata length of 0. */
export const END: Uint8Array = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0)

/** Cells of text are places in a dictionary. */
const KINDS = {
  integer: Int32Array,
  number: Float64Array,
  text: Int32Array,
} as const satisfies Record<AnswerKind, unknown>

export function arrowAnswers<Found extends { readonly unit: Int32Array }>(
  arrow: Arrow,
  { columns: answers, lacks }: Question<Found>,
): ArrowAnswers<Found> {
  const types = answers.map((answer) => typeOf(arrow, answer))
  const schema = new arrow.Schema(answers.map(({ name }, c) => new arrow.Field(name, types[c], true)))
  const dictionaries = answers.map(({ levels }) => levels && arrow.vectorFromArray([...levels], new arrow.Utf8()))
  const childOf = (c: number, length: number, found?: Found) => {
    const data = new KINDS[answers[c].kind](length)
    if (found) answers[c].fill(found, data)
    const nulls = found && nullsOf(data, answers[c].none)
    const given = { type: types[c], length, data, ...(nulls ?? { nullCount: 0 }), dictionary: dictionaries[c] }
    return arrow.makeData(given as Parameters<Arrow['makeData']>[0])
  }
  const batchOf = (length: number, found?: Found) => {
    const children = answers.map((_, c) => childOf(c, length, found))
    const type = new arrow.Struct(schema.fields)
    return new arrow.RecordBatch(schema, arrow.makeData({ type, length, nullCount: 0, children }))
  }
  const encoded = (...batches: ReturnType<typeof batchOf>[]): Uint8Array => streamOf(arrow, schema, batches)
  // The dictionaries come with the first batch, and once: a second batch adds itself alone.
  const one = encoded(batchOf(0))
  const empty = encoded(batchOf(0), batchOf(0)).length - one.length
  const head = one.slice(0, one.length - empty - END.length)
  // The header of a batch is the same for as many rows, where none of their cells is null.
  let header = { rows: -1, bytes: new Uint8Array(0) }
  return {
    head,
    batch(found) {
      const rows = found.unit.length
      if (lacks(found)) {
        const whole = encoded(batchOf(rows, found))
        return [whole.subarray(head.length, whole.length - END.length)]
      }
      const places = placesOf(answers, rows)
      const size = places[places.length - 1]
      if (header.rows !== rows) {
        const whole = encoded(batchOf(rows))
        header = { rows, bytes: whole.slice(head.length, whole.length - size - END.length) }
      }
      const body = new ArrayBuffer(size)
      answers.forEach(({ kind, fill }, c) => {
        fill(found, new KINDS[kind](body, places[c], rows))
      })
      return [header.bytes, new Uint8Array(body)]
    },
  }
}

function typeOf(arrow: Arrow, { kind }: Pick<CellColumn<never>, 'kind'>): DataType {
  if (kind === 'text') return new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32())
  return kind === 'number' ? new arrow.Float64() : new arrow.Int32()
}

/** Where the columns of this many rows begin in the message body, and where it ends: each is aligned to eight bytes. */
function placesOf(columns: readonly Pick<CellColumn<never>, 'kind'>[], rows: number): number[] {
  const places = [0]
  for (const { kind } of columns)
    places.push(places[places.length - 1] + Math.ceil((rows * KINDS[kind].BYTES_PER_ELEMENT) / 8) * 8)
  return places
}

/**
 * Which rows have a cell, neither -1 (or `missing`) nor NaN: a bit for each, 0 for a row without one. Null where all
 * have.
 */
function nullsOf(cells: Int32Array | Float64Array, missing?: number) {
  const nullBitmap = new Uint8Array(Math.ceil(cells.length / 64) * 8)
  const isBelow = missing === undefined ? (x: number) => x < 0 : (x: number) => x === missing
  const none = cells instanceof Int32Array ? isBelow : Number.isNaN
  let nullCount = 0
  for (let i = 0; i < cells.length; i++) {
    if (none(cells[i])) nullCount++
    else nullBitmap[i >> 3] |= 1 << (i & 7)
  }
  return nullCount > 0 ? { nullCount, nullBitmap } : null
}

function streamOf(arrow: Arrow, schema: Schema, batches: readonly InstanceType<Arrow['RecordBatch']>[]): Uint8Array {
  const writer = new arrow.RecordBatchStreamWriter()
  writer.reset(undefined, schema)
  for (const batch of batches) writer.write(batch)
  writer.finish()
  return writer.toUint8Array(true)
}
