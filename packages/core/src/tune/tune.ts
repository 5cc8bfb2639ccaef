import Result from 'true-myth/result'
import { js } from '../backend/js/js.ts'
import { type Issue, Issues } from '../issue.ts'
import type { TrainOptions } from '../plan/options.ts'
import { plan } from '../plan/plan.ts'
import { random, shuffled } from '../random.ts'
import { matchPrepared } from '../read/match.ts'
import { combinedError } from '../read/quality/combined-error.ts'
import { quantizationError, topographicError } from '../read/quality/errors.ts'
import { prepareRows } from '../rows/prepare.ts'
import type { Samples } from '../rows/samples.ts'
import type { Runtime } from '../train/runtime.ts'
import { trainEpochs } from '../train/train.ts'
import { type Candidate, candidates } from './candidates.ts'

export interface TuneOptions
  extends Omit<TrainOptions, 'samples' | 'epochs' | 'radius' | 'phases' | 'from' | 'resume'> {
  readonly samples: Samples
  /** Seconds after which no further trial is begun: 60. */
  readonly budget?: number
  /** Share of the rows that is held out, and measured on: 0.25. */
  readonly heldOut?: number
}

/** A candidate, and how well it did on the rows that it was not trained on. */
export interface Trial extends Candidate {
  /** Kaski and Lagus's error, by which trials are compared: it falls with a better fit and rises with a torn map, whatever its size. */
  readonly combinedError: number
  readonly quantizationError: number
  readonly topographicError: number
  readonly seconds: number
}

export interface Tuning {
  /** In the order in which they were tried; the first is what is trained by default. */
  readonly trials: readonly Trial[]
  readonly best: Trial
  readonly trainedRows: number
  readonly heldOutRows: number
}

export interface TuneRuntime extends Pick<Runtime, 'backend' | 'signal'> {
  readonly onTrial?: (trial: Trial) => void
}

const LEAST_ROWS = 8

/**
 * Tries sizes, radii and numbers of epochs within a budget of time, each on the same rows, and measures it on the same others. At least the default is tried. The
 * order of the trials is decided by the seed; how many there are, by the clock.
 */
export async function tune(options: TuneOptions, runtime: TuneRuntime = {}): Promise<Result<Tuning, readonly Issue[]>> {
  const { samples, budget = 60, heldOut = 0.25, ...rest } = options
  const issues = new Issues()
  issues.number('budget', budget, 0)
  if (!(heldOut > 0 && heldOut < 1)) issues.add('heldOut', `expected a share between 0 and 1, found ${heldOut}`)
  const enough = samples.rows >= LEAST_ROWS
  if (!enough) issues.add('samples', `expected at least ${LEAST_ROWS} rows to hold some out, found ${samples.rows}`)
  if (issues.list.length > 0) return Result.err(issues.list)

  const { seed = 0, backend = js() } = { seed: options.seed, backend: runtime.backend }
  const order = shuffled(random(seed, 'held out'), samples.rows)
  const cut = Math.min(samples.rows - 1, Math.max(1, Math.round(heldOut * samples.rows)))
  const [others, train] = [chosen(samples, order.subarray(0, cut)), chosen(samples, order.subarray(cut))]
  const base = plan({ ...rest, samples: train })
  if (base.isErr) return Result.err(base.error)
  const { rows, columns } = base.value.task.lattice
  const [{ epochs, radius }] = base.value.phases
  const usual = { rows, columns, epochs, start: radius.start, end: radius.end }
  const isFixed = rest.lattice?.rows !== undefined || rest.lattice?.columns !== undefined

  const started = performance.now()
  const spent = (): number => (performance.now() - started) / 1000
  const trials: Trial[] = []
  for (const candidate of candidates(usual, isFixed, seed)) {
    const longest = trials.reduce((most, { seconds }) => Math.max(most, seconds), 0)
    if (trials.length > 0 && (runtime.signal?.aborted || spent() + longest > budget)) break
    const began = spent()
    const found = await tried({ ...rest, samples: train }, candidate, others, { ...runtime, backend })
    if (found.isErr) return Result.err(found.error)
    if (found.value === null) break
    const trial = { ...candidate, ...found.value, seconds: spent() - began }
    trials.push(trial)
    runtime.onTrial?.(trial)
  }
  if (trials.length === 0) return Result.err([{ path: '', message: 'it was stopped before the first trial ended' }])
  const best = trials.reduce((best, trial) => (trial.combinedError < best.combinedError ? trial : best))
  return Result.ok({ trials, best, trainedRows: train.rows, heldOutRows: others.rows })
}

type Errors = Pick<Trial, 'combinedError' | 'quantizationError' | 'topographicError'>

/** The errors of a candidate; null where it was stopped. */
async function tried(
  options: TrainOptions,
  { rows, columns, epochs, start, end }: Candidate,
  others: Samples,
  runtime: TuneRuntime,
): Promise<Result<Errors | null, readonly Issue[]>> {
  const planned = plan({ ...options, lattice: { ...options.lattice, rows, columns }, epochs, radius: { start, end } })
  if (planned.isErr) return Result.err(planned.error)
  const run = trainEpochs(planned.value, runtime)
  let next = await run.next()
  while (!next.done) next = await run.next()
  const som = next.value
  if (som.training.unfinished !== undefined) return Result.ok(null)
  const prepared = prepareRows(som, others)
  if (prepared.isErr) return Result.err(prepared.error)
  const matches = await matchPrepared(som, prepared.value, runtime)
  const { weights } = prepared.value
  return Result.ok({
    combinedError: combinedError(som, matches, { weights }),
    quantizationError: quantizationError(matches, weights),
    topographicError: topographicError(som.lattice, matches, { weights }),
  })
}

/** Some rows, in the order given. */
function chosen({ features, sources, data, weights }: Samples, rows: Uint32Array): Samples {
  const width = features.length
  const some =
    data instanceof Float32Array ? new Float32Array(rows.length * width) : new Float64Array(rows.length * width)
  rows.forEach((row, at) => {
    some.set(data.subarray(row * width, (row + 1) * width), at * width)
  })
  return {
    features,
    sources,
    rows: rows.length,
    data: some,
    ...(weights && { weights: Float32Array.from(rows, (row) => weights[row]) }),
  }
}
