import type { Readings } from './readings.ts'

/** The time of the rows went back. */
export interface ClockEvent {
  readonly kind: 'clock'
  /** Index among the given rows. */
  readonly at: number
  readonly from: string | number
  readonly to: string | number
}

/** Checks that each row's time is not before that of the previous row. Unreadable times are ignored. */
export class Clock {
  private last: string | number | null

  constructor(last: string | number | null = null) {
    this.last = last
  }

  snapshot(): string | number | null {
    return this.last
  }

  add({ times }: Readings): ClockEvent[] {
    const events: ClockEvent[] = []
    let before = this.last === null ? Number.NaN : momentOf(this.last)
    times.forEach((time, at) => {
      if (time === null) return
      const now = momentOf(time)
      if (Number.isNaN(now)) return
      if (now < before && this.last !== null) events.push({ kind: 'clock', at, from: this.last, to: time })
      before = now
      this.last = time
    })
    return events
  }
}

function momentOf(time: string | number): number {
  if (typeof time === 'number') return time
  const x = time.trim() === '' ? Number.NaN : Number(time)
  return Number.isNaN(x) ? Date.parse(time) : x
}
