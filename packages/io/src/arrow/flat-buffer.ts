import { NotArrow } from './not-arrow.ts'

/** A list in a flatbuffer: where its entries begin, and how many there are. All entries lie within the bytes. */
export interface FlatList {
  readonly at: number
  readonly count: number
}

/**
 * Reads an untrusted flatbuffer: every offset and length is checked against the bytes before use. Throws `NotArrow`.
 * Many lists may refer to one table, so a few bytes could describe an endless tree: a walk takes at most one step per
 * byte. https://flatbuffers.dev/internals/
 */
export class FlatBuffer {
  /** Tables, list entries and strings visited. */
  steps = 0
  private readonly bytes: Uint8Array
  private readonly view: DataView

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  root(): FlatTable {
    return this.tableAt(0)
  }

  /** The table that the offset at `at` points to. */
  tableAt(at: number): FlatTable {
    this.step(1)
    const start = this.follow(at)
    this.within(start, 4)
    const vtable = start - this.view.getInt32(start, true)
    this.within(vtable, 4)
    const vtableBytes = this.view.getUint16(vtable, true)
    const tableBytes = this.view.getUint16(vtable + 2, true)
    this.within(vtable, vtableBytes)
    this.within(start, tableBytes)
    if (vtableBytes < 4 || vtableBytes % 2 !== 0 || tableBytes < 4) throw new NotArrow('a header that is damaged')
    return new FlatTable(this, start, tableBytes, vtable, vtableBytes)
  }

  /** The list that the offset at `at` points to, with entries of `size` bytes. */
  listAt(at: number, size: number): FlatList {
    const start = this.follow(at)
    this.within(start, 4)
    const count = this.view.getUint32(start, true)
    if (count * size > this.bytes.length - start - 4)
      throw new NotArrow(`a list of ${count} entries in a header of ${this.bytes.length} bytes`)
    this.step(count)
    return { at: start + 4, count }
  }

  textAt(at: number): string {
    const start = this.follow(at)
    this.within(start, 4)
    const length = this.view.getUint32(start, true)
    this.within(start + 4, length)
    this.step(1 + length)
    return new TextDecoder().decode(this.bytes.subarray(start + 4, start + 4 + length))
  }

  uint8(at: number): number {
    return this.view.getUint8(at)
  }

  int16(at: number): number {
    return this.view.getInt16(at, true)
  }

  uint16(at: number): number {
    return this.view.getUint16(at, true)
  }

  int32(at: number): number {
    return this.view.getInt32(at, true)
  }

  /** A 64-bit integer that is a length, an offset or an id. */
  int64(at: number): number {
    const value = Number(this.view.getBigInt64(at, true))
    if (!Number.isSafeInteger(value)) throw new NotArrow(`a length of ${value}`)
    return value
  }

  private follow(at: number): number {
    this.within(at, 4)
    return at + this.view.getUint32(at, true)
  }

  private within(at: number, size: number): void {
    if (at < 0 || at + size > this.bytes.length) throw new NotArrow('a header that points outside itself')
  }

  private step(count: number): void {
    this.steps += count
    if (this.steps > this.bytes.length) throw new NotArrow('a header that repeats itself')
  }
}

/** A table of a flatbuffer; its fields are identified by their positions in the schema. */
export class FlatTable {
  readonly flat: FlatBuffer
  readonly start: number
  private readonly bytes: number
  private readonly vtable: number
  private readonly vtableBytes: number

  constructor(flat: FlatBuffer, start: number, bytes: number, vtable: number, vtableBytes: number) {
    this.flat = flat
    this.start = start
    this.bytes = bytes
    this.vtable = vtable
    this.vtableBytes = vtableBytes
  }

  uint8(field: number, usual = 0): number {
    const at = this.place(field, 1)
    return at === null ? usual : this.flat.uint8(at)
  }

  int16(field: number, usual = 0): number {
    const at = this.place(field, 2)
    return at === null ? usual : this.flat.int16(at)
  }

  int32(field: number, usual = 0): number {
    const at = this.place(field, 4)
    return at === null ? usual : this.flat.int32(at)
  }

  int64(field: number): number {
    const at = this.place(field, 8)
    return at === null ? 0 : this.flat.int64(at)
  }

  text(field: number): string | null {
    const at = this.place(field, 4)
    return at === null ? null : this.flat.textAt(at)
  }

  table(field: number): FlatTable | null {
    const at = this.place(field, 4)
    return at === null ? null : this.flat.tableAt(at)
  }

  /** A list of structs or numbers of `size` bytes each; an absent one is empty. */
  list(field: number, size: number): FlatList {
    const at = this.place(field, 4)
    return at === null ? { at: 0, count: 0 } : this.flat.listAt(at, size)
  }

  tables(field: number): FlatTable[] {
    const { at, count } = this.list(field, 4)
    return Array.from({ length: count }, (_, i) => this.flat.tableAt(at + 4 * i))
  }

  /** Where a field of `size` bytes is; null if the table lacks it. */
  place(field: number, size: number): number | null {
    const slot = 4 + 2 * field
    if (slot + 2 > this.vtableBytes) return null
    const offset = this.flat.uint16(this.vtable + slot)
    if (offset === 0) return null
    if (offset < 4 || offset + size > this.bytes) throw new NotArrow('a header that is damaged')
    return this.start + offset
  }
}
