import { createRequire } from 'node:module'

// A peer of this bench wants the d3-scale of before modules.
const { scaleLog }: typeof import('d3-scale') = createRequire(import.meta.url)('d3-scale')

/** A logarithmic axis: where a value lies in px, and the values worth a tick. */
export interface Axis {
  readonly at: (value: number) => number
  readonly ticks: readonly number[]
}

/** Room about the values, as a factor. */
const MARGIN = 1.15
/** Between two ticks, in px. */
const LEAST_GAP = 44

/** An axis over values above 0, from px `from` to px `to`. */
export function logAxis(values: readonly number[], from: number, to: number): Axis {
  const [least, most] = [Math.min(...values) / MARGIN, Math.max(...values) * MARGIN]
  const scale = scaleLog([least, most], [from, to])
  const ticks = [[1, 2, 5], [1, 3], [1]]
    .map((leads) => ticksOf(leads, least, most))
    .find((found) => found.length * LEAST_GAP <= Math.abs(to - from))
  return { at: (value) => scale(value), ticks: ticks ?? ticksOf([1], least, most) }
}

function ticksOf(leads: readonly number[], least: number, most: number): number[] {
  const first = Math.floor(Math.log10(least))
  const count = Math.floor(Math.log10(most)) - first + 1
  const powers = Array.from({ length: count }, (_, i) => first + i)
  // Read from text, so that 0.3 is 0.3.
  return powers
    .flatMap((power) => leads.map((lead) => Number(`${lead}e${power}`)))
    .filter((x) => x >= least && x <= most)
}
