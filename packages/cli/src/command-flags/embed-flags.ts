import type { ReadingFlags } from '../reading.ts'

/** The flags of `som embed`, as the user wrote them. */
export interface EmbedFlags extends ReadingFlags {
  readonly output?: string
  readonly prefix?: string
  readonly keep?: string
  readonly fit?: true
  readonly layout?: string
  readonly landmarks?: string
  readonly backend?: string
  readonly threads?: string
  readonly json?: true
}
