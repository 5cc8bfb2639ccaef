import type { Trial } from './trial.ts'

/** Trials by their error, the least first; those of one error by their size, then by when they were tried. */
export function rankTrials(trials: readonly Trial[]): Trial[] {
  return trials.toSorted((a, b) => known(a) - known(b) || unitsOf(a) - unitsOf(b))
}

/**
 * The smallest map whose error is within one standard error of the least: what chance alone may have put first is not
 * worth more units. Of one size, the one of the least error. L. Breiman, J. Friedman, R. Olshen, C. Stone,
 * Classification and Regression Trees, 1984.
 */
export function bestTrial(trials: readonly Trial[]): Trial {
  const [least, ...others] = rankTrials(trials)
  const most = known(least) + least.standardError
  return others.reduce((best, trial) => (known(trial) <= most && unitsOf(trial) < unitsOf(best) ? trial : best), least)
}

/** Mean of some figures, and its standard error: their standard deviation over the root of their number. */
export function meanOf(figures: readonly number[]): { readonly mean: number; readonly standardError: number } {
  const n = figures.length
  const mean = figures.reduce((sum, x) => sum + x, 0) / n
  const squares = figures.reduce((sum, x) => sum + (x - mean) ** 2, 0)
  return { mean, standardError: Math.sqrt(squares / (n - 1) / n) }
}

// A map of one unit has no error to compare, and comes last.
const known = ({ error }: Trial): number => (Number.isNaN(error) ? Number.MAX_VALUE : error)
const unitsOf = ({ rows, columns }: Trial): number => rows * columns
