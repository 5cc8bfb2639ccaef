import { BACKENDS, type BackendName, MOST_THREADS } from '@som/server/command'
import type { Flags } from './flags.ts'

/** The flags of every command with arithmetic in it, as the user wrote them. */
export type RunningFlags = {
  readonly backend?: string
  readonly threads?: string
}

/** Where the arithmetic of a command runs. */
export interface Running {
  readonly backend: BackendName
  readonly threads?: number
}

/** The flags of `RunningFlags` as values. */
export function runningOf(read: Flags, flags: RunningFlags): Running {
  return {
    backend: read.choice('--backend', flags.backend, BACKENDS) ?? 'auto',
    threads: read.integer('--threads', flags.threads, 1, MOST_THREADS),
  }
}
