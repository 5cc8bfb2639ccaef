/** Whole lines of a stream, and how many bytes they take with their line ends. Null is a line too long to keep. */
export interface Lines {
  readonly lines: readonly (string | null)[]
  readonly bytes: number
}

/** A longer line is not a reading: it is reported and dropped, so that memory stays bounded. */
export const MOST_LINE_BYTES = 1_048_576

const NEWLINE = 10

/** Splits bytes into lines. Bytes after the last line end wait for more. */
export class LineCutter {
  private carry: Buffer = Buffer.alloc(0)
  /** Bytes of a line that is being dropped. */
  private dropped = 0

  add(chunk: Buffer): Lines {
    const end = chunk.lastIndexOf(NEWLINE) + 1
    if (end === 0) {
      this.keep(chunk)
      return { lines: [], bytes: 0 }
    }
    const first = chunk.indexOf(NEWLINE) + 1
    const long = this.dropped > 0 || this.carry.length + first > MOST_LINE_BYTES + 1
    const bytes = this.dropped + this.carry.length + end
    const text = (long ? chunk.subarray(first, end) : Buffer.concat([this.carry, chunk.subarray(0, end)])).toString()
    const lines: (string | null)[] = text === '' ? [] : text.slice(0, -1).split('\n')
    this.carry = Buffer.alloc(0)
    this.dropped = 0
    this.keep(chunk.subarray(end))
    return { lines: long ? [null, ...lines] : lines, bytes }
  }

  /** The last line, if the stream does not end with a line end. */
  rest(): Lines {
    const bytes = this.dropped + this.carry.length
    const line = this.dropped > 0 ? null : this.carry.toString()
    return bytes === 0 ? { lines: [], bytes } : { lines: [line], bytes }
  }

  private keep(part: Buffer): void {
    if (this.dropped > 0 || this.carry.length + part.length > MOST_LINE_BYTES) {
      this.dropped += this.carry.length + part.length
      this.carry = Buffer.alloc(0)
    } else this.carry = Buffer.concat([this.carry, part])
  }
}
