import { basename, extname, resolve } from 'node:path'
import {
  CELLS,
  checkTrainOptions,
  DECAYS,
  INITIALS,
  type Issue,
  KERNELS,
  METRICS,
  type PhaseOptions,
  PREPROCESSINGS,
  type PreprocessingName,
  SETTLED_BY_FROM,
  SHAPES,
  type TrainOptions,
} from '@som/core'
import type { ColumnChoice, Reading } from '@som/io'
import { BACKENDS, type BackendName, MOST_THREADS } from '@som/server/command'
import { type Tracking, trackingOf } from '@som/tracking'
import Result from 'true-myth/result'
import type { TrainFlags } from '../command-flags/train-flags.ts'
import { defined } from '../defined.ts'
import { Flags } from '../flags.ts'
import { readingOf } from '../reading.ts'
import { timeUses } from '../time-uses.ts'

/** What `som train` was asked for, checked as far as it can be without the table. */
export interface Settings {
  readonly table: string
  readonly output: string
  readonly choice: ColumnChoice
  readonly reading: Reading
  readonly options: Omit<TrainOptions, 'samples' | 'preprocessing' | 'from' | 'resume'>
  /** The method for every feature, and for some by name. */
  readonly preprocessing: {
    readonly all?: PreprocessingName
    readonly byName: Readonly<Record<string, PreprocessingName>>
  }
  readonly from?: string
  readonly resume?: string
  readonly checkpointEvery?: number
  /** Bytes that training may take. */
  readonly memory?: number
  readonly track?: Tracking
  /** What the model is called in the tracking server's registry. */
  readonly register?: string
  readonly backend: BackendName
  readonly threads?: number
  readonly json: boolean
}

/** Node and the embedded database need as much before there is a row. */
const LEAST_MEMORY = 2 ** 29

const RULES = ['batch', 'online', 'mini-batch'] as const
const ORDERS = ['shuffled', 'sequential'] as const
const DECAY_PERIODS = ['step', 'epoch'] as const

/** The flags as settings, or every issue with them at once. */
export function trainSettings(table: string, flags: TrainFlags): Result<Settings, Issue[]> {
  const read = new Flags()
  const size = read.pair('--size', flags.size, /x/i, 'rows x columns of units such as 40x60', false)
  const units = read.integer('--units', flags.units, 1)
  const radius = read.pair('--radius', flags.radius, /:/, 'start:end such as 10:0.5', true)
  const rate = read.pair('--rate', flags.rate, /:/, 'start:end such as 0.5:0.01', true)
  const stop = read.pair('--stop', flags.stop, /:/, 'patience:tolerance such as 3:0.0001', true)
  const cell = read.choice('--lattice', flags.lattice, CELLS)
  const shape = read.choice('--shape', flags.shape, SHAPES)
  const radiusDecay = read.choice('--radius-decay', flags.radiusDecay, DECAYS)
  const rateDecay = read.choice('--rate-decay', flags.rateDecay, DECAYS)
  const options: Settings['options'] = defined({
    lattice: nonEmpty({ cell, shape, rows: size?.[0], columns: size?.[1], units }),
    metric: read.choice('--metric', flags.metric, METRICS),
    kernel: read.choice('--kernel', flags.kernel, KERNELS),
    rule: read.choice('--rule', flags.rule, RULES),
    initial: read.choice('--initial', flags.initial, INITIALS),
    epochs: read.number('--epochs', flags.epochs),
    radius: nonEmpty({ start: radius?.[0], end: radius?.[1], decay: radiusDecay }),
    learningRate: nonEmpty({ start: rate?.[0], end: rate?.[1], decay: rateDecay }),
    batchSize: read.number('--batch-size', flags.batchSize),
    order: read.choice('--order', flags.order, ORDERS),
    decayPer: read.choice('--decay-per', flags.decayPer, DECAY_PERIODS),
    phases: phases(read, flags.phases),
    cofactor: read.number('--cofactor', flags.cofactor),
    seed: read.number('--seed', flags.seed),
    stop: stop && nonEmpty({ patience: stop[0], tolerance: stop[1] }),
    featureWeights: featureWeights(read, flags.featureWeight),
  })
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
    },
    reading: readingOf(read, flags),
    options,
    preprocessing: preprocessing(read, flags.preprocessing),
    from: flags.from,
    resume: flags.resume,
    checkpointEvery: read.integer('--checkpoint-every', flags.checkpointEvery, 1),
    track: tracking(read, flags.track, flags.register),
    register: flags.register,
    memory: read.bytes('--memory', flags.memory, LEAST_MEMORY),
    backend: read.choice('--backend', flags.backend, BACKENDS) ?? 'auto',
    threads: read.integer('--threads', flags.threads, 1, MOST_THREADS),
    json: flags.json ?? false,
  }
  checkTogether(read, settings)
  read.issues.push(...optionIssues(settings))
  return read.issues.length > 0 ? Result.err(read.issues) : Result.ok(settings)
}

/** What core finds wrong with the options before there are samples. */
function optionIssues({ options, resume, from }: Settings): Issue[] {
  return resume === undefined && from === undefined ? checkTrainOptions(options).map(asFlag) : []
}

