import type { Runs } from '@som/core'

/** A column that gives nothing any more, or the same value again and again, or is itself again. */
export interface SensorEvent {
  readonly kind: 'sensor'
  readonly column: string
  readonly state: 'silent' | 'stuck' | 'back'
  /** For how many rows it has shown: this row and those before it. */
  readonly rows: number
}

/** Where the runs stand. Plain data. */
export interface SensorState {
  readonly last: readonly (number | null)[]
  readonly same: readonly number[]
  readonly missing: readonly number[]
  readonly dead: readonly boolean[]
}

/** No shorter run is a dead sensor. */
const LEAST_RUN = 50
/** A run so many times longer than any of training is one. */
const TIMES = 4

/** Watches for columns that die: a run of missing or of equal values far longer than any in training. */
export class Sensors {
  private readonly columns: readonly string[]
  private readonly mostSame: Float64Array
  private readonly mostMissing: Float64Array
  private readonly last: Float64Array
  private readonly same: Float64Array
  private readonly missing: Float64Array
  private readonly dead: Uint8Array
  /** The longest runs so far, for calibration. */
  readonly longest: { same: number; missing: number }[]

  constructor(columns: readonly string[], runs: readonly Runs[] = [], state?: SensorState) {
    this.columns = columns
    const limit = (run: number | undefined): number => (run === undefined ? Infinity : Math.max(LEAST_RUN, TIMES * run))
    this.mostSame = Float64Array.from(columns, (_, c) => limit(runs[c]?.same))
    this.mostMissing = Float64Array.from(columns, (_, c) => limit(runs[c]?.missing))
    this.last = Float64Array.from(columns, (_, c) => state?.last[c] ?? Number.NaN)
    this.same = Float64Array.from(columns, (_, c) => state?.same[c] ?? 0)
    this.missing = Float64Array.from(columns, (_, c) => state?.missing[c] ?? 0)
    this.dead = Uint8Array.from(columns, (_, c) => (state?.dead[c] ? 1 : 0))
    this.longest = columns.map(() => ({ same: 0, missing: 0 }))
  }

  snapshot(): SensorState {
    return {
      last: Array.from(this.last, (x) => (Number.isNaN(x) ? null : x)),
      same: Array.from(this.same),
      missing: Array.from(this.missing),
      dead: Array.from(this.dead, (flag) => flag === 1),
    }
  }

  /** Takes the reading that starts at `at`. */
  add(readings: Float64Array, at: number, tell: (event: SensorEvent) => void): void {
    const { last, same, missing, dead } = this
    for (let c = 0; c < last.length; c++) {
      const x = readings[at + c]
      if (Number.isNaN(x)) missing[c]++
      else {
        missing[c] = 0
        same[c] = x === last[c] ? same[c] + 1 : 1
        last[c] = x
      }
      const longest = this.longest[c]
      if (same[c] > longest.same) longest.same = same[c]
      if (missing[c] > longest.missing) longest.missing = missing[c]
      const silent = missing[c] >= this.mostMissing[c]
      const now = silent || same[c] >= this.mostSame[c] ? 1 : 0
      if (now === dead[c]) continue
      dead[c] = now
      const run = silent ? missing[c] : same[c]
      const state = now === 0 ? 'back' : silent ? 'silent' : 'stuck'
      tell({ kind: 'sensor', column: this.columns[c], state, rows: state === 'back' ? 1 : run })
    }
  }
}
