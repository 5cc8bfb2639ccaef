import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { type Backend, describeIssues, type EpochEvent, type Matches, type Som, trainEpochs } from '@som/core'
import { checkWritable, readModel, writeModel } from '@som/io'
import {
  backendOf,
  complain,
  issuesIn,
  note,
  operands,
  orRefuse,
  Refusal,
  runnerOf,
  untilRefused,
} from '@som/server/command'
import { EXIT } from '@som/server/program'
import type { Recorded, RunStatus } from '@som/tracking'
import type { TrainFlags } from '../command-flags/train-flags.ts'
import { type Interrupt, listenForInterrupts } from '../interrupt.ts'
import type { Trained } from './artefacts.ts'
import { findingsOf, type TrainedRun } from './findings.ts'
import { withTargets } from './fit.ts'
import { makeReady, type Ready } from './make-ready.ts'
import { progressOn, whileSaying } from './progress.ts'
import { epochsOf, summaryJson, summaryText } from './report.ts'
import { resumeCommand } from './resume-command.ts'
import { type Settings, trainSettings } from './settings.ts'

/** Runs `som train`; gives the exit code. */
export async function runTrain(command: Parameters<typeof operands>[0], flags: TrainFlags): Promise<number> {
  const files = operands(command, ['table'], 'som train data.csv -o map.som')
  const settings = trainSettings(files.isOk ? files.value[0] : '', flags)
  if (files.isErr || settings.isErr) {
    complain(issuesIn(files, settings))
    return EXIT.usage
  }
  const interrupt = listenForInterrupts(() => process.stderr.write('\nstopping; interrupt again to quit at once\n'))
  try {
    return await untilRefused(() => trainAndWrite(settings.value, interrupt))
  } finally {
    interrupt.release()
  }
}

async function trainAndWrite(settings: Settings, interrupt: Interrupt): Promise<number> {
  const started = performance.now()
  orRefuse(await checkWritable(settings.output))
  const backend = await backendOf(settings.backend, settings.threads)
  const resume = settings.resume === undefined ? undefined : orRefuse(await readModel(settings.resume))
  const from = settings.from === undefined ? undefined : orRefuse(await readModel(settings.from))
  const ready = await whileSaying(`reading ${settings.table}`, () => makeReady(settings, { resume, from }))
  try {
    return await trainReady(ready, settings, backend, interrupt, started)
  } finally {
    ready.release()
  }
}

async function trainReady(
  { read, planned, fit, shown }: Ready,
  settings: Settings,
  backend: Backend,
  interrupt: Interrupt,
  started: number,
): Promise<number> {
  const runner = orRefuse(runnerOf(backend, planned.task))
  interrupt.arm()
  const record = await recordOf(settings, planned, read.table, runner.name, backend)
  const trained = await trainWatched(planned, settings, backend, interrupt, record)
  if (trained.som.training.unfinished !== undefined) {
    await endRecord(record, 'killed')
    return leaveCheckpoint(trained.som, settings, interrupt.code)
  }
  const som = fit === undefined ? trained.som : await withTargets(trained.som, fit, backend, interrupt)
  await keepMap(som, settings.output)
  await endRecord(record, 'finished', { som, output: settings.output, table: basename(read.table), shown, backend })
  const left = checkpointOf(settings)
  const resumed = settings.resume !== undefined && resolve(settings.resume) === resolve(left)
  if (resumed || settings.checkpointEvery !== undefined) {
    await rm(left, { force: true })
  }
  const outcome = {
    som,
    table: read.table,
    output: settings.output,
    leftOut: [...read.leftOut, ...som.training.leftOut],
    notes: read.notes,
    passedOver: runner.passedOver,
    findings: await findingsOf(trained, planned, backend),
    seconds: (performance.now() - started) / 1000,
  }
  process.stdout.write(settings.json ? summaryJson(outcome) : summaryText(outcome))
  return fit !== undefined && som.targets === undefined ? interrupt.code : EXIT.done
}

