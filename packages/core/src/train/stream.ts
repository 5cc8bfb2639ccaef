import Result from 'true-myth/result'
import type { EpochStep } from '../backend/backend.ts'
import { js } from '../backend/js/js.ts'
import { type Issue, Issues } from '../issue.ts'
import { checkByTable } from '../plan/check-value.ts'
import type { Option } from '../plan/option-table.ts'
import { checkMatch, type MatchRuntime } from '../read/match.ts'
import type { RowsInput } from '../rows/check-samples.ts'
import { prepareRows } from '../rows/prepare.ts'
import type { Som } from '../som.ts'

/**
 * How a map keeps learning from a stream, which may be endless: both values fall with the number of samples seen and
 * only approach their end.
 */
export interface StreamOptions {
  /** Neighbourhood radius: from where training ended, or `start`, down to `end` (0.5). */
  readonly radius?: { readonly start?: number; readonly end?: number }
  /** Learning rate: from `start` (0.05) down to `end` (0.01), so that the map keeps following the stream. */
  readonly learningRate?: { readonly start?: number; readonly end?: number }
  /** Samples after which a value is halfway to its end: 10 per unit. */
  readonly halfway?: number
}

/**
 * A new Som that has learnt from a chunk of a stream: one online step per row, in row order. The schedule continues
 * from `som.training.streamed`, so chunks of any size give the same bits. Start from a trained map; its preprocessing
 * does not change. `seen` still describes the training rows. Models of targets do not move along, so the new Som has
 * none: fit them again.
 */
export async function partialFit(
  som: Som,
  rows: RowsInput,
  options: StreamOptions = {},
  runtime: MatchRuntime = {},
): Promise<Result<Som, readonly Issue[]>> {
  const issues = new Issues()
  checkByTable(options, OPTIONS, issues)
  checkMatch(som, runtime, issues)
  if (issues.list.some(({ path }) => path === 'som')) return Result.err(issues.list)
  const prepared = prepareRows(som, rows)
  if (prepared.isErr) return Result.err([...issues.list, ...prepared.error])
  if (issues.list.length > 0) return Result.err(issues.list)

  const schedule = scheduleOf(som, options)
  const { matrix, weights } = prepared.value
  const seen = som.training.streamed ?? 0
  const order = Uint32Array.from({ length: matrix.rows }, (_, i) => i)
  const step = stepAfter(seen, order, schedule, weights)
  const { lattice, metric, kernel } = som
  const session = await (runtime.backend ?? js()).open({ lattice, metric, kernel }, prepared.value, som.codebook)
  try {
    await session.epoch(step, { signal: runtime.signal })
    const codebook = await session.codebook()
    const { targets: _, ...rest } = som
    return Result.ok({ ...rest, codebook, training: { ...som.training, streamed: seen + matrix.rows } })
  } finally {
    session.close()
  }
}

/**
 * The steps that `partialFit` takes with its defaults when `som` has seen `seen` samples of the stream: for callers
 * that keep a session open between chunks. `order` lists rows of the session, in the order of presentation.
 */
export function streamStep(som: Som, seen: number, order: Uint32Array): OnlineStep {
  return stepAfter(seen, order, scheduleOf(som, {}))
}

type OnlineStep = Extract<EpochStep, { rule: 'online' }>

interface Range {
  readonly start: number
  readonly end: number
}

interface StreamSchedule {
  readonly radius: Range
  readonly learningRate: Range
  readonly halfway: number
}

function stepAfter(
  seen: number,
  order: Uint32Array,
  { radius, learningRate, halfway }: StreamSchedule,
  weights?: Float32Array,
): OnlineStep {
  const radii = new Float32Array(order.length)
  const rates = new Float32Array(order.length)
  for (let t = 0; t < order.length; t++) {
    radii[t] = valueAfter(seen + t, radius, halfway)
    rates[t] = Math.min(1, valueAfter(seen + t, learningRate, halfway) * (weights?.[order[t]] ?? 1))
  }
  return { rule: 'online', order, radius: radii, rate: rates }
}

const OPTIONS: Readonly<Record<keyof StreamOptions, Option>> = {
  radius: { kind: 'group', of: { start: { kind: 'number', above: 0 }, end: { kind: 'number', above: 0 } } },
  learningRate: {
    kind: 'group',
    of: { start: { kind: 'number', above: 0, most: 1 }, end: { kind: 'number', above: 0, most: 1 } },
  },
  halfway: { kind: 'number', above: 0 },
}

function scheduleOf(som: Som, options: StreamOptions): StreamSchedule {
  const trained = som.training.phases.at(-1)?.radius.end ?? 1
  const radiusStart = options.radius?.start ?? trained
  const radius = { start: radiusStart, end: options.radius?.end ?? Math.min(radiusStart, 0.5) }
  const rateStart = options.learningRate?.start ?? 0.05
  const learningRate = { start: rateStart, end: options.learningRate?.end ?? Math.min(rateStart, 0.01) }
  return { radius, learningRate, halfway: options.halfway ?? 10 * som.codebook.rows }
}

/** end + (start - end) / (1 + t / halfway) */
function valueAfter(seen: number, { start, end }: Range, halfway: number): number {
  return end + (start - end) / (1 + seen / halfway)
}
