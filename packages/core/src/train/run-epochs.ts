import type { Session } from '../backend/backend.ts'
import { js } from '../backend/js/js.ts'
import { chunkRowsFor } from '../chunks/chunk-rows.ts'
import { breather } from '../next-turn.ts'
import { recordPhase } from '../plan/phases.ts'
import type { Plan, RunPlan, SpreadPlan, StoredPlan } from '../plan/run-plan.ts'
import type { Matrix } from '../rows/matrix.ts'
import { varianceOf } from '../rows/moments.ts'
import type { Seen, Som } from '../som.ts'
import type { EpochRecord, TrainingRecord, Unfinished } from '../training-record.ts'
import { VERSION } from '../version.ts'
import { runEpoch, type Tally, valuesOf } from './epoch.ts'
import type { EpochEvent, Runtime } from './runtime.ts'
import { seenTally } from './seen-tally.ts'
import type { Work } from './work.ts'

/** The run of a plan, one yield per epoch: the generator behind `trainEpochs`. */
export function runEpochs(
  planned: Plan | StoredPlan | SpreadPlan,
  runtime: Omit<Runtime, 'onEpoch'>,
): AsyncGenerator<EpochEvent, Som, undefined> {
  return runOver(planned, runtime)
}

/** Most runs have their rows in memory, so the code for stored rows is loaded only when needed. */
async function workOf(planned: Plan | StoredPlan | SpreadPlan): Promise<Work> {
  if ('spread' in planned) return (await import('./spread-work.ts')).spreadWork(planned)
  if (!('stored' in planned)) return residentWork(planned)
  const { storedWork } = await import('./stored-work.ts')
  return storedWork(planned)
}

function residentWork(planned: Plan): Work {
  const { rows } = planned
  return {
    rows,
    epoch: (session, epoch, begin, watch) => runEpoch[planned.rule](planned, session, epoch, begin, watch),
    async seen(session, watch, onMatches) {
      const tally = seenTally(planned.task.lattice, rows.matrix.rows, chunkRowsFor(planned))
      const matches = await session.match(undefined, watch)
      tally.add(matches, rows.weights)
      onMatches?.(matches)
      return tally.done()
    },
    variance: () => varianceOf(rows, chunkRowsFor(planned)),
  }
}

async function* runOver(
  planned: Plan | StoredPlan | SpreadPlan,
  runtime: Omit<Runtime, 'onEpoch'>,
): AsyncGenerator<EpochEvent, Som, undefined> {
  const work = await workOf(planned)
  const backend = runtime.backend ?? js()
  const run: Run = {
    plan: planned,
    work,
    backend: backend.choose?.(planned.task)?.backend.name ?? backend.name,
    history: [...planned.history],
  }
  const epochs = planned.phases.reduce((sum, phase) => sum + phase.epochs, 0)
  const breathe = breather()
  const session = await backend.open(planned.task, work.rows, planned.codebook)
  try {
    const { epoch: _, epochStart, ...begun } = planned.begin
    let begin: Tally = begun
    let before = planned.stop && (epochStart ?? (await session.codebook()))
    for (let epoch = planned.begin.epoch; epoch < epochs && !isStill(run); epoch++) {
      const watch = {
        signal: runtime.signal,
        progress: (share: number): void => runtime.progress?.((epoch + share) / epochs),
      }
      const tally = runtime.signal?.aborted ? begin : await work.epoch(session, epoch, begin, watch)
      if (tally.step < planned.rowCount) {
        return unfinishedSom(run, session, { epoch, ...tally, ...(before && tally.step > 0 && { epochStart: before }) })
      }
      begin = START
      const after = before && (await session.codebook())
      const movement = before && after && movementOf(before, after, spreadOf(run))
      before = after
      const quantization = tally.weight > 0 ? tally.distance / tally.weight : Number.NaN
      const record = { epoch: epoch + 1, ...valuesOf(planned, epoch), quantizationError: quantization }
      run.history.push(movement === undefined ? record : { ...record, movement })
      runtime.progress?.((epoch + 1) / epochs)
      const snapshot = (): Promise<Som> => unfinishedSom(run, session, { epoch: epoch + 1, ...START })
      await breathe()
      yield { record: run.history[run.history.length - 1], epochs, snapshot }
    }
    return await finishedSom(run, session, epochs, runtime)
  } finally {
    session.close()
  }
}

interface Run {
  readonly plan: RunPlan
  readonly work: Work
  readonly backend: string
  readonly history: EpochRecord[]
  spread?: number
}

const START: Tally = { step: 0, distance: 0, weight: 0 }

async function finishedSom(
  run: Run,
  session: Session,
  epochs: number,
  { signal, onMatches }: Pick<Runtime, 'signal' | 'onMatches'>,
): Promise<Som> {
  try {
    const seen = await run.work.seen(session, { signal }, onMatches)
    const ended = run.history.length < epochs ? 'still' : 'epochs'
    return somOf(run, await session.codebook(), seen, { ended })
  } catch (error) {
    if (!signal?.aborted) throw error
    return unfinishedSom(run, session, { epoch: run.history.length, ...START })
  }
}

async function unfinishedSom(run: Run, session: Session, unfinished: Unfinished): Promise<Som> {
  return somOf(run, await session.codebook(), null, { ended: 'cancelled', unfinished })
}

function somOf(run: Run, codebook: Matrix, seen: Seen | null, end: Pick<TrainingRecord, 'ended' | 'unfinished'>): Som {
  const { plan: planned } = run
  const training: TrainingRecord = {
    rule: planned.rule,
    phases: planned.phases.map(recordPhase),
    ...(planned.rule === 'mini-batch' && { batchSize: planned.batchSize }),
    order: planned.order,
    decayPer: planned.decayPer,
    ...(planned.stop && { stop: planned.stop }),
    seed: planned.seed,
    initial: planned.initial,
    backend: run.backend,
    version: VERSION,
    rows: planned.rowCount,
    emptyRows: planned.emptyRows,
    digest: planned.digest,
    leftOut: planned.leftOut,
    history: [...run.history],
    ...end,
  }
  const { features, task, layers } = planned
  return { features, ...task, ...(layers && { layers }), codebook, training, seen }
}

/** Whether the last `patience` epochs each moved the map less than the tolerance. */
function isStill({ plan: { stop }, history }: Run): boolean {
  if (stop === undefined || history.length < stop.patience) return false
  return history.slice(-stop.patience).every(({ movement }) => movement !== undefined && movement < stop.tolerance)
}

/**
 * Root mean square of the prototypes' movement, relative to the root mean square distance of the rows from their mean.
 */
function movementOf(before: Matrix, after: Matrix, spread: number): number {
  let squares = 0
  for (let i = 0; i < after.data.length; i++) squares += (after.data[i] - before.data[i]) ** 2
  return Math.sqrt(squares / after.rows) / spread
}

function spreadOf(run: Run): number {
  // Identical rows have no spread: then the movement is absolute.
  run.spread ??= Math.sqrt(run.work.variance()) || 1
  return run.spread
}
