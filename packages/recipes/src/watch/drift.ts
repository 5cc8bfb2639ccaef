/** The current sums. Plain data: part of the state of a stream. */
export interface DriftState {
  readonly farther: Side
  readonly nearer: Side
}

interface Side {
  readonly sum: number
  /** The last row after which the sum was 0. */
  readonly since: number
  readonly drifting: boolean
}

/** The stream as a whole has moved, or has returned. */
export interface DriftEvent {
  readonly kind: 'drift'
  readonly state: 'begins' | 'ends'
  /** Whether rows are farther from the map than normal ones, or nearer. */
  readonly side: 'farther' | 'nearer'
  /** How many rows it has lasted, including this one. */
  readonly rows: number
}

/** The tolerance for p-values: they are only as uniform as the held-out rows allow. */
const SLACK = 0.05
/**
 * A sum that rows like the held-out ones reach once in e^30 rows at this slack; 56 rows with the smallest p-values
 * reach it.
 */
const LEAST_LIMIT = 25

/** The rule of the sums: slack per row, and the limit that indicates drift. */
export interface DriftRule {
  readonly slack: number
  readonly limit: { readonly farther: number; readonly nearer: number }
}

/**
 * The rule for a calibration with this many rows. Correlated readings reach larger sums, so the limit is at least twice
 * the largest sum in calibration.
 */
export function driftRule(rows: number, largest: { readonly farther: number; readonly nearer: number }): DriftRule {
  const limit = (found: number): number => Math.max(LEAST_LIMIT, 2 * found)
  return {
    slack: SLACK + 0.6 / Math.sqrt(rows),
    limit: { farther: limit(largest.farther), nearer: limit(largest.nearer) },
  }
}

/**
 * Distinguishes drift from anomalies. p-values of normal rows are uniform, so their mean stays at a half. Two sums, of
 * 1/2 - p and of p - 1/2, each minus a slack and never below 0 (E. S. Page, Continuous inspection schemes, Biometrika
 * 41, 1954), grow only while most rows have moved. A single row adds at most a half, however far away it is: a few
 * anomalies are not drift, a lasting change is.
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

  /** Adds the p-value of row `row`; returns a drift that it starts or ends. NaN is ignored. */
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