async function trainWatched(
  planned: Ready['planned'],
  settings: Settings,
  backend: Backend,
  { signal }: Interrupt,
  record: Recorded | undefined,
): Promise<TrainedRun> {
  const epochs = planned.phases.reduce((sum, phase) => sum + phase.epochs, 0)
  const progress = progressOn(process.stderr, epochs, planned.rowCount)
  let matches: Matches | undefined
  const onMatches = (found: Matches): void => {
    matches = found
  }
  const run = trainEpochs(planned, { backend, signal, progress: progress.show, onMatches })
  try {
    const onEpoch = async ({ record: { epoch }, snapshot }: EpochEvent): Promise<void> => {
      const due = settings.checkpointEvery !== undefined && epoch % settings.checkpointEvery === 0
      if (due && epoch < epochs) await keepCheckpoint(await snapshot(), checkpointOf(settings))
    }
    if (record !== undefined) return { som: await record.run(run, onEpoch).catch(failing(record)), matches }
    for (;;) {
      const next = await run.next()
      if (next.done) return { som: next.value, matches }
      await onEpoch(next.value)
    }
  } finally {
    progress.clear()
    // Closes the session if a snapshot failed. The type requires a value that nobody reads.
    await run.return(undefined as never)
  }
}

/** Starts recording a run; tracking is loaded only if it is requested. */
async function recordOf(
  { track, register }: Settings,
  plan: Ready['planned'],
  table: string,
  runner: string,
  backend: Backend,
): Promise<Recorded | undefined> {
  if (track === undefined) return undefined
  const { recorded } = await import('@som/tracking')
  const name = basename(table)
  return recorded({ tracking: track, plan, name, table: name, runner, backend, ...(register && { register }) })
}

/** Problems with recording are reported and do not fail the run. */
async function endRecord(record: Recorded | undefined, status: RunStatus, trained?: Trained): Promise<void> {
  if (record === undefined) return
  const problems = await record.end(status, trained && (await (await import('./artefacts.ts')).artefactsOf(trained)))
  for (const problem of problems) note(`not recorded: ${problem}`)
}

/** A failed run is recorded as failed. */
function failing(record: Recorded): (error: unknown) => Promise<never> {
  return async (error) => {
    await endRecord(record, 'failed')
    throw error
  }
}

/** Writes the map; if that fails, writes it elsewhere so that the run is not lost. */
async function keepMap(som: Som, output: string): Promise<void> {
  const written = await writeModel(output, som)
  if (written.isOk) return
  const spare = join(tmpdir(), basename(output))
  const kept = await writeModel(spare, som)
  throw new Refusal([
    ...written.error.issues,
    ...(kept.isOk ? [{ path: spare, message: 'the map was saved here instead' }] : []),
  ])
}

/** A checkpoint that cannot be written is reported and does not fail the run. */
async function keepCheckpoint(som: Som, checkpoint: string): Promise<void> {
  const written = await writeModel(checkpoint, som)
  if (written.isErr)
    note(`no checkpoint after epoch ${som.training.history.length}: ${describeIssues(written.error.issues)}`)
}

async function leaveCheckpoint(som: Som, settings: Settings, code: number): Promise<number> {
  const checkpoint = checkpointOf(settings)
  orRefuse(await writeModel(checkpoint, som))
  const command = resumeCommand(settings, checkpoint)
  const done = `${som.training.history.length} of ${epochsOf(som)} epochs`
  process.stderr.write(`interrupted after ${done}; the run is saved in ${checkpoint}. Continue with:\n  ${command}\n`)
  if (settings.json) {
    process.stdout.write(`${JSON.stringify({ checkpoint, resume: command, epochs: som.training.history.length })}\n`)
  }
  return code
}

/** Where an unfinished run is kept: next to the map file. */
function checkpointOf({ output }: Settings): string {
  return `${output}.checkpoint`
}
