import type { ReadingFlags } from '../reading.ts'
import type { RunningFlags } from '../running.ts'

/** The flags of `som evaluate`, as the user wrote them. */
export interface EvaluateFlags extends ReadingFlags, RunningFlags {
  readonly output?: string
  readonly target?: string[]
  readonly weight?: string
  readonly folds?: string
  readonly seed?: string
  readonly coverage?: string
  readonly json?: true
}
