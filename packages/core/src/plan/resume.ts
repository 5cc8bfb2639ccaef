import type { Issues } from '../issue.ts'
import type { Som } from '../som.ts'
import type { RecordedPhase, RecordedSchedule } from '../training-record.ts'
import type { PhaseOptions, TrainOptions } from './options.ts'
import type { DecayFunction, Schedule } from './schedule.ts'

/**
 * The options that an unfinished run was started with, from its record. A decay of the user's own is not in the record:
 * it is taken from `given.phases` or `given`.
 */
export function resumeOptions(given: TrainOptions, issues: Issues): TrainOptions {
  const som = given.resume
  if (som === undefined) return given
  const record = som.training
  if (record.unfinished === undefined)
    issues.add('resume', 'expected an unfinished run, found one that has ended; start from it with `from`')
  checkResumed(given, issues)
  const givenPhases: readonly PhaseOptions[] = given.phases ?? [given]
  return {
    samples: given.samples,
    rule: record.rule,
    phases: record.phases.map((phase, i) => phaseOf(phase, givenPhases[i], `phases[${i}]`, issues)),
    batchSize: record.batchSize,
    order: record.order,
    decayPer: record.decayPer,
    seed: record.seed,
    stop: record.stop,
    resume: som,
  }
}

/**
 * Reports options that come from the run that is resumed: all but the user's own decays, which a record cannot hold.
 */
export function checkResumed(given: Partial<TrainOptions>, issues: Issues): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || name === 'samples' || name === 'resume') continue
    if (!hasOwnDecay(value)) issues.add(name, 'comes from the run that is resumed; leave it out')
  }
}

function hasOwnDecay(option: unknown): boolean {
  if (Array.isArray(option))
    return option.some((phase) => hasOwnDecay(phase?.radius) || hasOwnDecay(phase?.learningRate))
  return typeof (option as Partial<Schedule> | null)?.decay === 'function'
}

/** Checks that a resumed run has the same rows in the same order, and a whole record of where it stands. */
export function checkResume(som: Som, digest: string, rows: number, issues: Issues): void {
  const { training, codebook } = som
  const start = training.unfinished?.epochStart
  if (start !== undefined && start?.data?.length !== codebook.data.length) {
    issues.add('resume', 'expected training.unfinished.epochStart to be a codebook of the size of this map')
  }
  if (training.digest === digest) return
  const found =
    training.rows === rows ? `${rows} rows with other numbers or weights, or in another order` : `${rows} rows`
  issues.add('resume', `expected the ${training.rows} rows that the run was started with, found ${found}`)
}

function phaseOf(phase: RecordedPhase, given: PhaseOptions | undefined, path: string, issues: Issues): PhaseOptions {
  return {
    epochs: phase.epochs,
    radius: scheduleOf(phase.radius, given?.radius, `${path}.radius`, issues),
    learningRate: scheduleOf(phase.learningRate, given?.learningRate, `${path}.learningRate`, issues),
  }
}

function scheduleOf(
  recorded: RecordedSchedule,
  given: Partial<Schedule> | undefined,
  path: string,
  issues: Issues,
): Schedule {
  const { start, end, decay } = recorded
  if (decay !== 'custom') return { start, end, decay }
  if (typeof given?.decay === 'function') return { start, end, decay: given.decay }
  issues.add(path, 'this run used a decay function of your own, which no file can hold: give the same one again')
  const flat: DecayFunction = () => start
  return { start, end, decay: flat }
}
