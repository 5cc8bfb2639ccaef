import type { ReadingFlags } from '../reading.ts'

/** The flags of `som report`, as the user wrote them. */
export interface ReportFlags extends ReadingFlags {
  readonly output?: string
  readonly label?: string
  readonly id?: string
  readonly title?: string
  readonly backend?: string
  readonly threads?: string
  readonly json?: true
}
