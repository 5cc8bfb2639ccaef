import type { RunningFlags } from '../running.ts'

/** The flags of `som worker`, as the user wrote them. */
export interface WorkerFlags extends RunningFlags {
  readonly describe?: true
}
