/** An encoded Protocol Buffers message: fields in order. https://protobuf.dev/programming-guides/encoding */
export class Message {
  private readonly parts: Uint8Array[] = []

  /** An integer of at least 0. */
  integer(field: number, value: number | bigint): this {
    this.parts.push(varint((field << 3) | 0), varint(value))
    return this
  }

  bytes(field: number, value: Uint8Array): this {
    this.parts.push(varint((field << 3) | 2), varint(value.length), value)
    return this
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value))
  }

  message(field: number, value: Message): this {
    return this.bytes(field, value.encoded())
  }

  encoded(): Uint8Array {
    const bytes = new Uint8Array(this.parts.reduce((length, part) => length + part.length, 0))
    let at = 0
    for (const part of this.parts) {
      bytes.set(part, at)
      at += part.length
    }
    return bytes
  }
}

function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = []
  let left = BigInt.asUintN(64, BigInt(value))
  while (left > 127n) {
    bytes.push(Number(left & 127n) | 128)
    left >>= 7n
  }
  bytes.push(Number(left))
  return Uint8Array.from(bytes)
}
