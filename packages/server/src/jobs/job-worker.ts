import { existsSync, rmSync } from 'node:fs'
import {
  type Backend,
  checkTargetValues,
  type EpochEvent,
  fitTargets,
  type Issue,
  type Plan,
  plan,
  type Samples,
  type Som,
  type TargetValues,
  trainEpochs,
} from '@som/core'
import {
  findTargets,
  openTable,
  readModel,
  readSamples,
  readTargets,
  selectColumns,
  selectFeatures,
  writeModel,
} from '@som/io'
import { shownRows } from '@som/tracking'
import Result from 'true-myth/result'
import { isFull, NO_ROOM } from '../data/kept-files.ts'
import { Refused } from '../problem.ts'
import { artefactsOf, recordOf } from './job-record.ts'
import type { FromWorker, Task, ToWorker } from './task.ts'

/** A backend by its name, with this many threads if it uses threads. */
type BackendOf = (name: string, threads: number) => Promise<Backend>

/**
 * Makes this process, started by a server, train the job that it is sent. It ends with the server, however that ends.
 */
export function runJobWorker(backendOf: BackendOf): void {
  const abort = new AbortController()
  process.once('disconnect', () => process.exit(1))
  // A terminal's interrupt reaches the whole process group: the server decides what to do.
  process.on('SIGINT', () => undefined)
  process.on('message', (told: ToWorker) => {
    if (told.kind === 'stop') abort.abort()
    else void begin(told.task, backendOf, abort.signal)
  })
}

async function begin(task: Task, backendOf: BackendOf, signal: AbortSignal): Promise<void> {
  await tell(await trainTask(task, backendOf, signal).catch(failureOf))
  process.exit(0)
}

const tell = (message: FromWorker): Promise<void> =>
  new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()))

function failureOf(error: unknown): FromWorker {
  if (error instanceof Refused) return { kind: 'failed', issues: error.issues }
  if (isFull(error)) return { kind: 'failed', issues: [NO_ROOM] }
  const lacking = error instanceof RangeError && /allocation failed|Invalid typed array length/.test(error.message)
  if (!lacking) process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
  const message = lacking ? 'out of memory; choose fewer units, rows or columns' : 'training failed'
  return { kind: 'failed', issues: [{ path: '', message }] }
}

async function trainTask(task: Task, backendOf: BackendOf, signal: AbortSignal): Promise<FromWorker> {
  const backend = await backendOf(task.backend, task.threads)
  const { plan: planned, shown, fit } = await planTask(task)
  const epochs = planned.phases.reduce((sum, phase) => sum + phase.epochs, 0)
  atMost('options.epochs', 'epochs', epochs, task.limits.epochs)
  const { rows, columns } = planned.task.lattice
  atMost('options.lattice', 'units', rows * columns, task.limits.units)
  const refusal = backend.rejects(planned.task)
  if (refusal !== null) throw new Refused(422, [{ path: 'backend', message: refusal }])
  const onEpoch = async ({ record, snapshot }: EpochEvent): Promise<void> => {
    await tell({ kind: 'epoch', record, epochs })
    if (record.epoch % task.checkpointEvery === 0 && record.epoch < epochs) await keepRun(await snapshot(), task)
  }
  const run = trainEpochs(planned, { backend, signal })
  const record = task.record && recordOf(task.record, planned, backend)
  const trained = await (record ? record.run(run, onEpoch) : eachEpoch(run, onEpoch))
  if (trained.training.unfinished) {
    await keepRun(trained, task)
    return { kind: 'stopped' }
  }
  const som = await withTargets(trained, fit, { backend, signal })
  if (som === null) return { kind: 'stopped' }
  orRefuse(await writeModel(task.output, som))
  if (record && task.record) {
    const problems = await record.end('finished', await artefactsOf(som, task.record, task.output, shown, backend))
    await tellUnrecorded(problems)
  }
  return { kind: 'done' }
}

/** The map with its targets fitted; null where it was stopped, since the last checkpoint leads here again. */
async function withTargets(
  som: Som,
  fit: Planned['fit'],
  runtime: { readonly backend: Backend; readonly signal: AbortSignal },
): Promise<Som | null> {
  if (fit === undefined) return som
  try {
    const fitted = await fitTargets(som, fit.samples, fit.targets, { seed: som.training.seed }, runtime)
    return fitted.unwrapOrElse((issues) => {
      throw new Refused(422, issues)
    })
  } catch (error) {
    if (runtime.signal.aborted) return null
    throw error
  }
}

async function eachEpoch(run: ReturnType<typeof trainEpochs>, onEpoch: (event: EpochEvent) => Promise<void>) {
  for (;;) {
    const next = await run.next()
    if (next.done) return next.value
    await onEpoch(next.value)
  }
}

