import { trimCell } from '@som/core'
import {
  type Decimals,
  type DecimalsKnown,
  decimalsOf,
  NOTHING_PROVEN,
  type Proven,
  provenBy,
  UNSURE,
} from './cell-number.ts'

/** What is known about the marks of a stream after some lines. Plain data. */
export interface LineDecimalsState {
  /** What the lines so far prove about points and commas. */
  readonly proven: Proven
  /** The first number that was read although its mark may separate thousands, by its mark. */
  readonly assumed: { readonly point?: Assumed; readonly comma?: Assumed }
}

interface Assumed {
  readonly line: number
  readonly cell: string
}

const NOTHING: LineDecimalsState = { proven: NOTHING_PROVEN, assumed: {} }

/**
 * What points and commas are in lines that come one by one: by the lines so far, the current one among them. A line
 * that shows that an earlier number was read in the wrong way is reported, since a table in a file would not have had
 * that number.
 */
export class LineDecimals {
  private readonly delimiter: string
  private readonly known: DecimalsKnown
  private readonly place: string
  private state: LineDecimalsState
  /** What marks are now. */
  decimals: Decimals

  /** `place` is what lines are called in messages. */
  constructor(delimiter: string, known: DecimalsKnown = {}, state: LineDecimalsState = NOTHING, place = 'of line') {
    this.place = place
    this.delimiter = delimiter
    this.known = known
    this.state = state
    this.decimals = decimalsOf(delimiter, state.proven, known)
  }

  snapshot(): LineDecimalsState {
    return this.state
  }

  /** Whether a line without commas and points, or without one of them, can show nothing new. */
  isSettled(hasPoint: boolean, hasComma: boolean): boolean {
    const { proven } = this.state
    return (!hasPoint || proven.point) && (!hasComma || proven.comma)
  }

  /**
   * Takes the cells of the next line; `read` gives those of them that are read as numbers. Returns what is wrong with
   * the line, or nothing.
   */
  take(line: number, cells: Iterable<unknown>, read: () => Iterable<unknown> = () => cells): string {
    const proven = provenBy(cells, this.state.proven)
    if (proven !== this.state.proven) {
      const before = this.state.assumed
      this.state = { ...this.state, proven }
      this.decimals = decimalsOf(this.delimiter, proven, this.known)
      for (const mark of ['point', 'comma'] as const) {
        const assumed = before[mark]
        if (assumed === undefined || this.decimals[mark] === 'decimal') continue
        const { [mark]: _, ...others } = before
        this.state = { ...this.state, assumed: others }
        const other = mark === 'point' ? 'comma' : 'point'
        return `expected decimal ${mark}s, as in ${JSON.stringify(assumed.cell)} ${this.place} ${assumed.line}, found a decimal ${other}; one of them separates thousands`
      }
    }
    this.assume(line, read)
    return ''
  }

  private assume(line: number, read: () => Iterable<unknown>): void {
    const { proven, assumed } = this.state
    for (const mark of ['point', 'comma'] as const) {
      // Nothing changes for a mark that is proven, or that its user has said is decimal.
      if (assumed[mark] || proven[mark] || this.decimals[mark] !== 'decimal' || this.known.said !== undefined) continue
      for (const given of read()) {
        if (typeof given !== 'string' || !UNSURE[mark].test(trimCell(given))) continue
        this.state = { ...this.state, assumed: { ...this.state.assumed, [mark]: { line, cell: trimCell(given) } } }
        break
      }
    }
  }
}
