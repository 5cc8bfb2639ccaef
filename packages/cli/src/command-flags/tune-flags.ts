import type { ReadingFlags } from '../reading.ts'
import type { RunningFlags } from '../running.ts'

/** The flags of `som tune`, as the user wrote them. */
export interface TuneFlags extends ReadingFlags, RunningFlags {
  readonly budget?: string
  readonly trials?: string
  readonly heldOut?: string
  readonly repeats?: string
  readonly columns?: string[]
  readonly exclude?: string[]
  readonly categories?: string[]
  readonly times?: string[]
  readonly target?: string[]
  readonly label?: string
  readonly id?: string
  readonly weight?: string
  readonly size?: string
  readonly lattice?: string
  readonly shape?: string
  readonly metric?: string
  readonly layer?: string[]
  readonly preprocessing?: string[]
  readonly seed?: string
  readonly json?: true
}
