import type { ReadingFlags } from '../reading.ts'
import type { RunningFlags } from '../running.ts'

/** The flags of `som watch`, as the user wrote them. */
export interface WatchFlags extends ReadingFlags, RunningFlags {
  readonly output?: string
  readonly alpha?: string
  readonly notice?: string
  readonly follow?: true
  readonly adapt?: true
  readonly strict?: true
  readonly calibrate?: true
  readonly time?: string
  readonly columns?: string[]
  readonly exclude?: string[]
  readonly categories?: string[]
  readonly times?: string[]
  readonly lag?: string[]
  readonly difference?: string[]
  readonly window?: string[]
  readonly heldOut?: string
  readonly size?: string
  readonly epochs?: string
  readonly seed?: string
  readonly json?: true
}