/** Where runs are recorded is not the caller's concern: the log says why recording failed, the job only that it did. */
async function tellUnrecorded(problems: readonly string[]): Promise<void> {
  if (problems.length === 0) return
  for (const problem of problems) process.stderr.write(`not recorded: ${problem}\n`)
  await tell({ kind: 'note', message: "the run is not recorded yet; see the server's log" })
}

/** A plan, the values of targets to fit afterwards, and rows for the report of a recorded run. */
interface Planned {
  readonly plan: Plan
  readonly fit?: { readonly samples: Samples; readonly targets: TargetValues }
  readonly shown: Samples | undefined
}

async function planTask(task: Task): Promise<Planned> {
  const resume = await keptRun(task.checkpoint)
  const planned = await planFrom(task, resume)
  if (planned.isOk) {
    if (resume) await tell({ kind: 'resumed', epoch: resume.training.history.length })
    return planned.value
  }
  if (resume === undefined) throw new Refused(422, planned.error)
  await tell({ kind: 'note', message: 'the checkpoint does not fit its rows; starting again' })
  rmSync(task.checkpoint, { force: true })
  return (await planFrom(task, undefined)).unwrapOrElse((issues) => {
    throw new Refused(422, issues)
  })
}

async function planFrom(task: Task, resume: Som | undefined): Promise<Result<Planned, readonly Issue[]>> {
  const from = task.from === undefined ? undefined : orRefuse(await readModel(task.from))
  const origin = resume ?? from
  const table = orRefuse(
    await openTable(task.table, { ...(origin && { features: origin.features }) }).then((found) =>
      found.mapErr(called(task)),
    ),
  )
  try {
    atMost('table', 'rows', table.rows, task.limits.rows)
    const choice = { ...task.choice, targets: task.targets.map(({ name }) => name) }
    const selection = orRefuse(
      (origin ? selectFeatures(table, origin.features, choice) : selectColumns(table, choice)).mapErr(called(task)),
    )
    const columns = orRefuse(findTargets(table, task.targets).mapErr(called(task)))
    for (const message of resume ? [] : table.notes) await tell({ kind: 'note', message })
    const samples = orRefuse((await readSamples(table, selection)).mapErr(called(task)))
    atMost('table', 'features', samples.features.length, task.limits.features)
    const planned = resume ? plan({ samples, resume }) : plan({ ...task.options, samples, ...(from && { from }) })
    const shown = task.record?.tracking.mlflow ? shownRows(samples, task.options.seed) : undefined
    if (columns.length === 0) return planned.map((made) => ({ plan: made, shown }))
    const targets = orRefuse((await readTargets(table, columns)).mapErr(called(task)))
    return planned.andThen((made) => {
      // A target that cannot be fitted is refused before the map is trained.
      const map = { features: made.features, lattice: made.task.lattice }
      const wrong = checkTargetValues(map, samples.rows, targets, { seed: made.seed })
      return wrong.length > 0
        ? Result.err<Planned, readonly Issue[]>(wrong)
        : Result.ok<Planned, readonly Issue[]>({ plan: made, shown, fit: { samples, targets } })
    })
  } finally {
    table.close()
  }
}

/** The checkpoint, if there is one that can be read. */
async function keptRun(path: string): Promise<Som | undefined> {
  if (!existsSync(path)) return undefined
  const found = await readModel(path)
  if (found.isOk && found.value.training.unfinished) return found.value
  await tell({ kind: 'note', message: 'the checkpoint cannot be read; starting again' })
  return undefined
}

/** A checkpoint that cannot be written is reported and does not end the run. */
async function keepRun(som: Som, { checkpoint }: Task): Promise<void> {
  const epoch = som.training.history.length
  const written = await writeModel(checkpoint, som)
  await tell(
    written.isOk ? { kind: 'checkpoint', epoch } : { kind: 'note', message: `no checkpoint after epoch ${epoch}` },
  )
}

/** Issues under the table's own name, without revealing its path. */
const called =
  (task: Task) =>
  <P extends { readonly issues: readonly Issue[] }>(problem: P): P => ({
    ...problem,
    issues: problem.issues.map(({ path, message }) => ({
      path: path.replace(task.table, task.shown),
      message: message.replaceAll(task.table, task.shown),
    })),
  })

/** A full disk is reported without the name of the server's file. */
function orRefuse<T>(result: Result<T, { readonly kind?: string; readonly issues: readonly Issue[] }>): T {
  return result.unwrapOrElse(({ kind, issues }) => {
    throw new Refused(422, kind === 'disk-full' ? [NO_ROOM] : issues)
  })
}

function atMost(path: string, what: string, found: number, most: number): void {
  if (found > most) throw new Refused(422, [{ path, message: `expected at most ${most} ${what}, found ${found}` }])
}
