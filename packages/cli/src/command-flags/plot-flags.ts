import type { ReadingFlags } from '../reading.ts'
import type { RunningFlags } from '../running.ts'

/** The flags of `som plot`, as the user wrote them. */
export interface PlotFlags extends ReadingFlags, RunningFlags {
  readonly output?: string
  readonly feature?: string
  readonly target?: string
  readonly label?: string
  readonly colours?: string
  readonly scale?: string
  readonly range?: string
  readonly title?: string
  readonly size?: string
  readonly between?: true
  readonly json?: true
}
