import type { Issue } from '@som/core'
import type { Limits } from '../keys/limits.ts'
import type { JobRequest } from './request.ts'

export const STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
export type JobState = (typeof STATES)[number]

/** A request as it is kept: its table is a file of ours, its origin a version, and the limits are those of its caller. */
export interface KeptRequest extends Omit<JobRequest, 'table' | 'from'> {
  readonly table: { readonly digest: string; readonly extension: string; readonly shown: string }
  readonly from?: { readonly name: string; readonly version: number }
  readonly limits: Limits
  /** The request that asked for it, as traces name it. */
  readonly traceparent?: string
}

/** A training job. */
export interface Job {
  readonly id: string
  readonly state: JobState
  /** Id of the key that asked for it. */
  readonly owner: string
  readonly request: KeptRequest
  readonly created: string
  readonly ended: string | null
  /** Times that it was begun or gone on with. */
  readonly attempts: number
  readonly epoch: number
  /** Of the whole run, once that is known. */
  readonly epochs: number | null
  /** The version that the result became. */
  readonly version: number | null
  readonly issues: readonly Issue[]
}

/** Something that happened to a job; `seq` counts from 1. */
export interface JobEvent {
  readonly seq: number
  readonly kind: string
  readonly data: unknown
}

export const hasEnded = ({ state }: Pick<Job, 'state'>): boolean => state !== 'queued' && state !== 'running'
