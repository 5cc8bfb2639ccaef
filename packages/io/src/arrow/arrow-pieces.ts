import { ByteParts } from './byte-parts.ts'
import { checkBody, type DictionaryText } from './check-body.ts'
import { schemaOfFooter } from './footer.ts'
import { type Inflated, inflate } from './inflate.ts'
import { type ArrowBatch, type ArrowMessage, MOST_HEADER_BYTES, readMessage } from './message.ts'
import { NotArrow } from './not-arrow.ts'
import { type ArrowField, dictionariesOf } from './schema-field.ts'

/** The limits of an Arrow file or stream. */
export interface ArrowRules {
  /** Bytes of the body of a message, and of all dictionaries together. */
  readonly mostBytes: number
  /** Whether to decompress values; otherwise compressed values are refused. */
  readonly isInflated: boolean
}

/** Dictionary messages between two batches, besides the first of each dictionary. */
const MOST_CHANGES = 1000
/** Additions to dictionaries in a whole stream: each costs a reader as much as all earlier ones. */
const MOST_ADDITIONS = 10_000
const MARK = -1
const MAGIC = new TextEncoder().encode('ARROW1\0\0')

/**
 * The bytes of an Arrow IPC file or stream, made safe for a reader that trusts them: every length is checked against
 * the actual bytes, so that no message costs more than its size justifies. A file yields the stream inside it, split
 * where a reader splits it. Batch bodies reuse memory: each is valid until the next is requested. Throws `NotArrow`.
 * https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc
 */
