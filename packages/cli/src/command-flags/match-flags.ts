import type { ReadingFlags } from '../reading.ts'

/** The flags of `som match`, as the user wrote them. */
export interface MatchFlags extends ReadingFlags {
  readonly output?: string
  readonly prefix?: string
  readonly backend?: string
  readonly threads?: string
  readonly json?: true
}
