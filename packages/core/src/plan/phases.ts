import { type Issues, show } from '../issue.ts'
import type { Lattice } from '../map/lattice.ts'
import type { RecordedPhase } from '../training-record.ts'
import { TRAINING_DEFAULTS } from './defaults.ts'
import type { PhaseOptions } from './options.ts'
import { DECAYS, type Schedule, valueAt } from './schedule.ts'

/** A phase with everything decided. */
export interface Phase {
  readonly epochs: number
  readonly radius: Schedule
  readonly learningRate: Schedule
}

export const MOST_EPOCHS = 1e9

/** A quarter of the longer side, at least 1: wide enough to unfold a map, and what batch training needs. */
export function firstRadius(lattice: Pick<Lattice, 'rows' | 'columns'>): number {
  return Math.max(1, Math.max(lattice.rows, lattice.columns) / 4)
}

/** Fewer rows than this take the smaller default radius at the end. */
const FEW_ROWS = 200

/** The default radius at the end of training. It decides how smooth a map is; `docs/design/defaults.md` has the measurements. */
export const lastRadius = (rows: number): number => (rows < FEW_ROWS ? 0.7 : 0.8)

/** Fills in a phase's defaults and checks it. `path` is empty or `phases[i].`; `rows` is the number of rows to train on. */
export function checkPhase(options: PhaseOptions, lattice: Lattice, rows: number, path: string, issues: Issues): Phase {
  const epochs = options.epochs ?? TRAINING_DEFAULTS.epochs
  issues.integer(`${path}epochs`, epochs, 1, MOST_EPOCHS)
  const start = options.radius?.start ?? firstRadius(lattice)
  const radius = {
    start,
    end: options.radius?.end ?? Math.min(start, lastRadius(rows)),
    decay: decayOf(options.radius),
  }
  const rate = options.learningRate?.start ?? TRAINING_DEFAULTS.learningRate.start
  const learningRate = {
    start: rate,
    end: options.learningRate?.end ?? Math.min(rate, TRAINING_DEFAULTS.learningRate.end),
    decay: decayOf(options.learningRate),
  }
  checkSchedule(`${path}radius`, options.radius, radius, Number.POSITIVE_INFINITY, issues)
  checkSchedule(`${path}learningRate`, options.learningRate, learningRate, 1, issues)
  return { epochs, radius, learningRate }
}

function decayOf(schedule: Partial<Schedule> | undefined): Schedule['decay'] {
  return schedule?.decay ?? TRAINING_DEFAULTS.decay
}

/** Points at which a user's own decay is tried. */
const TRIES = 101

function checkSchedule(path: string, given: unknown, schedule: Schedule, most: number, issues: Issues): void {
  // What is no object was reported with the names of the options.
  if (given !== undefined && (typeof given !== 'object' || given === null)) return
  const before = issues.list.length
  for (const end of ['start', 'end'] as const) {
    if (issues.number(`${path}.${end}`, schedule[end], 0) && schedule[end] > most) {
      issues.add(`${path}.${end}`, `expected at most ${most}, found ${schedule[end]}`)
    }
  }
  if (typeof schedule.decay !== 'function') {
    if (!DECAYS.includes(schedule.decay)) {
      issues.add(`${path}.decay`, `expected one of ${DECAYS.join(', ')} or a function, found ${show(schedule.decay)}`)
    }
    return
  }
  if (issues.list.length > before) return
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
