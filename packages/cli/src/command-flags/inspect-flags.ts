import type { ReadingFlags } from '../reading.ts'

/** The flags of `som inspect`, as the user wrote them. */
export interface InspectFlags extends ReadingFlags {
  readonly json?: true
}
