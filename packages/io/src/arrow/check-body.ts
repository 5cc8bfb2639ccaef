import type { ArrowBatch } from './message.ts'
import { NotArrow } from './not-arrow.ts'
import type { ArrowField } from './schema-field.ts'

/** The rows that columns without values (nulls) may always have, regardless of the batch size. */
const FREE_ROWS = 2 ** 16
/** Cells that take no bytes: how many per byte of the batch, and how many regardless of its size. */
const [EMPTY_RATIO, FREE_EMPTY] = [1000, 2 ** 24]
/**
 * Bytes of text that dictionary indices may expand to: per byte of batch and dictionary, and regardless of their size.
 */
const [TEXT_RATIO, FREE_TEXT] = [1000, 2 ** 26]

/** The texts of a dictionary: where each value ends. */
export interface DictionaryText {
  readonly bytes: number
  readonly lengths: Float64Array
}

/**
 * Checks that a batch's columns lie within its body: a node and the buffers for each field of the schema, as long as
 * its rows need, with ascending offsets. Allocates nothing and reads each value at most once. Returns the lengths of
 * the texts in the first column. Throws `NotArrow`.
 */
export function checkBody(
  fields: readonly ArrowField[],
  batch: ArrowBatch,
  body: Uint8Array,
  {
    isBefore5 = false,
    texts,
  }: { readonly isBefore5?: boolean; readonly texts?: ReadonlyMap<number, DictionaryText> } = {},
): DictionaryText {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const { nodes, buffers, rows } = batch
  let [node, buffer, views, empty, text] = [0, 0, 0, 0, 0]
  let first: DictionaryText = { bytes: body.length, lengths: new Float64Array(0) }

  const nextBuffer = (least: number): { from: number; bytes: number } => {
    if (2 * buffer >= buffers.length) throw new NotArrow('fewer buffers than its columns need')
    const [from, bytes] = [buffers[2 * buffer], buffers[2 * buffer + 1]]
    buffer++
    if (from < 0 || bytes < 0 || from + bytes > body.length) throw new NotArrow('a buffer outside its body')
    if (bytes < least) throw new NotArrow(`a buffer of ${bytes} bytes where its rows need ${least}`)
    return { from, bytes }
  }

  /** The last of the ascending offsets of a column, which must not be beyond `most`. */
  const checkOffsets = (from: number, length: number, bytes: 4 | 8, most: number): void => {
    let before = 0
    for (let i = 0; i <= length; i++) {
      const at = from + i * bytes
      const offset = bytes === 4 ? view.getInt32(at, true) : Number(view.getBigInt64(at, true))
      if (!(offset >= before && offset <= most)) throw new NotArrow('offsets that do not ascend within their values')
      before = offset
    }
  }

  const checkField = (field: ArrowField, least: number): void => {
    if (2 * node >= nodes.length) throw new NotArrow('fewer nodes than columns')
    const [length, nulls] = [nodes[2 * node], nodes[2 * node + 1]]
    const isFirst = node === 0
    node++
    if (length < least || nulls < -1 || nulls > length || length > 8 * body.length + FREE_ROWS)
      throw new NotArrow(`a column of ${length} rows with ${nulls} nulls in ${body.length} bytes`)
    const { dictionary, layout, children } = field
    const { kind } = layout
    if (kind === 'null' || (kind === 'fixed' && layout.bytes === 0) || (kind === 'struct' && children.length === 0)) {
      empty += length
      if (empty > EMPTY_RATIO * body.length + FREE_EMPTY) throw new NotArrow('more empty cells than a batch may have')
    }
    if (kind !== 'null' && (kind !== 'union' || isBefore5)) nextBuffer(nulls > 0 ? Math.ceil(length / 8) : 0)
    if (dictionary !== null) {
      const { from } = nextBuffer(length * dictionary.bytes)
      text += textOf(view, from, length, dictionary.bytes, texts?.get(dictionary.id))
      return
    }
    if (kind === 'bits') nextBuffer(Math.ceil(length / 8))
    else if (kind === 'fixed') nextBuffer(length * layout.bytes)
    else if (kind === 'views') checkViews(length)
    else if (kind === 'spans') {
      const { from, bytes } = nextBuffer(length === 0 ? 0 : (length + 1) * layout.bytes)
      const values = nextBuffer(0)
      if (bytes === 0) return
      checkOffsets(from, length, layout.bytes, values.bytes)
      if (isFirst) first = { bytes: body.length, lengths: lengthsOf(view, from, length, layout.bytes) }
    } else if (kind === 'list') {
      const { from, bytes } = nextBuffer(length === 0 ? 0 : (length + 1) * layout.bytes)
      const values = nodes[2 * node] ?? 0
      if (bytes > 0) checkOffsets(from, length, layout.bytes, values)
      checkField(children[0], 0)
    } else if (kind === 'fixed-list') checkField(children[0], length * layout.size)
    else if (kind === 'struct') for (const child of children) checkField(child, length)
    else if (kind === 'union') checkUnion(layout.isDense, children, length)
  }

  const checkUnion = (isDense: boolean, children: readonly ArrowField[], length: number): void => {
    const types = nextBuffer(length)
    for (let i = 0; i < length; i++)
      if (view.getUint8(types.from + i) >= 128) throw new NotArrow('a union with a type below 0')
    if (isDense) nextBuffer(4 * length)
    for (const child of children) checkField(child, isDense ? 0 : length)
  }

  /** Views may overlap, so their total length is bounded. */
  const checkViews = (length: number): void => {
    const { from } = nextBuffer(16 * length)
    for (let i = 0; i < length; i++) {
      const bytes = view.getInt32(from + 16 * i, true)
      if (bytes < 0) throw new NotArrow('a text of fewer than 0 bytes')
      text += bytes
    }
    const count = batch.viewBuffers[views++] ?? 0
    if (count < 0 || count > buffers.length) throw new NotArrow(`${count} buffers of views`)
    for (let i = 0; i < count; i++) nextBuffer(0)
  }

  if (rows < 0) throw new NotArrow(`a batch of ${rows} rows`)
  if (rows > 8 * body.length + FREE_ROWS) throw new NotArrow(`a batch of ${rows} rows in ${body.length} bytes`)
  for (const field of fields) {
    if (nodes[2 * node] !== rows) throw new NotArrow(`a column of ${nodes[2 * node]} rows in a batch of ${rows}`)
    checkField(field, rows)
  }
  if (2 * node !== nodes.length || 2 * buffer !== buffers.length)
    throw new NotArrow('more nodes or buffers than its columns need')
  const known = [...(texts?.values() ?? [])].reduce((sum, { bytes }) => sum + bytes, body.length)
  if (text > Math.max(FREE_TEXT, TEXT_RATIO * known))
    throw new NotArrow(`${known} bytes that stand for ${text} of text`)
  return first
}

const lengthsOf = (view: DataView, from: number, length: number, bytes: 4 | 8): Float64Array => {
  const at = (i: number): number =>
    bytes === 4 ? view.getInt32(from + 4 * i, true) : Number(view.getBigInt64(from + 8 * i, true))
  return Float64Array.from({ length }, (_, i) => at(i + 1) - at(i))
}

/** Bytes of the texts that dictionary indices refer to. */
function textOf(view: DataView, from: number, rows: number, bytes: number, known: DictionaryText | undefined): number {
  if (known === undefined || known.lengths.length === 0) return 0
  let sum = 0
  for (let i = 0; i < rows; i++) {
    const at = from + i * bytes
    const index = bytes === 1 ? view.getUint8(at) : bytes === 2 ? view.getUint16(at, true) : view.getUint32(at, true)
    // An index outside the dictionary or under a null refers to nothing.
    sum += known.lengths[index] ?? 0
  }
  return sum
}
