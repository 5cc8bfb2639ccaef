import type { ReadingFlags } from '../reading.ts'
import type { RunningFlags } from '../running.ts'

/** The flags of `som impute`, as the user wrote them. */
export interface ImputeFlags extends ReadingFlags, RunningFlags {
  readonly output?: string
  readonly mark?: string
  readonly draws?: string
  readonly seed?: string
  readonly json?: true
}
