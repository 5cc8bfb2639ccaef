import Result from 'true-myth/result'
import type { Backend } from './backend.ts'
import type { Issue } from './issue.ts'
import { js } from './js/js.ts'
import type { TrainOptions } from './options.ts'
import type { StoredPlan } from './plan-stored.ts'
import type { Plan } from './planned.ts'
import { settle } from './settle.ts'
import type { Som } from './som.ts'
import type { EpochRecord } from './training-record.ts'

/** Where and under whose eyes training runs; none of it changes the result. */
export interface Runtime {
  /** `js()` where none is given. */
  readonly backend?: Backend
  /** Ends training at the next step it can be resumed from. */
  readonly signal?: AbortSignal
  /** Told after every epoch. */
  readonly onEpoch?: (event: EpochEvent) => void
  /** Told now and then how much of the whole run is done, 0 to 1. */
  readonly progress?: (share: number) => void
}

export interface EpochEvent {
  readonly record: EpochRecord
  /** Epochs of the whole run. */
  readonly epochs: number
  /** The run as it stands: an unfinished Som that `resume` takes. */
  snapshot(): Promise<Som>
}

/**
 * Trains a map. Gives a Som, an unfinished one (`training.unfinished`) where the signal aborted, or every issue with the options at once.
 * Rejects only where a backend fails.
 */
export async function train(options: TrainOptions, runtime: Runtime = {}): Promise<Result<Som, readonly Issue[]>> {
  const settled = settle(options)
  if (settled.isErr) return Result.err(settled.error)
  // Fetched when there is something to train: options with issues are told without them. The second is for `trainEpochs`, side by side.
  const [{ planOf }] = await Promise.all([import('./plan-of.ts'), import('./run-epochs.ts')])
  const planned = planOf(settled.value)
  if (planned.isErr) return Result.err(planned.error)
  const refusal = (runtime.backend ?? js()).rejects(planned.value.task)
  if (refusal !== null) return Result.err([{ path: 'backend', message: refusal }])
  const epochs = trainEpochs(planned.value, runtime)
  for (;;) {
    const next = await epochs.next()
    if (next.done) return Result.ok(next.value)
    runtime.onEpoch?.(next.value)
  }
}

/** Trains by a plan, one yield an epoch; returns the Som. Returning early from the loop closes the session. */
export async function* trainEpochs(
  planned: Plan | StoredPlan,
  runtime: Omit<Runtime, 'onEpoch'> = {},
): AsyncGenerator<EpochEvent, Som, undefined> {
  const { runEpochs } = await import('./run-epochs.ts')
  return yield* runEpochs(planned, runtime)
}
