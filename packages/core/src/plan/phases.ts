import { type Issues, show } from '../issue.ts'
import type { Lattice } from '../map/lattice.ts'
import type { RecordedPhase } from '../training-record.ts'
import { OPTIONS } from './option-table.ts'
import type { PhaseOptions, TrainOptions } from './options.ts'
import { type DecayName, type Schedule, valueAt } from './schedule.ts'

/** A phase with everything decided. */
export interface Phase {
  readonly epochs: number
  readonly radius: Schedule
  readonly learningRate: Schedule
}

/** A quarter of the longer side, at least 1: wide enough to unfold a map, and what batch training needs. */
export function firstRadius(lattice: Pick<Lattice, 'rows' | 'columns'>): number {
  return Math.max(1, Math.max(lattice.rows, lattice.columns) / 4)
}

/** Fewer rows than this take the smaller default radius at the end. */
export const FEW_ROWS = 200

/**
 * The default radius at the end of training. It decides how smooth a map is; `docs/design/defaults.md` has the
 * measurements.
 */
export const lastRadius = (rows: number): number => (rows < FEW_ROWS ? 0.7 : 0.8)

/**
 * The phases of a run with their defaults filled in, for so many rows. Reports decays of the user's own that give what
 * no radius or rate can be.
 */
export function phasesOf(options: TrainOptions, lattice: Lattice, rows: number, issues: Issues): Phase[] {
  const { phases } = options
  if (!Array.isArray(phases)) return [phaseOf(options, lattice, rows, '', issues)]
  return phases.map((phase: PhaseOptions | null, i) => phaseOf(phase ?? {}, lattice, rows, `phases[${i}].`, issues))
}

function phaseOf(options: PhaseOptions, lattice: Lattice, rows: number, path: string, issues: Issues): Phase {
  const { epochs, radius, learningRate: rate } = OPTIONS
  const phase = {
    epochs: options.epochs ?? epochs.default,
    radius: scheduleOf(options.radius, firstRadius(lattice), lastRadius(rows), radius.of.decay.default),
    learningRate: scheduleOf(options.learningRate, rate.of.start.default, rate.of.end.default, rate.of.decay.default),
  }
  tryDecay(`${path}radius`, phase.radius, Number.POSITIVE_INFINITY, issues)
  tryDecay(`${path}learningRate`, phase.learningRate, rate.of.start.most, issues)
  return phase
}

/** A schedule with its defaults, which never rise. */
function scheduleOf(given: Partial<Schedule> | undefined, first: number, last: number, decay: DecayName): Schedule {
  const start = given?.start ?? first
  return { start, end: given?.end ?? Math.min(start, last), decay: given?.decay ?? decay }
}

/** Points at which a user's own decay is tried. */
const TRIES = 101

function tryDecay(path: string, schedule: Schedule, most: number, issues: Issues): void {
  if (typeof schedule.decay !== 'function' || !(schedule.start > 0) || !(schedule.end > 0)) return
  for (let i = 0; i < TRIES; i++) {
    const progress = i / (TRIES - 1)
    const value: unknown = valueAt(schedule, progress)
    if (typeof value === 'number' && value > 0 && value <= most && Number.isFinite(value)) continue
    const range = Number.isFinite(most) ? `above 0 and at most ${most}` : 'above 0'
    issues.add(`${path}.decay`, `expected finite values ${range}, found ${show(value)} at progress ${progress}`)
    return
  }
}

export function recordPhase(phase: Phase): RecordedPhase {
  const record = ({ start, end, decay }: Schedule): RecordedPhase['radius'] => ({
    start,
    end,
    decay: typeof decay === 'function' ? 'custom' : decay,
  })
  return { epochs: phase.epochs, radius: record(phase.radius), learningRate: record(phase.learningRate) }
}
