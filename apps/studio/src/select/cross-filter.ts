/** Puts 1 for each row that passes into an array of zeros. */
export type Mark = (passes: Uint8Array) => void

/** Rows whose state a filter has changed. */
export interface Change {
  readonly name: string
  readonly bit: number
  readonly rows: Uint32Array
}

/**
 * Which rows pass all filters, by a word of bits for each row: bit f is set where filter f fails. A filter is set again
 * in one pass over the rows, whatever the others are.
 */
export class CrossFilter {
  readonly failing: Uint32Array
  private readonly places = new Map<string, number>()
  private readonly changed: Uint32Array
  private readonly marked: Uint8Array
  /** How often filters have been set, and what the last time changed. */
  version = 0
  last: Change | null = null
  private passing: number

  constructor(rows: number) {
    this.failing = new Uint32Array(rows)
    this.changed = new Uint32Array(rows)
    this.marked = new Uint8Array(rows)
    this.passing = rows
  }

  /** Sets a filter by its name: `mark` puts 1 for each row that passes. Null takes the filter away. */
  set(name: string, mark: Mark | null): void {
    const bit = 1 << this.placeOf(name)
    const { failing, changed, marked } = this
    marked.fill(mark === null ? 1 : 0)
    mark?.(marked)
    let [many, passing] = [0, this.passing]
    for (let row = 0; row < failing.length; row++) {
      const before = failing[row]
      const after = marked[row] === 1 ? before & ~bit : before | bit
      if (before === after) continue
      if (before === 0) passing--
      else if (after === 0) passing++
      failing[row] = after
      changed[many++] = row
    }
    if (mark === null) this.places.delete(name)
    this.passing = passing
    this.version++
    this.last = { name, bit, rows: changed.subarray(0, many) }
  }

  /** The bit of a filter; 0 for one that is not set. */
  bitOf(name: string | null): number {
    const place = name === null ? undefined : this.places.get(name)
    return place === undefined ? 0 : 1 << place
  }

  /** The number of rows that pass. */
  count(): number {
    return this.passing
  }

  /** The rows that pass, in order. */
  rows(): Uint32Array {
    const found = new Uint32Array(this.passing)
    let at = 0
    for (let row = 0; row < this.failing.length; row++) if (this.failing[row] === 0) found[at++] = row
    return found
  }

  private placeOf(name: string): number {
    const known = this.places.get(name)
    if (known !== undefined) return known
    const taken = new Set(this.places.values())
    const free = Array.from({ length: MOST }, (_, place) => place).find((place) => !taken.has(place))
    if (free === undefined) throw new RangeError(`expected at most ${MOST} filters at once`)
    this.places.set(name, free)
    return free
  }
}

/** Bits of a word. */
export const MOST = 31
