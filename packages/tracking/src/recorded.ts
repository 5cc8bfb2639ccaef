import type { Backend, EpochEvent, Plan, Som, StoredPlan } from '@som/core'
import { type Artefacts, artefactsOf, MODEL_FOLDER } from './artefacts.ts'
import { follow } from './follow.ts'
import type { RunStatus } from './tracker.ts'
import { type Told, type Tracking, trackerOf } from './tracking.ts'

/** What a training run is recorded as. */
export interface RunOf {
  readonly tracking: Tracking
  readonly plan: Plan | StoredPlan
  /** What the run is called: usually the name of its table. */
  readonly name: string
  readonly table: string
  /** The name of the backend that trains, and what finds the topographic error of each epoch. */
  readonly runner: string
  readonly backend: Backend
  readonly tags?: Readonly<Record<string, string>>
  /** What the model is called in the server's registry, where it is to be in it. */
  readonly register?: string
  readonly told?: Told
}

/** A run on record. */
export interface Recorded {
  /** Tells of each epoch, and gives the Som. */
  run(events: AsyncGenerator<EpochEvent, Som, undefined>, onEpoch: (event: EpochEvent) => Promise<void>): Promise<Som>
  /** Ends it with what came of it. What could not be recorded, in words; empty where all was. */
  end(status: RunStatus, trained?: Artefacts): Promise<readonly string[]>
}

/** Starts the record of a training run. */
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
      // The map is on the disk: an artefact that cannot be made is told, and is no reason to fail.
      if (trained)
        await keep(trained).catch((error) => void problems.push(error instanceof Error ? error.message : String(error)))
      return [...problems, ...(await tracker.end(status))]
    },
  }
}

/** Ends a run whose own process cannot: what was begun under this name, and nothing where nothing was. */
export function endRun(tracking: Tracking, told: Told, status: RunStatus): Promise<readonly string[]> {
  return trackerOf(tracking, { ...told, wasBegun: true }).end(status)
}
