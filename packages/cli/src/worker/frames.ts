/** The version of the protocol: see `docs/design/worker.md`. */
export const PROTOCOL = 1

const MARK = 'SOMW'
const HEAD = 24
/** Bytes of the text of a frame, at most: a frame that claims more is another kind of stream. */
const MOST_TEXT = 2 ** 26

/** A message: some JSON, and bytes that belong to it. */
export interface Frame {
  readonly head: Readonly<Record<string, unknown>>
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Why a stream cannot be read, in one sentence for the user. */
export class NotFrames extends Error {}

/** A frame as it crosses: mark, version, length of the JSON, 0, length of the bytes; then both. */
export function encodeFrame(head: object, bytes: Uint8Array = new Uint8Array(0)): Uint8Array[] {
  const text = new TextEncoder().encode(JSON.stringify(head))
  const first = new Uint8Array(HEAD)
  first.set(new TextEncoder().encode(MARK))
  const view = new DataView(first.buffer)
  view.setUint32(4, PROTOCOL, true)
  view.setUint32(8, text.length, true)
  view.setBigUint64(16, BigInt(bytes.length), true)
  return [first, text, bytes]
}

/** Reads frames, and what follows them, from a stream of bytes. */
export class FrameReader {
  private readonly source: AsyncIterator<Uint8Array>
  private left: Uint8Array = new Uint8Array(0)

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]()
  }

  /** The next frame; null at the end. Throws `NotFrames`. */
  async next(): Promise<Frame | null> {
    const first = await this.take(HEAD)
    if (first.length === 0) return null
    if (!new TextDecoder().decode(first).startsWith(MARK)) throw new NotFrames('expected a frame, found other bytes')
    if (first.length < HEAD) throw new NotFrames('the stream ended within a frame')
    const view = new DataView(first.buffer)
    const version = view.getUint32(4, true)
    if (version !== PROTOCOL) {
      throw new NotFrames(
        `expected version ${PROTOCOL} of the protocol, found ${version}; install the same release of Som on both sides`,
      )
    }
    const length = view.getUint32(8, true)
    if (length > MOST_TEXT) throw new NotFrames(`a frame whose JSON has ${length} bytes`)
    const text = await this.whole(length)
    const bytes = await this.whole(Number(view.getBigUint64(16, true)))
    return { head: headOf(new TextDecoder().decode(text)), bytes }
  }

  /** Everything that follows. */
  async *rest(): AsyncGenerator<Uint8Array> {
    if (this.left.length > 0) yield this.left
    this.left = new Uint8Array(0)
    for (;;) {
      const next = await this.source.next()
      if (next.done) return
      yield next.value
    }
  }

  private async whole(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await this.take(length)
    if (bytes.length < length) throw new NotFrames('the stream ended within a frame')
    return bytes
  }

  /** So many bytes, or fewer at the end. Grows with what arrives and not with what was announced. */
  private async take(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const parts: Uint8Array[] = [this.left]
    let have = this.left.length
    while (have < length) {
      const next = await this.source.next()
      if (next.done) break
      parts.push(next.value)
      have += next.value.length
    }
    const taken = new Uint8Array(Math.min(length, have))
    let at = 0
    for (const part of parts) {
      const used = Math.min(part.length, taken.length - at)
      taken.set(part.subarray(0, used), at)
      at += used
      this.left = part.subarray(used)
    }
    return taken
  }
}

function headOf(text: string): Frame['head'] {
  try {
    const head: unknown = JSON.parse(text)
    if (typeof head === 'object' && head !== null && !Array.isArray(head)) return head as Frame['head']
  } catch {
    // Said below.
  }
  throw new NotFrames('expected a frame with a JSON object, found other text')
}
