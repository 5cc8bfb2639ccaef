import Result from 'true-myth/result'
import { js } from '../backend/js/js.ts'
import { checkRuntime, type RuntimePart, throwIssues } from '../check-runtime.ts'
import { type Issue, Issues } from '../issue.ts'
import { checkRun } from '../plan/check-run.ts'
import type { TrainOptions } from '../plan/options.ts'
import type { Plan, SpreadPlan, StoredPlan } from '../plan/run-plan.ts'
import type { Som } from '../som.ts'
import type { EpochEvent, Runtime } from './runtime.ts'

/**
 * Trains a map. Gives a Som (an unfinished one, with `training.unfinished`, if the signal aborted) or every issue with
 * the options at once. Rejects only if a backend fails.
 */
export async function train(options: TrainOptions, runtime: Runtime = {}): Promise<Result<Som, readonly Issue[]>> {
  const wrong = new Issues()
  checkRuntime(runtime, [...EPOCHS_RUNTIME, 'onEpoch'], wrong)
  const checked = checkRun(options)
  if (checked.isErr) return Result.err([...checked.error, ...wrong.list])
  if (wrong.list.length > 0) return Result.err(wrong.list)
  // Loaded only when there is something to train: issues with options are reported without them. The second is for
  // `trainEpochs`, loaded in parallel.
  const [{ planInMemory }] = await Promise.all([import('../plan/plan-in-memory.ts'), import('./run-epochs.ts')])
  const planned = planInMemory(checked.value)
  if (planned.isErr) return Result.err(planned.error)
  const refusal = (runtime.backend ?? js()).rejects(planned.value.task)
  if (refusal !== null) return Result.err([{ path: 'backend', message: refusal }])
  const { onEpoch, ...rest } = runtime
  const epochs = trainEpochs(planned.value, rest)
  for (;;) {
    const next = await epochs.next()
    if (next.done) return Result.ok(next.value)
    onEpoch?.(next.value)
  }
}

const EPOCHS_RUNTIME: readonly RuntimePart[] = ['backend', 'signal', 'progress', 'onMatches']

/**
 * Trains by a plan, one yield per epoch; returns the Som. Returning early from the loop closes the session. Throws a
 * RangeError, once it begins, where the runtime is wrong.
 */
export async function* trainEpochs(
  planned: Plan | StoredPlan | SpreadPlan,
  runtime: Omit<Runtime, 'onEpoch'> = {},
): AsyncGenerator<EpochEvent, Som, undefined> {
  throwIssues((issues) => checkRuntime(runtime, EPOCHS_RUNTIME, issues))
  const { runEpochs } = await import('./run-epochs.ts')
  return yield* runEpochs(planned, runtime)
}
