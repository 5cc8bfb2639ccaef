import type { ReadingFlags } from '../reading.ts'
import type { RunningFlags } from '../running.ts'

/** The flags of `som predict`, as the user wrote them. */
export interface PredictFlags extends ReadingFlags, RunningFlags {
  readonly output?: string
  readonly prefix?: string
  readonly coverage?: string
  readonly json?: true
}
