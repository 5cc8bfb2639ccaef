import type { Runs } from '@som/core'
import { type ReadingFeature, sensorsOf } from './reading-features.ts'

/** A column goes silent, gets stuck at one value, or recovers. */
export interface SensorEvent {
  readonly kind: 'sensor'
  readonly column: string
  readonly state: 'silent' | 'stuck' | 'back'
  /** How many rows it has lasted, including this one. */
  readonly rows: number
}

/** The current runs. Plain data. */
export interface SensorState {
  readonly last: readonly (number | null)[]
  readonly same: readonly number[]
  readonly missing: readonly number[]
  readonly dead: readonly boolean[]
}

/** The shortest run that counts as a dead sensor. */
const LEAST_RUN = 50
/** A run this many times longer than any in training counts as a dead sensor. */
const TIMES = 4

/**
 * Detects dead columns: a run of missing or equal values far longer than any in training. All features made from one
 * column are one sensor.
 */
export class Sensors {
  private readonly sensors: ReturnType<typeof sensorsOf>
  private readonly mostSame: Float64Array
  private readonly mostMissing: Float64Array
  /** Per column of a reading; everything else is per sensor. */
  private readonly last: Float64Array
  private readonly same: Float64Array
  private readonly missing: Float64Array
  private readonly dead: Uint8Array
  private readonly longest: { same: number; missing: number }[]

  /** `runs` are those of each column, from `runs()`. */
  constructor(features: readonly ReadingFeature[], runs: readonly Runs[] = [], state?: SensorState) {
    this.sensors = sensorsOf(features)
    const limit = (run: number | undefined): number => (run === undefined ? Infinity : Math.max(LEAST_RUN, TIMES * run))
    this.mostSame = Float64Array.from(this.sensors, ({ places }) => limit(runs[places[0]]?.same))
    this.mostMissing = Float64Array.from(this.sensors, ({ places }) => limit(runs[places[0]]?.missing))
    this.last = Float64Array.from(features, (_, c) => state?.last[c] ?? Number.NaN)
    this.same = Float64Array.from(this.sensors, (_, s) => state?.same[s] ?? 0)
    this.missing = Float64Array.from(this.sensors, (_, s) => state?.missing[s] ?? 0)
    this.dead = Uint8Array.from(this.sensors, (_, s) => (state?.dead[s] ? 1 : 0))
    this.longest = this.sensors.map(() => ({ same: 0, missing: 0 }))
  }

  /** The longest runs so far of each column, for calibration. */
  runs(): Runs[] {
    const runs: Runs[] = []
    this.sensors.forEach(({ places }, s) => {
      for (const place of places) runs[place] = this.longest[s]
    })
    return runs
  }

  snapshot(): SensorState {
    return {
      last: Array.from(this.last, (x) => (Number.isNaN(x) ? null : x)),
      same: Array.from(this.same),
      missing: Array.from(this.missing),
      dead: Array.from(this.dead, (flag) => flag === 1),
    }
  }

  /** Adds the reading that starts at `at`. */
  add(readings: Float64Array, at: number, tell: (event: SensorEvent) => void): void {
    const { sensors, last, same, missing, dead } = this
    for (let s = 0; s < sensors.length; s++) {
      const { name, places } = sensors[s]
      let [present, equal] = [false, true]
      for (const c of places) {
        const x = readings[at + c]
        if (Number.isNaN(x)) continue
        present = true
        equal &&= x === last[c]
        last[c] = x
      }
      if (present) {
        missing[s] = 0
        same[s] = equal ? same[s] + 1 : 1
      } else missing[s]++
      const longest = this.longest[s]
      if (same[s] > longest.same) longest.same = same[s]
      if (missing[s] > longest.missing) longest.missing = missing[s]
      const silent = missing[s] >= this.mostMissing[s]
      const now = silent || same[s] >= this.mostSame[s] ? 1 : 0
      if (now === dead[s]) continue
      dead[s] = now
      const run = silent ? missing[s] : same[s]
      const state = now === 0 ? 'back' : silent ? 'silent' : 'stuck'
      tell({ kind: 'sensor', column: name, state, rows: state === 'back' ? 1 : run })
    }
  }
}
