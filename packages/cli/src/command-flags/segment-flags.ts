import type { ReadingFlags } from '../reading.ts'
import type { RunningFlags } from '../running.ts'

/** The flags of `som segment`, as the user wrote them. */
export interface SegmentFlags extends ReadingFlags, RunningFlags {
  readonly output?: string
  readonly out?: string
  readonly report?: string
  readonly prefix?: string
  readonly segments?: string
  readonly most?: string
  readonly method?: string
  readonly columns?: string[]
  readonly exclude?: string[]
  readonly categories?: string[]
  readonly times?: string[]
  readonly id?: string
  readonly preprocessing?: string[]
  readonly featureWeight?: string[]
  readonly size?: string
  readonly epochs?: string
  readonly noise?: true
  readonly draws?: string
  readonly seed?: string
  readonly json?: true
}
