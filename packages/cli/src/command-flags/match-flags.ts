import type { ReadingFlags } from '../reading.ts'
import type { RunningFlags } from '../running.ts'

/** The flags of `som match`, as the user wrote them. */
export interface MatchFlags extends ReadingFlags, RunningFlags {
  readonly output?: string
  readonly prefix?: string
  readonly json?: true
}