/** An issue of core's under the flag that it came from. */
export function asFlag({ path, message }: Issue): Issue {
  const known = Object.entries(FLAG_OF).find(([prefix]) => path === prefix || path.startsWith(`${prefix}.`))
  return known === undefined ? { path, message } : { path: known[1], message }
}

const FLAG_OF: Readonly<Record<string, string>> = {
  'lattice.cell': '--lattice',
  'lattice.shape': '--shape',
  'lattice.units': '--units',
  lattice: '--size',
  'radius.decay': '--radius-decay',
  radius: '--radius',
  'learningRate.decay': '--rate-decay',
  learningRate: '--rate',
  batchSize: '--batch-size',
  decayPer: '--decay-per',
  featureWeights: '--feature-weight',
  preprocessing: '--preprocessing',
  stop: '--stop',
  ...Object.fromEntries(
    [
      'metric',
      'kernel',
      'rule',
      'epochs',
      'order',
      'phases',
      'cofactor',
      'seed',
      'initial',
      'from',
      'resume',
      'backend',
    ].map((name) => [name, `--${name}`]),
  ),
}

function checkTogether(read: Flags, { table, output, choice, options, preprocessing, from, resume }: Settings): void {
  if (resolve(output) === resolve(table))
    read.add('--output', 'expected another file than the table, found the table itself')
  if (from !== undefined && resume !== undefined)
    read.add('--resume', 'goes on with a run and takes no --from; leave one out')
  const origin = resume === undefined ? '--from' : '--resume'
  if (from === undefined && resume === undefined) return
  if (choice.columns || choice.exclude || choice.categories || choice.times)
    read.add(origin, 'takes its features from the map; leave --columns, --exclude, --categories and --times out')
  if (preprocessing.all || Object.keys(preprocessing.byName).length > 0) {
    read.add(origin, 'takes its preprocessing from the map; leave --preprocessing out')
  }
  const settled = Object.keys(options).filter(
    (name) => resume !== undefined || SETTLED_BY_FROM.some((settled) => settled === name),
  )
  if (settled.length > 0) {
    const named = settled.map((name) => asFlag({ path: name, message: '' }).path).join(', ')
    read.add(origin, `takes these from the map; leave them out: ${named}`)
  }
}

function preprocessing(read: Flags, texts: readonly string[] | undefined): Settings['preprocessing'] {
  const all = texts?.filter((text) => !text.includes('=')).at(-1)
  const named = read.assignments(
    '--preprocessing',
    texts?.filter((text) => text.includes('=')),
  )
  const byName = named.flatMap(([name, method]): [string, PreprocessingName][] => {
    const found = read.choice(`--preprocessing ${name}`, method, PREPROCESSINGS)
    return found === undefined ? [] : [[name, found]]
  })
  return { all: read.choice('--preprocessing', all, PREPROCESSINGS), byName: Object.fromEntries(byName) }
}

function featureWeights(read: Flags, texts: readonly string[] | undefined): Record<string, number> | undefined {
  const weights: Record<string, number> = {}
  for (const [name, text] of read.assignments('--feature-weight', texts)) {
    const weight = read.number(`--feature-weight ${name}`, text)
    if (weight === undefined) continue
    if (weight >= 0 && Number.isFinite(weight)) weights[name] = weight
    else read.add(`--feature-weight ${name}`, `expected a finite number of at least 0, found ${text}`)
  }
  return nonEmpty(weights)
}

/** Phases as `epochs:start-end`, with commas between and a name before each where wanted: `rough:10:8-2,fine:20:2-0.8`. */
function phases(read: Flags, text: string | undefined): PhaseOptions[] | undefined {
  return text?.split(',').map((phase) => {
    const [, epochs, start, end] = /^(?:[a-z-]+:)?(\d+):([\d.]+)-([\d.]+)$/i.exec(phase.trim()) ?? []
    if (end !== undefined && [start, end].every((radius) => Number.isFinite(Number(radius))))
      return { epochs: Number(epochs), radius: { start: Number(start), end: Number(end) } }
    const found = JSON.stringify(phase)
    read.add('--phases', `expected name:epochs:radius-radius such as rough:10:8-2,fine:20:2-0.8, found ${found}`)
    return {}
  })
}

function tracking(read: Flags, text: string | undefined, register: string | undefined): Tracking | undefined {
  if (register !== undefined && !/(^|,)\s*mlflow\b/.test(text ?? ''))
    read.add('--register', "needs --track mlflow: the registry is the server's")
  if (register?.trim() === '') read.add('--register', 'expected a name, found none')
  const found = text === undefined ? undefined : trackingOf(text)
  if (typeof found !== 'string') return found
  read.add('--track', found)
  return undefined
}

function defaultOutput(table: string): string {
  // A query or a pattern of files is no name.
  return table === '-' || /[\s*?[]/.test(table) ? 'map.som' : `${basename(table, extname(table))}.som`
}

function nonEmpty<T extends object>(entries: T): T | undefined {
  const kept = defined(entries)
  return Object.keys(kept).length > 0 ? kept : undefined
}
