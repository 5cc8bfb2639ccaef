import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Backend, EpochEvent, Plan, Som, StoredPlan } from '@som/core'
import type { RunStatus, Tracker } from '@som/tracking'
import { note } from '../issues.ts'
import type { Trained } from './artefacts.ts'

/** Where a run is recorded: `jsonl:FILE`, `mlflow` or `mlflow:EXPERIMENT`, several of them with commas between. */
export interface Tracking {
  readonly experiment: string
  readonly files: readonly string[]
  readonly mlflow: boolean
  /** What the model is called in the server's registry. */
  readonly register?: string
}

/** What `--track` asks for; a message where it is nothing that there is. */
export function trackingOf(text: string, register?: string): Tracking | string {
  const parts = text.split(',').map((part) => /^(jsonl|mlflow)(?::(.+))?$/.exec(part.trim()))
  if (parts.some((part) => part === null || (part[1] === 'jsonl' && !part[2]))) {
    return `expected jsonl:FILE, mlflow or mlflow:EXPERIMENT, found ${JSON.stringify(text)}`
  }
  const found = parts.filter((part) => part !== null)
  const servers = found.filter(([, kind]) => kind === 'mlflow')
  if (servers.length > 0 && !process.env.MLFLOW_TRACKING_URI)
    return 'mlflow: expected the server in MLFLOW_TRACKING_URI, found none'
  return {
    experiment: servers.map(([, , experiment]) => experiment).find(Boolean) ?? 'som',
    files: found.flatMap(([, kind, file]) => (kind === 'jsonl' ? [file] : [])),
    mlflow: servers.length > 0,
    ...(register !== undefined && { register }),
  }
}

/** A run on record. */
export interface Recorded {
  run(events: AsyncGenerator<EpochEvent, Som, undefined>, onEpoch: (event: EpochEvent) => Promise<void>): Promise<Som>
  end(status: RunStatus, trained?: Trained): Promise<void>
}

/** Starts the record of a run; its parts are loaded only where they are asked for. */
export async function recorded(
  tracking: Tracking,
  plan: Plan | StoredPlan,
  table: string,
  runner: string,
  backend: Backend,
): Promise<Recorded> {
  const { all, follow, jsonl, mlflow } = await import('@som/tracking')
  const trackers: Tracker[] = [...tracking.files.map(jsonl), ...(tracking.mlflow ? [mlflow()] : [])]
  const tracker = all(...trackers)
  const tags = { 'som.data': basename(table), 'som.digest': plan.digest, 'som.backend': runner }
  const parameters = { seed: plan.seed, rule: plan.rule, initial: plan.initial }
  const about = { experiment: tracking.experiment, name: basename(table), parameters, tags, backend }
  return {
    run: (events, onEpoch) => follow(tracker, about, plan, events, onEpoch),
    async end(status, trained) {
      if (trained !== undefined) await keepArtefacts(tracker, tracking, trained)
      for (const problem of await tracker.end(status)) note(`not recorded: ${problem}`)
    },
  }
}

/** The map is on the disk: an artefact that cannot be made is told, and is no reason to fail. */
async function keepArtefacts(tracker: Tracker, { mlflow, register }: Tracking, trained: Trained): Promise<void> {
  const { output } = trained
  if (!mlflow) return tracker.artefact(basename(output), await readFile(output))
  const { artefactsOf, MODEL_FOLDER } = await import('./artefacts.ts')
  try {
    for await (const [name, contents] of artefactsOf(trained)) await tracker.artefact(name, contents)
    if (register !== undefined) await tracker.register(MODEL_FOLDER, register)
  } catch (error) {
    note(`not recorded: ${error instanceof Error ? error.message : error}`)
  }
}
