import type { ReadingFlags } from '../reading.ts'

/** The flags of `som impute`, as the user wrote them. */
export interface ImputeFlags extends ReadingFlags {
  readonly output?: string
  readonly mark?: string
  readonly draws?: string
  readonly seed?: string
  readonly backend?: string
  readonly threads?: string
  readonly json?: true
}
