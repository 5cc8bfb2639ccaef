import type { ReadingFlags } from '../reading.ts'
import type { RunningFlags } from '../running.ts'

/** The flags of `som cluster`, as the user wrote them. */
export interface ClusterFlags extends ReadingFlags, RunningFlags {
  readonly sql?: string
  readonly output?: string
  readonly count?: string
  readonly method?: string
  readonly most?: string
  readonly names?: string[]
  readonly least?: string
  readonly noise?: true
  readonly duplicates?: string
  readonly within?: string
  readonly merge?: string[]
  readonly split?: string[]
  readonly rename?: string[]
  readonly weight?: string
  readonly seed?: string
  readonly json?: true
}
