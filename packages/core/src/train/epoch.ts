import type { Rows, Session, Watch } from '../backend/backend.ts'
import type { Phase } from '../plan/phases.ts'
import type { Plan, RunPlan } from '../plan/run-plan.ts'
import { progressAt, valueAt } from '../plan/schedule.ts'
import { random, shuffled } from '../random.ts'
import { chooseRows, isSparse, rowsOf } from '../rows/matrix.ts'
import type { EpochRecord, Rule, Unfinished } from '../training-record.ts'

/** The position of an epoch within its phase. */
interface Place {
  readonly phase: Phase
  /** Epochs of the phase that come before this one. */
  readonly local: number
}

/** The progress of an epoch: the samples presented, and the sums of their distances and weights. */
export type Tally = Pick<Unfinished, 'step' | 'distance' | 'weight'>

/** Runs epoch `epoch` from `begin` on. When the signal aborts, it stops early at a point from which it can resume. */
export type RunEpoch = (plan: Plan, session: Session, epoch: number, begin: Tally, watch: Watch) => Promise<Tally>

export const runEpoch: Record<Rule, RunEpoch> = { batch, online, 'mini-batch': miniBatch }

/** The phase that an epoch belongs to. */
export function placeOf(plan: RunPlan, epoch: number): Place {
  let before = 0
  for (const phase of plan.phases) {
    if (epoch < before + phase.epochs) return { phase, local: epoch - before }
    before += phase.epochs
  }
  throw new RangeError(`epoch: expected one below ${before}, found ${epoch}`)
}

/**
 * Radius and learning rate at the start of an epoch, and the radius of its last step if that differs: as its record
 * shows them.
 */
export function valuesOf(plan: RunPlan, epoch: number): Pick<EpochRecord, 'radius' | 'learningRate' | 'endRadius'> {
  const { phase, local } = placeOf(plan, epoch)
  const steps = stepsIn(plan)
  const [first, last] = [local * steps, local * steps + steps - 1].map((t) => progressAt(t, phase.epochs * steps))
  const radius = valueAt(phase.radius, first)
  const endRadius = valueAt(phase.radius, last)
  return {
    radius,
    learningRate: plan.rule === 'batch' ? 1 : valueAt(phase.learningRate, first),
    ...(endRadius !== radius && { endRadius }),
  }
}

/** How often the values of a phase change within an epoch. */
function stepsIn({ rule, rowCount, batchSize, decayPer }: RunPlan): number {
  if (rule === 'mini-batch') return Math.ceil(rowCount / batchSize)
  return rule === 'online' && decayPer === 'step' ? rowCount : 1
}

async function batch(plan: Plan, session: Session, epoch: number, begin: Tally, watch: Watch): Promise<Tally> {
  try {
    const report = await session.epoch({ rule: 'batch', radius: valuesOf(plan, epoch).radius }, watch)
    return { step: plan.rows.matrix.rows, distance: report.distance, weight: report.weight }
  } catch (error) {
    if (watch.signal?.aborted) return begin
    throw error
  }
}

/**
 * Multiply-adds between two checks of the signal: a fraction of a second. Fixed, so that the pieces of an epoch never
 * depend on the clock.
 */
const PIECE_WORK = 1e8
const MOST_PIECE_STEPS = 65_536

async function online(plan: Plan, session: Session, epoch: number, begin: Tally, watch: Watch): Promise<Tally> {
  const rows = plan.rows.matrix.rows
  const order = orderOf(plan, epoch)
  const piece = Math.max(1, Math.min(MOST_PIECE_STEPS, Math.floor(PIECE_WORK / plan.codebook.data.length)))
  const { phase, local } = placeOf(plan, epoch)
  const steps = stepsIn(plan)
  let { step, distance, weight } = begin
  while (step < rows && !watch.signal?.aborted) {
    const part = order.subarray(step, step + piece)
    const radius = new Float32Array(part.length)
    const rate = new Float32Array(part.length)
    for (let t = 0; t < part.length; t++) {
      const progress =
        steps === 1 ? progressAt(local, phase.epochs) : progressAt(local * steps + step + t, phase.epochs * steps)
      radius[t] = valueAt(phase.radius, progress)
      rate[t] = Math.min(1, valueAt(phase.learningRate, progress) * (plan.rows.weights?.[part[t]] ?? 1))
    }
    const report = await session.epoch({ rule: 'online', order: part, radius, rate })
    distance += report.distance
    weight += report.weight
    step += part.length
    watch.progress?.(step / rows)
  }
  return { step, distance, weight }
}

async function miniBatch(plan: Plan, session: Session, epoch: number, begin: Tally, watch: Watch): Promise<Tally> {
  const { rows } = plan.rows.matrix
  const order = orderOf(plan, epoch)
  const { phase, local } = placeOf(plan, epoch)
  const batches = stepsIn(plan)
  let { step, distance, weight } = begin
  while (step < rows && !watch.signal?.aborted) {
    const progress = progressAt(local * batches + Math.floor(step / plan.batchSize), phase.epochs * batches)
    const part = order.subarray(step, step + plan.batchSize)
    const sums = await session.sums(rowsAt(plan, part, step))
    await session.update(sums, valueAt(phase.radius, progress), valueAt(phase.learningRate, progress))
    distance += sums.distance
    weight += sums.weight
    step += part.length
    watch.progress?.(step / rows)
  }
  return { step, distance, weight }
}

/** The order of an epoch depends only on seed and epoch, so a resumed run needs no generator state. */
function orderOf(plan: Plan, epoch: number): Uint32Array {
  const { rows } = plan.rows.matrix
  return plan.order === 'shuffled'
    ? shuffled(random(plan.seed, 'order', epoch), rows)
    : Uint32Array.from({ length: rows }, (_, i) => i)
}

function rowsAt(plan: Plan, part: Uint32Array, from: number): Rows {
  const { matrix, weights } = plan.rows
  const partWeights = weights && Float32Array.from(part, (i) => weights[i])
  if (plan.order === 'sequential' && !isSparse(matrix)) {
    return { matrix: rowsOf(matrix, from, from + part.length), weights: partWeights }
  }
  return { matrix: chooseRows(matrix, part), weights: partWeights }
}
