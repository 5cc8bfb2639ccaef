export const DECAYS = ['exponential', 'linear', 'inverse', 'asymptotic'] as const
export type DecayName = (typeof DECAYS)[number]

/** A user's own decay: the value at `progress`, 0 at the first step and 1 at the last. */
export type DecayFunction = (progress: number, start: number, end: number) => number

/** A value from `start` at the first step to `end` at the last. */
export interface Schedule {
  readonly start: number
  readonly end: number
  readonly decay: DecayName | DecayFunction
}

/** The value of a schedule at `progress`, 0 to 1. */
export function valueAt(schedule: Schedule, progress: number): number {
  const decay = typeof schedule.decay === 'string' ? decays[schedule.decay] : schedule.decay
  return decay(progress, schedule.start, schedule.end)
}

/** How far step `t` of `steps` is: 0 for the first, 1 for the last. A single step is the first. */
export function progressAt(t: number, steps: number): number {
  return steps > 1 ? t / (steps - 1) : 0
}

const decays: Record<DecayName, DecayFunction> = {
  /** start·(end / start)^p */
  exponential: (p, start, end) => (p === 1 ? end : start * (end / start) ** p),
  /** start + (end - start)·p */
  linear: (p, start, end) => (p === 1 ? end : start + (end - start) * p),
  /**
   * start / (1 + (start / end - 1)·p): the reciprocal grows linearly. `end = start / 101` is the inverse decay to zero
   * of other packages.
   */
  inverse: (p, start, end) => (p === 1 ? end : start / (1 + (start / end - 1) * p)),
  /** The shape of 1 / (1 + 2p), fast at first; `end = start / 3` is the asymptotic decay of other packages. */
  asymptotic: (p, start, end) => end + (start - end) * 1.5 * (1 / (1 + 2 * p) - 1 / 3),
}
