import type { OptionFlags } from '../option-flags.ts'
import type { ReadingFlags } from '../reading.ts'
import type { RunningFlags } from '../running.ts'

/** The flags of `som train` as they were written. */
export interface TrainFlags extends ReadingFlags, OptionFlags, RunningFlags {
  readonly output?: string
  readonly columns?: string[]
  readonly exclude?: string[]
  readonly categories?: string[]
  readonly times?: string[]
  readonly sql?: string
  readonly memory?: string
  readonly target?: string[]
  readonly label?: string
  readonly id?: string
  readonly weight?: string
  readonly from?: string
  readonly resume?: string
  readonly checkpointEvery?: string
  readonly track?: string
  readonly register?: string
  readonly json?: true
}
