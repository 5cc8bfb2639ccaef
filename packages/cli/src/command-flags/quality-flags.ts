import type { ReadingFlags } from '../reading.ts'
import type { RunningFlags } from '../running.ts'

/** The flags of `som quality`, as the user wrote them. */
export interface QualityFlags extends ReadingFlags, RunningFlags {
  readonly output?: string
  readonly label?: string
  readonly weight?: string
  readonly neighbours?: string
  readonly nearest?: string
  readonly space?: string
  readonly radius?: string
  readonly sample?: string
  readonly seed?: string
  readonly json?: true
}
