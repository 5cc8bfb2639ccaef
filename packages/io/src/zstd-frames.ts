/** What a frame's header says. https://github.com/facebook/zstd/blob/dev/doc/zstd_compression_format.md */
export interface ZstdHeader {
  /** Bytes of the header, the magic number included. */
  readonly length: number
  /** Bytes that must be at hand to decompress the frame. */
  readonly window: number
  readonly hasChecksum: boolean
}

/** Bytes of a header whose first five are given. */
export function zstdHeaderLength(bytes: Uint8Array): number {
  const flags = bytes[4]
  const isSingle = (flags >> 5) & 1
  return 6 - isSingle + [0, 1, 2, 4][flags & 3] + [isSingle, 2, 4, 8][flags >> 6]
}

/** Reads a header, which must be there as a whole. */
export function zstdHeader(bytes: Uint8Array): ZstdHeader {
  const flags = bytes[4]
  const length = zstdHeaderLength(bytes)
  const hasChecksum = ((flags >> 2) & 1) === 1
  if (((flags >> 5) & 1) === 0) {
    const base = 2 ** (10 + (bytes[5] >> 3))
    return { length, window: base + (base / 8) * (bytes[5] & 7), hasChecksum }
  }
  // A frame of a single segment is its own window, and says its size.
  const sizeBytes = [1, 2, 4, 8][flags >> 6]
  let window = sizeBytes === 2 ? 256 : 0
  for (let i = 0; i < sizeBytes; i++) window += bytes[length - sizeBytes + i] * 256 ** i
  return { length, window, hasChecksum }
}

/** The largest window: as the `zstd` program takes without `--long`. A library reserves what the header asks for. */
const MOST_WINDOW = 2 ** 27
const FRAME = 0xfd2fb528
const SKIPPABLE = 0x184d2a50

/** Follows the frames of a zstd stream, and throws where one asks for more memory than it may. */
export class ZstdFrames {
  /** The header of a frame or of a block, as far as it has come. */
  readonly #head = new Uint8Array(18)
  readonly #view = new DataView(this.#head.buffer)
  #length = 0
  #skip = 0
  #isWithin = false
  #hasChecksum = false

  /** Call it with each piece before it is decompressed. */
  check(piece: Uint8Array): void {
    for (let at = 0; at < piece.length; ) {
      const skipped = Math.min(this.#skip, piece.length - at)
      this.#skip -= skipped
      at += skipped
      if (at >= piece.length) return
      this.#head[this.#length++] = piece[at++]
      if (this.#isWithin) this.#readBlock()
      else this.#readFrame()
    }
  }

  #readBlock(): void {
    if (this.#length < 3) return
    const head = this.#view.getUint32(0, true) & 0xffffff
    // A block of type 1 is one byte, repeated.
    this.#skipOver(((head >> 1) & 3) === 1 ? 1 : head >> 3)
    if ((head & 1) === 0) return
    this.#isWithin = false
    this.#skip += this.#hasChecksum ? 4 : 0
  }

  #readFrame(): void {
    if (this.#length < 5) return
    const magic = this.#view.getUint32(0, true)
    if ((magic & 0xfffffff0) === SKIPPABLE) {
      if (this.#length === 8) this.#skipOver(this.#view.getUint32(4, true))
    } else if (magic !== FRAME)
      this.#skipOver(Number.POSITIVE_INFINITY) // Refused where it is decompressed.
    else if (this.#length === zstdHeaderLength(this.#head)) {
      const { window, hasChecksum } = zstdHeader(this.#head)
      if (window > MOST_WINDOW)
        throw new Error(`a window of ${window} bytes, more than ${MOST_WINDOW}; compress it without --long`)
      this.#hasChecksum = hasChecksum
      this.#isWithin = true
      this.#skipOver(0)
    }
  }

  #skipOver(bytes: number): void {
    this.#skip = bytes
    this.#length = 0
    this.#head.fill(0)
  }
}
