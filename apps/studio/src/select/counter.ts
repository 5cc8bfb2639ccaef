import type { CrossFilter } from './cross-filter.ts'

/**
 * How many of the rows that pass lie in each bin, whatever one filter says: the one that the view of these bins sets
 * itself. Where a single filter has changed since, only the rows that it changed are counted again.
 */
export class Counter {
  private readonly filter: CrossFilter
  private readonly bins: ArrayLike<number>
  private readonly own: string | null
  private readonly found: Uint32Array
  private version = -1

  /** `bins` has the bin of each row, -1 for none. */
  constructor(filter: CrossFilter, bins: ArrayLike<number>, count: number, own: string | null) {
    this.filter = filter
    this.bins = bins
    this.own = own
    this.found = new Uint32Array(count)
  }

  /** A number for each bin; the array is the same each time. */
  counts(): Uint32Array {
    const { filter, version } = this
    if (version !== filter.version) {
      if (version === filter.version - 1 && version >= 0) this.correct()
      else this.countAll()
      this.version = filter.version
    }
    return this.found
  }

  private correct(): void {
    const { filter, bins, own, found } = this
    const { last, failing } = filter
    if (last === null || last.name === own) return
    const { bit, rows } = last
    const others = ~(bit | filter.bitOf(own))
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]
      const bin = bins[row]
      if (bin < 0 || (failing[row] & others) !== 0) continue
      if ((failing[row] & bit) === 0) found[bin]++
      else found[bin]--
    }
  }

  private countAll(): void {
    const { filter, bins, own, found } = this
    const { failing } = filter
    const others = ~filter.bitOf(own)
    found.fill(0)
    for (let row = 0; row < failing.length; row++)
      if ((failing[row] & others) === 0 && bins[row] >= 0) found[bins[row]]++
  }
}
