/** Where the sums stand. Plain data: it goes into the state of a stream. */
export interface DriftState {
  readonly farther: Side
  readonly nearer: Side
}

interface Side {
  readonly sum: number
  /** The row after which the sum was last 0. */
  readonly since: number
  readonly drifting: boolean
}

/** The stream as a whole has moved, or has come back. */
export interface DriftEvent {
  readonly kind: 'drift'
  readonly state: 'begins' | 'ends'
  /** Whether rows lie farther from the map than normal ones, or nearer. */
  readonly side: 'farther' | 'nearer'
  /** For how many rows it has shown: this row and those before it. */
  readonly rows: number
}

/** What p-values may be off by before it counts: they are uniform only as far as the held-out rows tell. */
const SLACK = 0.05
/** A sum that rows drawn from the held-out ones reach once in e^30 rows at this slack; 56 rows of the smallest p-values reach it. */
const LEAST_LIMIT = 25

/** How the sums are made: slack a row, and what says that there is drift. */
export interface DriftRule {
  readonly slack: number
  readonly limit: { readonly farther: number; readonly nearer: number }
}

/** The rule for a calibration of so many rows; readings that hang together reach larger sums, so that twice the largest of calibration is the least limit. */
export function driftRule(rows: number, largest: { readonly farther: number; readonly nearer: number }): DriftRule {
  const limit = (found: number): number => Math.max(LEAST_LIMIT, 2 * found)
  return {
    slack: SLACK + 0.6 / Math.sqrt(rows),
    limit: { farther: limit(largest.farther), nearer: limit(largest.nearer) },
  }
}

/**
 * Tells drift from anomalies: p-values of normal rows are uniform, so that their mean stays at a half. Two sums, of 1/2 - p and of p - 1/2, each less a slack and never below 0
 * (E. S. Page, Continuous inspection schemes, Biometrika 41, 1954), grow only while the body of the rows has moved. A single row adds at most a half, however far it is: a few
 * anomalies are no drift, a lasting change is.
 */
export class Drift {
  private readonly rule: DriftRule
  private state: DriftState
  /** The largest sums so far. */
  readonly largest: { farther: number; nearer: number } = { farther: 0, nearer: 0 }

  constructor(rule: DriftRule, state?: DriftState) {
    this.rule = rule
    const side = { sum: 0, since: 0, drifting: false }
    this.state = state ?? { farther: side, nearer: side }
  }

  snapshot(): DriftState {
    return this.state
  }

  /** Takes the p-value of row `row`; says what it ends or begins. NaN says nothing. */
  add(p: number, row: number): DriftEvent[] {
    if (Number.isNaN(p)) return []
    const { farther, nearer } = this.state
    const next = {
      farther: this.step('farther', farther, 0.5 - p, row),
      nearer: this.step('nearer', nearer, p - 0.5, row),
    }
    this.state = next
    return (['farther', 'nearer'] as const).flatMap((side): DriftEvent[] => {
      const [before, now] = [side === 'farther' ? farther : nearer, next[side]]
      if (before.drifting === now.drifting) return []
      return [
        {
          kind: 'drift',
          state: now.drifting ? 'begins' : 'ends',
          side,
          rows: row - (now.drifting ? now.since : before.since) + 1,
        },
      ]
    })
  }

  private step(side: 'farther' | 'nearer', { sum, since, drifting }: Side, gain: number, row: number): Side {
    const limit = this.rule.limit[side]
    const next = Math.min(limit, Math.max(0, sum + gain - this.rule.slack))
    if (next > this.largest[side]) this.largest[side] = next
    return {
      sum: next,
      since: next === 0 ? row + 1 : since,
      drifting: next >= limit || (drifting && next > 0),
    }
  }
}
