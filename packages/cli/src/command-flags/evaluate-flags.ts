import type { ReadingFlags } from '../reading.ts'

/** The flags of `som evaluate`, as the user wrote them. */
export interface EvaluateFlags extends ReadingFlags {
  readonly output?: string
  readonly target?: string[]
  readonly weight?: string
  readonly folds?: string
  readonly seed?: string
  readonly coverage?: string
  readonly backend?: string
  readonly threads?: string
  readonly json?: true
}
