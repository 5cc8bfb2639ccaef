import type { Issue } from '@som/core'
import type { Limits } from '../keys/limits.ts'
import type { JobRequest } from './request.ts'

export const STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
export type JobState = (typeof STATES)[number]

/** A stored request: its table is one of the server's files, its origin a version, and its limits are the caller's. */
export interface KeptRequest extends Omit<JobRequest, 'table' | 'from'> {
  readonly table: { readonly digest: string; readonly extension: string; readonly shown: string }
  readonly from?: { readonly name: string; readonly version: number }
  readonly limits: Limits
  /** The request that created the job, as traces name it. */
  readonly traceparent?: string
}

/** A training job. */
export interface Job {
  readonly id: string
  readonly state: JobState
  /** Id of the key that created the job. */
  readonly owner: string
  readonly request: KeptRequest
  readonly created: string
  readonly ended: string | null
  /** How often the job was started or resumed. */
  readonly attempts: number
  readonly epoch: number
  /** Epochs of the whole run, once known. */
  readonly epochs: number | null
  /** The version that holds the result. */
  readonly version: number | null
  readonly issues: readonly Issue[]
}

/** An event of a job; `seq` counts from 1. */
export interface JobEvent {
  readonly seq: number
  readonly kind: string
  readonly data: unknown
}

export const hasEnded = ({ state }: Pick<Job, 'state'>): boolean => state !== 'queued' && state !== 'running'
