import { extentOf } from './extent.ts'

/** Units that may be left out of the range: one that is far off raises its eight neighbours' distances too. */
const FEW = 9
/** Share of the units, on large and on small maps. */
const MOST = { large: 1 / 50, small: 1 / 10 }
/** The rest is flat where it has less than this share of the range. */
const FLAT = 1 / 5

/**
 * Least and greatest value for colours: those of all finite values, or, where a few far ones would leave the rest less
 * than a fifth of the range, those of the rest and of what is no farther from it than it is wide.
 */
export function robustExtent(values: ArrayLike<number>): { least: number; greatest: number } {
  const whole = extentOf(values)
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort()
  const few = Math.max(1, Math.floor(Math.min(Math.max(FEW, sorted.length * MOST.large), sorted.length * MOST.small)))
  const kept = sorted.length - few
  if (kept < 2) return whole
  let start = 0
  for (let from = 1; from <= few; from++) {
    if (sorted[from + kept - 1] - sorted[from] < sorted[start + kept - 1] - sorted[start]) start = from
  }
  const [low, high] = [sorted[start], sorted[start + kept - 1]]
  const wide = high - low
  // Where the rest is all the same there is nothing to be seen in it. Halved, as the widest range is not finite.
  if (!(wide > 0) || wide / 2 >= FLAT * (whole.greatest / 2 - whole.least / 2)) return whole
  return extentOf(sorted.filter((value) => value >= low - wide && value <= high + wide))
}
