import type { Backend, EpochEvent, Plan, Som, StoredPlan } from '@som/core'
import { type Artefacts, artefactsOf, MODEL_FOLDER } from './artefacts.ts'
import { follow } from './follow.ts'
import type { RunStatus } from './tracker.ts'
import { type Told, type Tracking, trackerOf } from './tracking.ts'

/** How to record a training run. */
export interface RunOf {
  readonly tracking: Tracking
  readonly plan: Plan | StoredPlan
  /** The name of the run: usually that of its table. */
  readonly name: string
  readonly table: string
  /** The name of the training backend, and the backend that measures each epoch's topographic error. */
  readonly runner: string
  readonly backend: Backend
  readonly tags?: Readonly<Record<string, string>>
  /** The model's name in the server's registry, if it should be registered. */
  readonly register?: string
  readonly told?: Told
}

/** A recorded run. */
export interface Recorded {
  /** Records each epoch and returns the Som. */
  run(events: AsyncGenerator<EpochEvent, Som, undefined>, onEpoch: (event: EpochEvent) => Promise<void>): Promise<Som>
  /** Ends the run with its results. Returns in words what could not be recorded; empty if everything was. */
  end(status: RunStatus, trained?: Artefacts): Promise<readonly string[]>
}

/** Starts recording a training run. */
export function recorded({ tracking, plan, name, table, runner, backend, tags, register, told }: RunOf): Recorded {
  const tracker = trackerOf(tracking, told)
  const about = {
    experiment: tracking.experiment,
    name,
    parameters: { seed: plan.seed, rule: plan.rule, initial: plan.initial },
    tags: { ...tags, 'som.data': table, 'som.digest': plan.digest, 'som.backend': runner },
    backend,
  }
  const keep = async (trained: Artefacts): Promise<void> => {
    if (!tracking.mlflow) return tracker.artefact(trained.name, trained.file)
    for await (const [path, contents] of artefactsOf(trained)) await tracker.artefact(path, contents)
    if (register !== undefined) await tracker.register(MODEL_FOLDER, register)
  }
  return {
    run: (events, onEpoch) => follow(tracker, about, plan, events, onEpoch),
    async end(status, trained) {
      const problems: string[] = []
      // The map is on disk: an artefact that cannot be made is reported and does not fail the run.
      if (trained)
        await keep(trained).catch((error) => void problems.push(error instanceof Error ? error.message : String(error)))
      return [...problems, ...(await tracker.end(status))]
    },
  }
}

/** Ends a run whose own process cannot, if one was started under this name. */
export function endRun(tracking: Tracking, told: Told, status: RunStatus): Promise<readonly string[]> {
  return trackerOf(tracking, { ...told, wasBegun: true }).end(status)
}
