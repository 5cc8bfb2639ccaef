import type { ReadingFlags } from '../reading.ts'
import type { RunningFlags } from '../running.ts'

/** The flags of `som report`, as the user wrote them. */
export interface ReportFlags extends ReadingFlags, RunningFlags {
  readonly output?: string
  readonly label?: string
  readonly id?: string
  readonly title?: string
  readonly json?: true
}
