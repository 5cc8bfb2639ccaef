import type { DecayName } from './plan/schedule.ts'
import type { Matrix } from './rows/matrix.ts'

export type Rule = 'batch' | 'online' | 'mini-batch'

/**
 * One value falling (or rising) over a phase of training. A user's own decay is recorded by its values at each epoch.
 */
export interface RecordedSchedule {
  readonly start: number
  readonly end: number
  readonly decay: DecayName | 'custom'
}

export interface RecordedPhase {
  readonly epochs: number
  readonly radius: RecordedSchedule
  readonly learningRate: RecordedSchedule
}

/** The measurements of an epoch. */
export interface EpochRecord {
  /** 1 for the first epoch of the run. */
  readonly epoch: number
  /** The radius at the start of the epoch. */
  readonly radius: number
  /** The learning rate at the start of the epoch; 1 for batch, whose update goes all the way. */
  readonly learningRate: number
  /** The radius of the last step, if it changed within the epoch. */
  readonly endRadius?: number
  /** Mean distance measured during the epoch (batch: before its update). */
  readonly quantizationError: number
  /**
   * Root mean square movement of the prototypes over the epoch, relative to the data's own spread. Only if the run has
   * `stop`.
   */
  readonly movement?: number
}

/** The state of an unfinished run: everything needed to resume it, besides the codebook. */
export interface Unfinished {
  /** Finished epochs. */
  readonly epoch: number
  /** Samples of the next epoch that were already presented, with the sum of their distances and of their weights. */
  readonly step: number
  readonly distance: number
  readonly weight: number
  /**
   * The codebook at the start of that epoch, from which its movement is measured. Only if the run has `stop` and the
   * epoch was interrupted.
   */
  readonly epochStart?: Matrix
}

/** How a Som was trained: enough to train it again, to resume it, and to compare it with others. */
export interface TrainingRecord {
  readonly rule: Rule
  readonly phases: readonly RecordedPhase[]
  readonly batchSize?: number
  readonly order: 'shuffled' | 'sequential'
  /** Whether radius and learning rate of the online rule change at each step or at each epoch. */
  readonly decayPer: 'step' | 'epoch'
  readonly stop?: { readonly patience: number; readonly tolerance: number }
  readonly seed: number
  readonly initial: string
  readonly backend: string
  /** The version of @som/core that trained it. */
  readonly version: string
  /** Training rows used, and rows ignored because every feature was missing. */
  readonly rows: number
  readonly emptyRows: number
  /** Digest of the training rows, so that a resumed run can check that it has the same ones. */
  readonly digest: string
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[]
  readonly history: readonly EpochRecord[]
  /** Absent once training has ended. */
  readonly unfinished?: Unfinished
  /** Why training ended: all epochs done, the map no longer moved, or it was cancelled. */
  readonly ended: 'epochs' | 'still' | 'cancelled'
  /** Samples seen by `partialFit` so far. */
  readonly streamed?: number
}
