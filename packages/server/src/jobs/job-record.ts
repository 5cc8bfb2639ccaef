import { existsSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import {
  type Backend,
  clusterPrepared,
  matchPrepared,
  type Plan,
  prepareRows,
  qualityOf,
  type Samples,
  type Som,
} from '@som/core'
import { encodeOnnx } from '@som/io'
import { report, uMatrixPlot, unitPredictions } from '@som/plot'
import { type Artefacts, type Recorded, recorded, type Tracking } from '@som/tracking'

/** Where jobs are recorded. */
export interface JobTracking {
  readonly tracking: Tracking
  /** Where runs wait to be sent. */
  readonly spool: string
  /** Whether each map becomes a version of the registered model of its name. */
  readonly register: boolean
}

/** What a worker needs to record its job. */
export interface JobRecord extends JobTracking {
  /** The job's id, with which another process continues the record. */
  readonly run: string
  readonly map: string
  readonly table: string
  readonly tags: Readonly<Record<string, string>>
  /** A file that exists once an epoch has been reported. */
  readonly begun: string
}

/** The record of a job, continued if another process began it. */
export function recordOf(record: JobRecord, plan: Plan, backend: Backend): Recorded {
  const { tracking, spool, register, run, map, table, tags, begun } = record
  const { run: follow, end } = recorded({
    ...{ tracking, plan, name: map, table, backend, tags },
    runner: backend.choose?.(plan.task)?.backend.name ?? backend.name,
    ...(register && { register: map }),
    told: { run, spool, wasBegun: existsSync(begun) },
  })
  return {
    run: (events, onEpoch) =>
      follow(events, async (event) => {
        mark(begun)
        await onEpoch(event)
      }),
    end,
  }
}

/** The artefacts of a map that go into the record of its job. */
export async function artefactsOf(
  som: Som,
  { map, table }: JobRecord,
  output: string,
  shown: Samples | undefined,
  backend: Backend,
): Promise<Artefacts> {
  return {
    som,
    name: `${map}.som`,
    file: await readFile(output),
    onnx: () => encodeOnnx(som).unwrapOr(null),
    uMatrix: () => uMatrixPlot(som),
    report: async () => (shown ? reportOf(som, shown, table, backend) : null),
  }
}

async function reportOf(map: Som, samples: Samples, source: string, backend: Backend): Promise<string> {
  const rows = prepareRows(map, samples).unwrapOrElse((issues) => {
    throw new Error(issues.map(({ message }) => message).join('; '))
  })
  const found = map.clusters ? null : await clusterPrepared(map, rows, {}, { backend })
  const som = found?.isOk ? { ...map, clusters: found.value.clusters } : map
  const matches = await matchPrepared(som, rows, { backend })
  const predictions = await unitPredictions(som)
  return report({ som, samples, matches, quality: qualityOf(som, rows, matches), predictions, source })
}

function mark(path: string): void {
  try {
    if (!existsSync(path)) writeFileSync(path, '')
  } catch {
    // In that case a run may be recorded twice, which is not a reason to end it.
  }
}
