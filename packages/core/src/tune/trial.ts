import type { Candidate } from './candidates.ts'

/**
 * A candidate, and how well it did on rows that it was not trained on: each figure is the mean over the times that rows
 * were held out.
 */
export interface Trial extends Candidate {
  /** What ranks trials: `predictionError` where rows have targets, else `labelError` or `combinedError`. */
  readonly error: number
  /** Standard error of `error`: how far chance alone may put it off. */
  readonly standardError: number
  /** For classes the share predicted wrongly, for numbers 1 − R², a mean over targets; null without targets. */
  readonly predictionError: number | null
  /** Share of rows whose label is not that of their unit; null where rows have no labels. */
  readonly labelError: number | null
  /** Kaski and Lagus's error: it falls with a better fit and rises with a torn map, whatever its size. */
  readonly combinedError: number
  readonly quantizationError: number
  readonly topographicError: number
  readonly seconds: number
}