export async function* arrowPieces(source: AsyncIterable<Uint8Array>, rules: ArrowRules): AsyncGenerator<Uint8Array> {
  let bytes = new ByteParts(source)
  const stream = new StreamCheck(rules)
  let room = new Uint8Array(0)
  let [isStart, isFile] = [true, false]
  for (;;) {
    let prefix = await bytes.take(8, new Uint8Array(8))
    isFile ||= isStart && MAGIC.every((byte, i) => byte === prefix[i])
    if (isFile && isStart) prefix = await bytes.take(8, new Uint8Array(8))
    isStart = false
    if (prefix.length === 0) return
    const { length, begun } = headerLength(prefix)
    if (length === 0) {
      yield prefix
      return
    }
    const head = await bytes.take(length - begun.length)
    const whole = begun.length === 0 ? head : joined(begun, head)
    if (whole.length < length) throw new NotArrow('the end within a message')
    const message = readMessage(whole)
    if (isFile && !stream.hasSchema && message.kind !== 'schema') {
      // Some writers put the schema of a file only at its end.
      const rest = await bytes.take(rules.mostBytes)
      const schema = schemaOfFooter(rest)
      stream.start(readMessage(schema))
      yield* marked(schema)
      bytes = new ByteParts(only(rest))
    }
    stream.start(message)
    const isPacked = message.kind !== 'schema' && message.batch.compression !== null
    const mark = begun.length === 0 ? prefix : prefix.subarray(0, 4)
    if (isPacked) {
      const unpacked = await stream.unpack(message, whole, await bodyOf(bytes, message))
      yield mark
      yield unpacked.head
      yield unpacked.body
      continue
    }
    // The reader may request these while it still reads the batch before, whose memory must not be overwritten yet.
    yield mark
    yield whole
    const isBatch = message.kind === 'batch'
    const body = await bodyOf(bytes, message, isBatch ? room : undefined)
    if (isBatch) room = new Uint8Array(body.buffer)
    if (message.kind !== 'schema') stream.check(message, message.batch, body)
    if (body.length > 0) yield body
  }
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function* marked(head: Uint8Array): Generator<Uint8Array> {
  const prefix = new Uint8Array(8)
  new DataView(prefix.buffer).setInt32(0, MARK, true)
  new DataView(prefix.buffer).setInt32(4, head.length, true)
  yield prefix
  yield head
}

async function bodyOf(
  bytes: ByteParts,
  { bodyLength }: ArrowMessage,
  room?: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const body = await bytes.take(bodyLength, room)
  if (body.length < bodyLength) throw new NotArrow('the end within a batch')
  return body
}

/** The length of a header. Before version 0.15 there is no marker before it, so the length is in `begun`. */
function headerLength(prefix: Uint8Array): { length: number; begun: Uint8Array } {
  if (prefix.length < 4) throw new NotArrow('other contents')
  const view = new DataView(prefix.buffer, prefix.byteOffset)
  const first = view.getInt32(0, true)
  const isMarked = first === MARK
  if (isMarked && prefix.length < 8) throw new NotArrow('the end within a message')
  const length = isMarked ? view.getInt32(4, true) : first
  if (length < 0 || length > MOST_HEADER_BYTES || (length > 0 && length < 8))
    throw new NotArrow(`other contents, or a header of ${length} bytes`)
  return { length, begun: isMarked || length === 0 ? prefix.subarray(0, 0) : prefix.slice(4) }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all
}

type ValuesMessage = Extract<ArrowMessage, { kind: 'batch' | 'dictionary' }>

/** What is known of a stream so far: its schema and its dictionaries. */
class StreamCheck {
  private readonly rules: ArrowRules
  private fields: readonly ArrowField[] | null = null
  private dictionaries: ReadonlyMap<number, ArrowField> = new Map()
  private readonly texts = new Map<number, DictionaryText>()
  private changes = 0
  private additions = 0

  constructor(rules: ArrowRules) {
    this.rules = rules
  }

  get hasSchema(): boolean {
    return this.fields !== null
  }

  /** Checks a message's header before its body is read. */
  start(message: ArrowMessage): void {
    const { kind, bodyLength } = message
    if ((kind === 'schema') === (this.fields !== null))
      throw new NotArrow(kind === 'schema' ? 'a second schema' : 'values before a schema')
    if (kind === 'schema') {
      if (bodyLength > 0) throw new NotArrow('a schema with a body')
      this.fields = message.fields
      this.dictionaries = dictionariesOf(message.fields)
      return
    }
    if (kind === 'batch') this.changes = 0
    else if (++this.changes > MOST_CHANGES + this.dictionaries.size)
      throw new NotArrow('too many changes of dictionaries')
    if (kind === 'dictionary' && message.isDelta && ++this.additions > MOST_ADDITIONS)
      throw new NotArrow('too many additions to dictionaries')
    const kept = kind === 'dictionary' ? [...this.texts.values()].reduce((sum, { bytes }) => sum + bytes, 0) : 0
    if (kept + bodyLength > this.rules.mostBytes)
      throw new NotArrow(`more than ${this.rules.mostBytes} bytes in a batch or in dictionaries`)
    if (message.batch.compression !== null && !this.rules.isInflated)
      throw new NotArrow('compressed values; send them without compression')
  }

  async unpack(message: ValuesMessage, head: Uint8Array, body: Uint8Array): Promise<Inflated> {
    const unpacked = await inflate(head, message.bodyLengthAt, body, message.batch)
    this.check(message, unpacked.batch, unpacked.body)
    return unpacked
  }

  /** Checks the values of a message. */
  check(message: ValuesMessage, batch: ArrowBatch, body: Uint8Array): void {
    const rules = { isBefore5: message.isBefore5, texts: this.texts }
    if (message.kind === 'batch') checkBody(this.fields ?? [], batch, body, rules)
    else this.keep(message, (field) => checkBody([field], batch, body, rules))
  }

  private keep(
    { id, isDelta }: Extract<ArrowMessage, { kind: 'dictionary' }>,
    check: (field: ArrowField) => DictionaryText,
  ): void {
    const field = this.dictionaries.get(id)
    if (field === undefined) throw new NotArrow(`a dictionary ${id} that no column has`)
    const text = check({ ...field, dictionary: null })
    const before = isDelta ? this.texts.get(id) : undefined
    if (before === undefined) {
      this.texts.set(id, text)
      return
    }
    const lengths = new Float64Array(before.lengths.length + text.lengths.length)
    lengths.set(before.lengths)
    lengths.set(text.lengths, before.lengths.length)
    this.texts.set(id, { bytes: before.bytes + text.bytes, lengths })
  }
}
