import type { ReadingFlags } from '../reading.ts'

/** The flags of `som segment`, as the user wrote them. */
export interface SegmentFlags extends ReadingFlags {
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
  readonly draws?: string
  readonly seed?: string
  readonly backend?: string
  readonly threads?: string
  readonly json?: true
}
