import { basename, extname, resolve } from 'node:path'
import { checkTrainOptions, type Issue, PREPROCESSINGS, type PreprocessingName } from '@som/core'
import type { ColumnChoice, Reading, TargetChoice } from '@som/io'
import { type Tracking, trackingOf } from '@som/tracking'
import Result from 'true-myth/result'
import type { TrainFlags } from '../command-flags/train-flags.ts'
import { Flags } from '../flags.ts'
import { flagOf } from '../option-flags.ts'
import { type FlagOptions, readMethods, readOptions } from '../read-options.ts'
import { readingOf } from '../reading.ts'
import { type Running, runningOf } from '../running.ts'
import { targetChoices } from '../target-choices.ts'
import { timeUses } from '../time-uses.ts'

/** The settings of `som train`, checked as far as possible without the table. */
export interface Settings extends Running {
  readonly table: string
  readonly output: string
  readonly choice: ColumnChoice
  /** Columns to predict once the map is trained. */
  readonly targets: readonly TargetChoice[]
  readonly reading: Reading
  readonly options: Omit<FlagOptions, 'preprocessing'>
  /** The method for every feature, and for some features by name. */
  readonly preprocessing: {
    readonly all?: PreprocessingName
    readonly byName: Readonly<Record<string, PreprocessingName>>
  }
  readonly from?: string
  readonly resume?: string
  readonly checkpointEvery?: number
  /** Bytes that training may use. */
  readonly memory?: number
  readonly track?: Tracking
  /** The model's name in the tracking server's registry. */
  readonly register?: string
  readonly json: boolean
}

/** Node and the embedded database need this much before the first row is read. */
const LEAST_MEMORY = 2 ** 29

/** The flags as settings, or every issue with them at once. */
export function trainSettings(table: string, flags: TrainFlags): Result<Settings, Issue[]> {
  const read = new Flags()
  const targets = targetChoices(read, flags.target)
  const settings: Settings = {
    table,
    output: flags.output ?? defaultOutput(table),
    choice: {
      columns: read.names(flags.columns),
      exclude: read.names(flags.exclude),
      label: flags.label,
      id: flags.id,
      weight: flags.weight,
      categories: read.names(flags.categories),
      times: timeUses(read, flags.times),
      ...(targets.length > 0 && { targets: targets.map(({ name }) => name) }),
    },
    targets,
    reading: readingOf(read, flags),
    options: readOptions(read, flags),
    preprocessing: preprocessing(read, flags.preprocessing),
    from: flags.from,
    resume: flags.resume,
    checkpointEvery: read.integer('--checkpoint-every', flags.checkpointEvery, 1),
    track: tracking(read, flags.track, flags.register),
    register: flags.register,
    memory: read.bytes('--memory', flags.memory, LEAST_MEMORY),
    ...runningOf(read, flags),
    json: flags.json ?? false,
  }
  checkTogether(read, settings)
  read.issues.push(...optionIssues(settings))
  return read.issues.length > 0 ? Result.err(read.issues) : Result.ok(settings)
}

/** What core finds wrong with the options, before any samples are read. */
function optionIssues({ options, preprocessing: { all, byName }, resume, from }: Settings): Issue[] {
  const preprocessing = Object.keys(byName).length > 0 ? byName : all
  const origin = resume !== undefined ? 'resume' : from !== undefined ? 'from' : undefined
  return checkTrainOptions({ ...options, ...(preprocessing && { preprocessing }) }, origin).map(asFlag)
}

/** An issue of core's under the flag, or the flags, that it came from. A feature's own is named as well. */
export function asFlag({ path, message }: Issue): Issue {
  return { path: path.split(', ').map(flagAt).join(', '), message }
}

function flagAt(path: string): string {
  const [first, inner] = path.split(/[.[](.*)/s)
  if (first === 'targets') return inner ? `--target ${inner}` : '--target'
  const flag = flagOf(path) ?? flagOf(first) ?? (OTHERS.includes(path) ? `--${path}` : path)
  return first === 'featureWeights' && inner ? `${flag} ${inner}` : flag
}

/** Flags that are called as what they are in code. */
const OTHERS = ['from', 'resume', 'backend']

function checkTogether(read: Flags, { table, output, choice, from, resume }: Settings): void {
  if (resolve(output) === resolve(table))
    read.add('--output', 'expected a file other than the table, found the table itself')
  if (from !== undefined && resume !== undefined) read.add('--resume', 'cannot be combined with --from; leave one out')
  if (from === undefined && resume === undefined) return
  if (choice.columns || choice.exclude || choice.categories || choice.times) {
    const origin = resume === undefined ? '--from' : '--resume'
    read.add(origin, 'takes its features from the map; leave out --columns, --exclude, --categories and --times')
  }
}

function preprocessing(read: Flags, texts: readonly string[] | undefined): Settings['preprocessing'] {
  const all = texts?.filter((text) => !text.includes('=')).at(-1)
  const named = texts?.filter((text) => text.includes('='))
  return { all: read.choice('--preprocessing', all, PREPROCESSINGS), byName: readMethods(read, named) }
}

function tracking(read: Flags, text: string | undefined, register: string | undefined): Tracking | undefined {
  if (register !== undefined && !/(^|,)\s*mlflow\b/.test(text ?? ''))
    read.add('--register', 'needs --track mlflow: the registry belongs to the MLflow server')
  if (register?.trim() === '') read.add('--register', 'expected a name, found none')
  if (text === undefined) return undefined
  const found = trackingOf(text)
  if (found.isOk) return found.value
  read.add('--track', found.error)
  return undefined
}

function defaultOutput(table: string): string {
  // A query or a file pattern does not give a name.
  return table === '-' || /[\s*?[]/.test(table) ? 'map.som' : `${basename(table, extname(table))}.som`
}
