import type { Backend, Matches } from '../backend/backend.ts'
import type { Som } from '../som.ts'
import type { EpochRecord } from '../training-record.ts'

/** Where training runs and how it reports progress. Nothing here changes the result. */
export interface Runtime {
  /** `js()` by default. */
  readonly backend?: Backend
  /** Stops training at the next step from which it can be resumed. */
  readonly signal?: AbortSignal
  /** Called after every epoch. */
  readonly onEpoch?: (event: EpochEvent) => void
  /** Called now and then with the finished share of the whole run, 0 to 1. */
  readonly progress?: (share: number) => void
  /**
   * Called at the end with what the training rows match on the trained map, which training works out anyway. Not for
   * rows that come in parts.
   */
  readonly onMatches?: (matches: Matches) => void
}

/** The value that `trainEpochs` yields after every epoch. */
export interface EpochEvent {
  readonly record: EpochRecord
  /** Epochs of the whole run. */
  readonly epochs: number
  /** The run so far: an unfinished Som that `resume` accepts. */
  snapshot(): Promise<Som>
}
