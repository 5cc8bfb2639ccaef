import type { ReadingFlags } from '../reading.ts'
import type { RunningFlags } from '../running.ts'

/** The flags of `som compare`, as the user wrote them. */
export interface CompareFlags extends ReadingFlags, RunningFlags {
  readonly output?: string
  readonly picture?: string
  readonly id?: string
  readonly permutations?: string
  readonly seed?: string
  readonly json?: true
}
