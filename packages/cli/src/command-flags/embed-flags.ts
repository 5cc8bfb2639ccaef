import type { ReadingFlags } from '../reading.ts'
import type { RunningFlags } from '../running.ts'

/** The flags of `som embed`, as the user wrote them. */
export interface EmbedFlags extends ReadingFlags, RunningFlags {
  readonly output?: string
  readonly prefix?: string
  readonly keep?: string
  readonly fit?: true
  readonly layout?: string
  readonly landmarks?: string
  readonly embedsom?: true
  readonly json?: true
}
