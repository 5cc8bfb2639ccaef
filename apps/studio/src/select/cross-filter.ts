/**
 * Which rows pass all filters, by a word of bits for each row: bit f is set where filter f fails. A filter is set again
 * in one pass over the rows, whatever the others are.
 */
export class CrossFilter {
  readonly failing: Uint32Array
  private readonly places = new Map<string, number>()

  constructor(rows: number) {
    this.failing = new Uint32Array(rows)
  }

  /** Sets a filter by its name: rows for which `passes` is false fail. Null takes the filter away. */
  set(name: string, passes: ((row: number) => boolean) | null): void {
    const bit = 1 << this.placeOf(name)
    const { failing } = this
    if (passes === null) {
      for (let row = 0; row < failing.length; row++) failing[row] &= ~bit
      this.places.delete(name)
      return
    }
    for (let row = 0; row < failing.length; row++)
      if (passes(row)) failing[row] &= ~bit
      else failing[row] |= bit
  }

  /** The rows that pass all filters but one: what that one's own view shows. */
  without(name: string): Uint32Array {
    const place = this.places.get(name)
    if (place === undefined) return this.failing
    const rest = ~(1 << place)
    return this.failing.map((bits) => bits & rest)
  }

  /** Names of the filters that are set. */
  get names(): string[] {
    return [...this.places.keys()]
  }

  /** The number of rows that pass. */
  count(): number {
    let passing = 0
    for (let row = 0; row < this.failing.length; row++) if (this.failing[row] === 0) passing++
    return passing
  }

  /** The rows that pass, in order. */
  rows(): Uint32Array {
    const found = new Uint32Array(this.count())
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
