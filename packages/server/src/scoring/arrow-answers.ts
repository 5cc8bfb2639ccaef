import { type Clusters, clusterNumbers, type Matches } from '@som/core'
import type { DataType, Schema } from 'apache-arrow'
import { pValuesOf } from './p-values.ts'
import type { Scorer } from './scorer.ts'

type Arrow = typeof import('apache-arrow')
type Values = Int32Array | Float64Array

/** How matches are written as an Arrow IPC stream. https://arrow.apache.org/docs/format/Columnar.html#ipc-streaming-format */
export interface ArrowAnswers {
  /** The message of the schema, with which a stream begins. */
  readonly head: Uint8Array
  /** The message of a batch, in parts: what is said of it, and its columns. */
  batch(found: Matches): readonly Uint8Array[]
}

/** What ends a stream: a length of no metadata. */
export const END: Uint8Array = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0)

interface Column {
  readonly name: string
  readonly type: DataType
  /** An empty array of its kind. */
  readonly Kind: Int32ArrayConstructor | Float64ArrayConstructor
  readonly write: (found: Matches, into: Values) => void
}

export function arrowAnswers(arrow: Arrow, { som: { clusters, seen } }: Scorer): ArrowAnswers {
  const ints = (name: string, write: Column['write']): Column => ({
    name,
    type: new arrow.Int32(),
    Kind: Int32Array,
    write,
  })
  const floats = (name: string, write: Column['write']): Column => ({
    ...{ name, type: new arrow.Float64(), Kind: Float64Array, write },
  })
  const columns: Column[] = [
    ints('unit', ({ unit }, into) => into.set(unit)),
    floats('distance', writeDistances),
    ints('second_unit', ({ secondUnit }, into) => into.set(secondUnit)),
  ]
  if (clusters) columns.push(ints('cluster', clusterWriter(clusters)))
  if (seen) columns.push(floats('p_value', pValueWriter(pValuesOf(seen))))
  const schema = new arrow.Schema(columns.map(({ name, type }) => new arrow.Field(name, type, false)))
  const head = encoded(arrow, schema, columns, []).slice(0, -END.length)
  // What is said of a batch is the same for as many rows.
  let said = { rows: -1, bytes: new Uint8Array(0) }
  return {
    head,
    batch(found) {
      const rows = found.unit.length
      const places = placesOf(columns, rows)
      const size = places[places.length - 1]
      if (said.rows !== rows) {
        const whole = encoded(arrow, schema, columns, [rows])
        said = { rows, bytes: whole.slice(head.length, whole.length - size - END.length) }
      }
      const body = new ArrayBuffer(size)
      columns.forEach(({ Kind, write }, c) => {
        write(found, new Kind(body, places[c], rows))
      })
      return [said.bytes, new Uint8Array(body)]
    },
  }
}

/** Where the columns of so many rows begin in the body of their message, and where it ends: the library puts each at a multiple of eight bytes. */
function placesOf(columns: readonly Column[], rows: number): number[] {
  const places = [0]
  for (const { Kind } of columns)
    places.push(places[places.length - 1] + Math.ceil((rows * Kind.BYTES_PER_ELEMENT) / 8) * 8)
  return places
}

/** A stream of batches of zeros. */
function encoded(arrow: Arrow, schema: Schema, columns: readonly Column[], batches: readonly number[]): Uint8Array {
  const writer = new arrow.RecordBatchStreamWriter()
  writer.reset(undefined, schema)
  for (const length of batches) {
    const children = columns.map(({ type, Kind }) =>
      arrow.makeData({ type, length, nullCount: 0, data: new Kind(length) } as Parameters<Arrow['makeData']>[0]),
    )
    const type = new arrow.Struct(schema.fields)
    writer.write(new arrow.RecordBatch(schema, arrow.makeData({ type, length, nullCount: 0, children })))
  }
  writer.finish()
  return writer.toUint8Array(true)
}

// Loops of their own: a function for each row, or `from`, is several times slower, and these are much of the work beside the match.

function writeDistances({ unit, distance }: Matches, into: Values): void {
  for (let i = 0; i < into.length; i++) into[i] = unit[i] < 0 ? Number.NaN : distance[i]
}

function clusterWriter(clusters: Clusters): Column['write'] {
  const of = clusterNumbers(clusters)
  return ({ unit }, into) => {
    for (let i = 0; i < into.length; i++) into[i] = unit[i] < 0 ? -1 : of[unit[i]]
  }
}

function pValueWriter(pValue: (distance: number) => number): Column['write'] {
  return ({ unit, distance }, into) => {
    for (let i = 0; i < into.length; i++) into[i] = unit[i] < 0 ? Number.NaN : pValue(distance[i])
  }
}
