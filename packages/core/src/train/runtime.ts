import type { Backend, Matches } from '../backend/backend.ts'
import type { Som } from '../som.ts'
import type { EpochRecord } from '../training-record.ts'

/** Where training runs and who follows it. None of it changes the result. */
export interface Runtime {
  /** `js()` where none is given. */
  readonly backend?: Backend
  /** Stops training at the next step that it can be resumed from. */
  readonly signal?: AbortSignal
  /** Called after every epoch. */
  readonly onEpoch?: (event: EpochEvent) => void
  /** Called now and then with the share of the whole run that is done, 0 to 1. */
  readonly progress?: (share: number) => void
  /** Called at the end with what the training rows match on the trained map, which training works out anyway. Not for rows that come in parts. */
  readonly onMatches?: (matches: Matches) => void
}

/** What `trainEpochs` yields after every epoch. */
export interface EpochEvent {
  readonly record: EpochRecord
  /** Epochs of the whole run. */
  readonly epochs: number
  /** The run as it stands: an unfinished Som that `resume` takes. */
  snapshot(): Promise<Som>
}
