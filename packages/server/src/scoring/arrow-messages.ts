type Arrow = typeof import('apache-arrow')

/** Bytes of a message before what is said of it: a mark, and the length of that. https://arrow.apache.org/docs/format/Columnar.html#encapsulated-message-format */
const PREFIX = 8
const MARK = -1

/**
 * The bytes of an Arrow IPC stream cut where their reader cuts them, so that it joins none. The body of a batch lies where the one before it lay: it is good until the next
 * is asked for. New memory for each costs more than what is done with it, most of it in collections. What is no such stream goes on as it comes, for its reader to refuse.
 */
export async function* messagePieces(
  { Message }: Pick<Arrow, 'Message'>,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const bytes = new Pieces(source)
  let body = new Uint8Array(0)
  for (;;) {
    const prefix = await bytes.take(PREFIX, new Uint8Array(PREFIX))
    yield prefix
    const said = prefix.length < PREFIX ? 0 : saidBytes(prefix)
    if (said <= 0) break
    const head = await bytes.take(said)
    const message = head.length < said ? null : decoded(Message, head)
    yield head
    if (message === null || !Number.isSafeInteger(message.bodyLength)) break
    if (message.bodyLength <= 0) continue
    // Dictionaries stay.
    const found = await bytes.take(message.bodyLength, message.isRecordBatch() ? body : undefined)
    if (message.isRecordBatch()) body = new Uint8Array(found.buffer)
    yield found
  }
  yield* bytes.rest()
}

/** The length of what is said of a message; 0 where there is none. */
function saidBytes(prefix: Uint8Array): number {
  const view = new DataView(prefix.buffer, prefix.byteOffset)
  return view.getInt32(0, true) === MARK ? view.getInt32(4, true) : 0
}

function decoded(Message: Arrow['Message'], head: Uint8Array): InstanceType<Arrow['Message']> | null {
  try {
    return Message.decode(head)
  } catch {
    return null
  }
}

/** Takes as many bytes as are asked for from parts of whatever size. */
class Pieces {
  private readonly parts: AsyncIterator<Uint8Array>
  private left: Uint8Array = new Uint8Array(0)

  constructor(source: AsyncIterable<Uint8Array>) {
    this.parts = source[Symbol.asyncIterator]()
  }

  /** So many bytes, fewer where the source ends, in `into` where that is large enough. No more is taken than has come, whatever is asked for. */
  async take(bytes: number, into: Uint8Array<ArrayBuffer> = new Uint8Array(0)): Promise<Uint8Array<ArrayBuffer>> {
    let [all, at] = [into, 0]
    while (at < bytes && (await this.more())) {
      const part = this.left.subarray(0, bytes - at)
      if (all.length < at + part.length) {
        const larger = new Uint8Array(Math.min(bytes, Math.max(2 * all.length, at + part.length)))
        larger.set(all.subarray(0, at))
        all = larger
      }
      all.set(part, at)
      at += part.length
      this.left = this.left.subarray(part.length)
    }
    return all.subarray(0, at)
  }

  async *rest(): AsyncGenerator<Uint8Array> {
    while (await this.more()) {
      yield this.left
      this.left = new Uint8Array(0)
    }
  }

  private async more(): Promise<boolean> {
    while (this.left.length === 0) {
      const next = await this.parts.next()
      if (next.done) return false
      this.left = next.value
    }
    return true
  }
}
