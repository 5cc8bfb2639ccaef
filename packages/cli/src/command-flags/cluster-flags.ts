import type { ReadingFlags } from '../reading.ts'

/** The flags of `som cluster`, as the user wrote them. */
export interface ClusterFlags extends ReadingFlags {
  readonly sql?: string
  readonly output?: string
  readonly count?: string
  readonly method?: string
  readonly most?: string
  readonly names?: string[]
  readonly weight?: string
  readonly seed?: string
  readonly backend?: string
  readonly threads?: string
  readonly json?: true
}
