/** Reads a given number of bytes from chunks of any size. */
export class ByteParts {
  private readonly parts: AsyncIterator<Uint8Array>
  private left: Uint8Array = new Uint8Array(0)

  constructor(source: AsyncIterable<Uint8Array>) {
    this.parts = source[Symbol.asyncIterator]()
  }

  /**
   * Reads this many bytes, fewer if the source ends, into `into` if that is large enough. Memory grows with the bytes
   * received, not with the number requested.
   */
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

  private async more(): Promise<boolean> {
    while (this.left.length === 0) {
      const next = await this.parts.next()
      if (next.done) return false
      this.left = next.value
    }
    return true
  }
}
