import type { FlatTable } from './flat-buffer.ts'
import { NotArrow } from './not-arrow.ts'

/** The layout of a column's values in the body of a batch. */
export type ArrowLayout =
  | { readonly kind: 'null' | 'bits' | 'views' | 'struct' }
  | { readonly kind: 'fixed'; readonly bytes: number }
  /** Offsets of `bytes` each, into bytes or into the rows of the child. */
  | { readonly kind: 'spans' | 'list'; readonly bytes: 4 | 8 }
  | { readonly kind: 'fixed-list'; readonly size: number }
  | { readonly kind: 'union'; readonly isDense: boolean }

/** A column of a schema, or a part of one. */
export interface ArrowField {
  readonly layout: ArrowLayout
  readonly children: readonly ArrowField[]
  /** The dictionary of the values, and the bytes of an index into it. */
  readonly dictionary: { readonly id: number; readonly bytes: number } | null
}

/** Nested columns. */
const MOST_DEEP = 32

/** Reads a field of a schema and its nested fields. Throws `NotArrow`. */
export function fieldOf(field: FlatTable, depth: number): ArrowField {
  if (depth > MOST_DEEP) throw new NotArrow(`columns nested more than ${MOST_DEEP} deep`)
  field.text(0)
  checkPairs(field, 6)
  const type = field.uint8(2)
  const read = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined
  const about = field.table(3)
  if (read === undefined || about === null) throw new NotArrow(`a column of type ${type}`)
  const { layout, children: wanted } = read(about)
  const children = field.tables(5).map((child) => fieldOf(child, depth + 1))
  if (wanted !== undefined && children.length !== wanted)
    throw new NotArrow(`a column with ${children.length} columns within, not ${wanted}`)
  return { layout, children, dictionary: dictionaryOf(field.table(4)) }
}

/** The first column of each dictionary, by the dictionary's id. */
export function dictionariesOf(fields: readonly ArrowField[]): Map<number, ArrowField> {
  const found = new Map<number, ArrowField>()
  const visit = (field: ArrowField): void => {
    if (field.dictionary !== null && !found.has(field.dictionary.id)) found.set(field.dictionary.id, field)
    field.children.forEach(visit)
  }
  fields.forEach(visit)
  return found
}

function dictionaryOf(encoding: FlatTable | null): ArrowField['dictionary'] {
  if (encoding === null) return null
  const index = encoding.table(1)
  return { id: encoding.int64(0), bytes: index === null ? 4 : bytesOf(index.int32(0)) }
}

/** Notes for people: read and ignored. */
export function checkPairs(table: FlatTable, field: number): void {
  for (const pair of table.tables(field)) {
    pair.text(0)
    pair.text(1)
  }
}

interface TypeRead {
  readonly layout: ArrowLayout
  /** The number of nested columns; undefined for any number. */
  readonly children?: number
}

const fixed = (bytes: number): TypeRead => ({ layout: { kind: 'fixed', bytes }, children: 0 })
const plain = (kind: 'null' | 'bits' | 'views'): TypeRead => ({ layout: { kind }, children: 0 })
const spans = (bytes: 4 | 8): TypeRead => ({ layout: { kind: 'spans', bytes }, children: 0 })
const list = (bytes: 4 | 8): TypeRead => ({ layout: { kind: 'list', bytes }, children: 1 })

function bytesOf(bits: number): number {
  if (![8, 16, 32, 64, 128, 256].includes(bits)) throw new NotArrow(`numbers of ${bits} bits`)
  return bits / 8
}

function pick(bytes: readonly number[], at: number): TypeRead {
  if (at < 0 || at >= bytes.length) throw new NotArrow(`a unit or precision of ${at}`)
  return fixed(bytes[at])
}

function sized(size: number): number {
  if (size < 0) throw new NotArrow(`values of ${size} bytes`)
  return size
}

/**
 * The layout of each type in Arrow's Schema.fbs, by its number there. No part of Som reads list views or run-end
 * encoding.
 */
const TYPES: Readonly<Record<number, (about: FlatTable) => TypeRead>> = {
  1: () => plain('null'),
  2: (int) => fixed(bytesOf(int.int32(0))),
  3: (float) => pick([2, 4, 8], float.int16(0)),
  4: () => spans(4),
  5: () => spans(4),
  6: () => plain('bits'),
  7: (decimal) => fixed(bytesOf(decimal.int32(2, 128))),
  8: (date) => pick([4, 8], date.int16(0, 1)),
  9: (time) => fixed(bytesOf(time.int32(1, 32))),
  10: (timestamp) => {
    timestamp.text(1)
    return fixed(8)
  },
  11: (interval) => pick([4, 8, 16], interval.int16(0)),
  12: () => list(4),
  13: () => ({ layout: { kind: 'struct' } }),
  14: (union) => {
    union.list(1, 4)
    return { layout: { kind: 'union', isDense: union.int16(0) === 1 } }
  },
  15: (binary) => fixed(sized(binary.int32(0))),
  16: (fixedList) => ({ layout: { kind: 'fixed-list', size: sized(fixedList.int32(0)) }, children: 1 }),
  17: () => list(4),
  18: () => fixed(8),
  19: () => spans(8),
  20: () => spans(8),
  21: () => list(8),
  23: () => plain('views'),
  24: () => plain('views'),
}
