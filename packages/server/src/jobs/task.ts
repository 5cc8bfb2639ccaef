import type { EpochRecord, Issue } from '@som/core'
import type { ColumnChoice } from '@som/io'
import type { Limits } from '../keys/limits.ts'
import type { JobRecord } from './job-record.ts'
import type { JobOptions } from './option-schema.ts'

/** What a worker process is told to do: every path is one that the server chose. */
export interface Task {
  readonly table: string
  readonly shown: string
  readonly choice: ColumnChoice
  readonly options: JobOptions
  /** The map that training starts from. */
  readonly from?: string
  /** Where the run is kept meanwhile; gone on with where it is there. */
  readonly checkpoint: string
  readonly checkpointEvery: number
  /** Where the map is put. */
  readonly output: string
  readonly backend: string
  /** Threads of the backend, where it has any to choose. */
  readonly threads: number
  readonly limits: Limits
  /** Where the run is recorded, where it is. */
  readonly record?: JobRecord
}

/** What the server says to a worker. */
export type ToWorker = { readonly kind: 'start'; readonly task: Task } | { readonly kind: 'stop' }

/** What a worker says to the server. */
export type FromWorker =
  | { readonly kind: 'epoch'; readonly record: EpochRecord; readonly epochs: number }
  | { readonly kind: 'resumed' | 'checkpoint'; readonly epoch: number }
  | { readonly kind: 'note'; readonly message: string }
  | { readonly kind: 'failed'; readonly issues: readonly Issue[] }
  | { readonly kind: 'done' | 'stopped' }
