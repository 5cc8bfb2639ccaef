import type { Workload } from './workload.ts'

/** How a contender's result stands beside that of the first of ours. */
export interface Agreement {
  /** `worse` results have no time worth comparing; `unchecked` ones were made of a part of the work alone. */
  readonly verdict: 'reference' | 'agrees' | 'better' | 'worse' | 'unchecked'
  /** Relative difference of what was compared, where there was something. */
  readonly difference?: number
}

/** What is compared: the quantization error of a map, the mean distance of a matching, the sum of what was read. */
export interface Result {
  readonly value?: number
}

/**
 * How far results of the same rule may differ. Prototypes drawn together in the first epochs leave nearest units to
 * rounding, and maps then go ways of their own; what was matched and what was read leaves less open: f32 sums, and sums
 * of f64.
 */
const TOLERANCE: Readonly<Record<Workload['kind'], number>> = {
  batch: 0.05,
  online: 0.05,
  sparse: 0.05,
  match: 1e-4,
  read: 1e-6,
}
/** An error below this does not count: the map has more units than samples. */
const NOTHING = 1e-3

/** Compares a result with the first of ours; lower is better, except for what was read. */
export function agreementOf(kind: Workload['kind'], found: Result, reference: Result): Agreement {
  if (found === reference) return { verdict: 'reference' }
  if (found.value === undefined || reference.value === undefined) return { verdict: 'unchecked' }
  const scale = Math.max(Math.abs(reference.value), NOTHING)
  const difference = (found.value - reference.value) / scale
  if (Math.abs(difference) <= TOLERANCE[kind]) return { verdict: 'agrees', difference }
  return { verdict: difference < 0 && kind !== 'read' ? 'better' : 'worse', difference }
}

/** The verdict in a word or two. */
export function agreementText({ verdict, difference = 0 }: Agreement): string {
  if (verdict === 'reference') return '-'
  if (verdict === 'agrees') return 'yes'
  if (verdict === 'unchecked') return 'unchecked'
  const percent = `${Number((Math.abs(difference) * 100).toPrecision(2))} %`
  return verdict === 'better' ? `better by ${percent}` : `no: off by ${percent}`
}
