import type { EpochRecord, Issue } from '@som/core'
import type { ColumnChoice, TargetChoice } from '@som/io'
import type { Limits } from '../keys/limits.ts'
import type { JobRecord } from './job-record.ts'
import type { JobOptions } from './option-schema.ts'

/** A worker's task: the server chose every path in it. */
export interface Task {
  readonly table: string
  readonly shown: string
  readonly choice: ColumnChoice
  /** Columns that the map is to predict. */
  readonly targets: readonly TargetChoice[]
  readonly options: JobOptions
  /** The map that training starts from. */
  readonly from?: string
  /** Where checkpoints are written; an existing one is resumed. */
  readonly checkpoint: string
  readonly checkpointEvery: number
  /** Where the map is written. */
  readonly output: string
  readonly backend: string
  /** Threads of the backend, if it uses threads. */
  readonly threads: number
  readonly limits: Limits
  /** Where the run is recorded, if it is. */
  readonly record?: JobRecord
}

/** A message from the server to a worker. */
export type ToWorker = { readonly kind: 'start'; readonly task: Task } | { readonly kind: 'stop' }

/** A message from a worker to the server. */
export type FromWorker =
  | { readonly kind: 'epoch'; readonly record: EpochRecord; readonly epochs: number }
  | { readonly kind: 'resumed' | 'checkpoint'; readonly epoch: number }
  | { readonly kind: 'note'; readonly message: string }
  | { readonly kind: 'failed'; readonly issues: readonly Issue[] }
  | { readonly kind: 'done' | 'stopped' }
