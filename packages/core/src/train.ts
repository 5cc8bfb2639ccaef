import Result from 'true-myth/result'
import type { Backend, Matches, Session } from './backend.ts'
import { runEpoch, type Tally, valuesOf } from './epoch.ts'
import type { Issue } from './issue.ts'
import { js } from './js/js.ts'
import { isSparse, type Matrix, type SparseMatrix } from './matrix.ts'
import { defaultNeighbours } from './neighbours.ts'
import type { TrainOptions } from './options.ts'
import { recordPhase } from './phases.ts'
import { type Plan, plan } from './plan.ts'
import { hits, quantizationError, topographicError } from './quality/errors.ts'
import type { Seen, Som } from './som.ts'
import type { EpochRecord, TrainingRecord, Unfinished } from './training-record.ts'
import { VERSION } from './version.ts'

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
  const planned = plan(options)
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
  planned: Plan,
  runtime: Omit<Runtime, 'onEpoch'> = {},
): AsyncGenerator<EpochEvent, Som, undefined> {
  const backend = runtime.backend ?? js()
  const run: Run = {
    plan: planned,
    backend: backend.choose?.(planned.task)?.backend.name ?? backend.name,
    history: [...planned.history],
  }
  const epochs = planned.phases.reduce((sum, phase) => sum + phase.epochs, 0)
  const breathe = breather()
  const session = await backend.open(planned.task, planned.rows, planned.codebook)
  try {
    let begin: Tally = planned.begin
    let before = planned.stop && (await session.codebook())
    for (let epoch = planned.begin.epoch; epoch < epochs && !isStill(run); epoch++) {
      const watch = {
        signal: runtime.signal,
        progress: (share: number): void => runtime.progress?.((epoch + share) / epochs),
      }
      const tally = runtime.signal?.aborted
        ? begin
        : await runEpoch[planned.rule](planned, session, epoch, begin, watch)
      if (tally.step < planned.rows.matrix.rows) return unfinishedSom(run, session, { epoch, ...tally })
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
    return await finishedSom(run, session, epochs, runtime.signal)
  } finally {
    session.close()
  }
}

/** Time after which a run of short epochs lets the event loop turn: a frame of a screen. */
const BREATH_MS = 16

/** Lets the event loop turn when it has not for a while: short epochs of a backend on this thread never wait for anything. */
function breather(): () => Promise<void> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < BREATH_MS) return
    await new Promise((resolve) => setTimeout(resolve, 0))
    last = performance.now()
  }
}

interface Run {
  readonly plan: Plan
  readonly backend: string
  readonly history: EpochRecord[]
  spread?: number
}

const START: Tally = { step: 0, distance: 0, weight: 0 }

async function finishedSom(run: Run, session: Session, epochs: number, signal?: AbortSignal): Promise<Som> {
  try {
    const matches = await session.match(undefined, { signal })
    const ended = run.history.length < epochs ? 'still' : 'epochs'
    return somOf(run, await session.codebook(), seenBy(run.plan, matches), { ended })
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
    rows: planned.rows.matrix.rows,
    emptyRows: planned.emptyRows,
    digest: planned.digest,
    leftOut: planned.leftOut,
    history: [...run.history],
    ...end,
  }
  return { features: planned.features, ...planned.task, codebook, training, seen }
}

/** Quantiles kept of the distances of more rows than this. */
const MOST_DISTANCES = 10_001

function seenBy(planned: Plan, matches: Matches): Seen {
  const { lattice } = planned.task
  const { weights } = planned.rows
  const neighbours = defaultNeighbours(lattice)
  return {
    hits: hits(planned.codebook.rows, matches, weights),
    distances: keptDistances(matches.distance),
    quantizationError: quantizationError(matches, weights),
    topographicError: topographicError(lattice, matches, { neighbours, weights }),
    neighbours,
  }
}

function keptDistances(distances: Float32Array): Float32Array {
  const sorted = distances.filter((d) => !Number.isNaN(d)).sort()
  if (sorted.length <= MOST_DISTANCES) return sorted
  const step = (sorted.length - 1) / (MOST_DISTANCES - 1)
  return Float32Array.from({ length: MOST_DISTANCES }, (_, i) => sorted[Math.round(i * step)])
}

/** Whether the last `patience` epochs each moved the map less than the tolerance. */
function isStill({ plan: { stop }, history }: Run): boolean {
  if (stop === undefined || history.length < stop.patience) return false
  return history.slice(-stop.patience).every(({ movement }) => movement !== undefined && movement < stop.tolerance)
}

/** Root mean square of the prototypes' movement, relative to the root mean square distance of the rows from their mean. */
function movementOf(before: Matrix, after: Matrix, spread: number): number {
  let squares = 0
  for (let i = 0; i < after.data.length; i++) squares += (after.data[i] - before.data[i]) ** 2
  return Math.sqrt(squares / after.rows) / spread
}

function spreadOf(run: Run): number {
  run.spread ??= rootOfVariance(run.plan.rows.matrix)
  return run.spread
}

function rootOfVariance(rows: Matrix | SparseMatrix): number {
  const { columns } = rows
  const sums = new Float64Array(columns)
  const squares = new Float64Array(columns)
  const counts = new Float64Array(columns).fill(isSparse(rows) ? rows.rows : 0)
  const values = isSparse(rows) ? rows.values : rows.data
  for (let i = 0; i < values.length; i++) {
    const f = isSparse(rows) ? rows.indices[i] : i % columns
    const x = values[i]
    if (Number.isNaN(x)) continue
    sums[f] += x
    squares[f] += x * x
    if (!isSparse(rows)) counts[f]++
  }
  let variance = 0
  for (let f = 0; f < columns; f++) {
    if (counts[f] > 0) variance += Math.max(0, squares[f] / counts[f] - (sums[f] / counts[f]) ** 2)
  }
  // Rows that are all the same have no spread: movement is then taken as it is.
  return variance > 0 ? Math.sqrt(variance) : 1
}
