import { FlatBuffer, type FlatList, type FlatTable } from './flat-buffer.ts'
import { NotArrow } from './not-arrow.ts'
import { type ArrowField, checkPairs, fieldOf } from './schema-field.ts'

/** The header of an Arrow IPC message, checked to lie within its own bytes. */
export type ArrowMessage = (
  | { readonly kind: 'schema'; readonly fields: readonly ArrowField[] }
  | { readonly kind: 'batch'; readonly batch: ArrowBatch }
  | { readonly kind: 'dictionary'; readonly id: number; readonly isDelta: boolean; readonly batch: ArrowBatch }
) & {
  readonly bodyLength: number
  /** Where the header has the length of the body; null if it does not. */
  readonly bodyLengthAt: number | null
  /** Before version 5, unions have a buffer of validity. */
  readonly isBefore5: boolean
  /** Steps of the walk: at most one per byte. */
  readonly steps: number
}

/** The columns of a batch: lengths and positions, not yet checked against its body. */
export interface ArrowBatch {
  readonly rows: number
  /** Length and nulls of each node, one after the other. */
  readonly nodes: Float64Array
  /** Offset and length of each buffer in the body, one after the other. */
  readonly buffers: Float64Array
  /** Where the header lists the buffers. */
  readonly buffersAt: number
  readonly compression: 'lz4' | 'zstd' | null
  /** Buffers of each column of views. */
  readonly viewBuffers: Float64Array
}

/** Bytes of the header of a message: a few MB describe tens of thousands of columns. */
export const MOST_HEADER_BYTES: number = 2 ** 22

const [SCHEMA, DICTIONARY, BATCH] = [1, 2, 3]

/**
 * Reads the header of a message. Throws `NotArrow`.
 * https://arrow.apache.org/docs/format/Columnar.html#encapsulated-message-format
 */
export function readMessage(bytes: Uint8Array): ArrowMessage {
  const flat = new FlatBuffer(bytes)
  const message = flat.root()
  const bodyLength = message.int64(3)
  if (bodyLength < 0) throw new NotArrow(`a body of ${bodyLength} bytes`)
  checkPairs(message, 4)
  const header = message.table(2)
  if (header === null) throw new NotArrow('a message without a header')
  const rest = () => ({
    bodyLength,
    bodyLengthAt: message.place(3, 8),
    isBefore5: message.int16(0) < 4,
    steps: flat.steps,
  })
  const type = message.uint8(1)
  if (type === SCHEMA) {
    const fields = fieldsOf(header)
    return { kind: 'schema', fields, ...rest() }
  }
  if (type === BATCH) {
    const batch = batchOf(header)
    return { kind: 'batch', batch, ...rest() }
  }
  if (type !== DICTIONARY) throw new NotArrow(`a message of type ${type}`)
  const data = header.table(1)
  if (data === null) throw new NotArrow('a dictionary without values')
  return { kind: 'dictionary', id: header.int64(0), isDelta: header.uint8(2) !== 0, batch: batchOf(data), ...rest() }
}

function fieldsOf(schema: FlatTable): ArrowField[] {
  if (schema.int16(0) !== 0) throw new NotArrow('numbers in big-endian order')
  const fields = schema.tables(1).map((field) => fieldOf(field, 1))
  checkPairs(schema, 2)
  schema.list(3, 8)
  return fields
}

function batchOf(table: FlatTable): ArrowBatch {
  const { flat } = table
  const compression = table.table(3)
  const codec = compression?.uint8(0)
  if (codec !== undefined && codec > 1) throw new NotArrow(`a compression of type ${codec}`)
  const buffers = table.list(2, 16)
  return {
    rows: table.int64(0),
    nodes: pairsOf(flat, table.list(1, 16)),
    buffers: pairsOf(flat, buffers),
    buffersAt: buffers.at,
    compression: codec === undefined ? null : codec === 0 ? 'lz4' : 'zstd',
    viewBuffers: numbersOf(flat, table.list(4, 8)),
  }
}

const pairsOf = (flat: FlatBuffer, { at, count }: FlatList): Float64Array => numbersOf(flat, { at, count: 2 * count })

const numbersOf = (flat: FlatBuffer, { at, count }: FlatList): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => flat.int64(at + 8 * i))
