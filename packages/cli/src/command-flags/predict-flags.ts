import type { ReadingFlags } from '../reading.ts'

/** The flags of `som predict`, as the user wrote them. */
export interface PredictFlags extends ReadingFlags {
  readonly output?: string
  readonly prefix?: string
  readonly coverage?: string
  readonly backend?: string
  readonly threads?: string
  readonly json?: true
}
