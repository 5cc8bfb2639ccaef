import { CELLS, type Cell, SHAPES, type Shape } from '../map/lattice.ts'
import { METRICS, type MetricName } from '../map/measures.ts'
import { KERNELS, type KernelName } from '../map/neighbourhood.ts'
import { PREPROCESSINGS, type PreprocessingName, USUAL_PREPROCESSING } from '../rows/preprocessing.ts'
import type { Rule } from '../training-record.ts'
import { INITIALS, type InitialName } from './initial-name.ts'
import type { TrainOptions } from './options.ts'
import { DECAYS, type DecayName } from './schedule.ts'

/** A whole number from `least` to `most`. */
export interface IntegerOption {
  readonly kind: 'integer'
  readonly least: number
  readonly most?: number
  readonly default?: number
}

/** A finite number above `above` or of at least `least`, and of at most `most`. */
export interface NumberOption {
  readonly kind: 'number'
  readonly above?: number
  readonly least?: number
  readonly most?: number
  readonly default?: number
}

/** One of some names, or something of the user's own, which no file or request can hold. */
export interface ChoiceOption<T extends string = string> {
  readonly kind: 'choice'
  readonly of: readonly T[]
  readonly default: T
  readonly own?: OwnValue
}

/** A value of the user's own: what it is in a message, and whether something is one. */
export interface OwnValue {
  readonly noun: string
  readonly is: (value: unknown) => boolean
}

/** A value for each feature by its name, or one for all where `all` is set. */
export interface NamedOption<T extends NumberOption | ChoiceOption = NumberOption | ChoiceOption> {
  readonly kind: 'named'
  readonly each: T
  readonly all?: true
}

/** Options within an option. */
export interface GroupOption<T = Readonly<Record<string, Option>>> {
  readonly kind: 'group'
  readonly of: T
}

/** At least one group. */
export interface ListOption<T = Readonly<Record<string, Option>>> {
  readonly kind: 'list'
  readonly noun: string
  readonly each: GroupOption<T>
}

/** A name. */
export interface TextOption {
  readonly kind: 'text'
}

/** At least one name. */
export interface NamesOption {
  readonly kind: 'names'
  readonly noun: string
}

/** Rows or a map, which code gives and other doors read from files. */
export interface ObjectOption {
  readonly kind: 'object'
}

export type Option = Settled<
  | IntegerOption
  | NumberOption
  | ChoiceOption
  | NamedOption
  | GroupOption
  | ListOption
  | TextOption
  | NamesOption
  | ObjectOption
>

/** An option that may come from the map that training starts from (`from`), and is then refused beside it. */
type Settled<T> = T & { readonly settled?: true }

/** A default that is the same for all rows. */
type Fixed<T> = T & { readonly default: number }

type PhaseTable = {
  readonly epochs: Fixed<IntegerOption>
  readonly radius: GroupOption<{
    readonly start: NumberOption
    readonly end: NumberOption
    readonly decay: ChoiceOption<DecayName>
  }>
  readonly learningRate: GroupOption<{
    readonly start: Fixed<NumberOption> & { readonly most: number }
    readonly end: Fixed<NumberOption>
    readonly decay: ChoiceOption<DecayName>
  }>
}

export type LayerTable = {
  readonly name: TextOption
  readonly features: NamesOption
  readonly metric: ChoiceOption<MetricName>
  readonly weight: Fixed<NumberOption>
  readonly scale: NumberOption
  readonly preprocessing: ChoiceOption<PreprocessingName>
}

type OptionTable = PhaseTable & {
  readonly samples: ObjectOption
  readonly lattice: Settled<
    GroupOption<{
      readonly cell: ChoiceOption<Cell>
      readonly shape: ChoiceOption<Shape>
      readonly rows: IntegerOption
      readonly columns: IntegerOption
      readonly units: IntegerOption
    }>
  >
  readonly metric: Settled<ChoiceOption<MetricName>>
  readonly layers: Settled<ListOption<LayerTable>>
  readonly kernel: Settled<ChoiceOption<KernelName>>
  readonly rule: ChoiceOption<Rule>
  readonly phases: ListOption<PhaseTable>
  readonly batchSize: Fixed<IntegerOption>
  readonly order: ChoiceOption<'shuffled' | 'sequential'>
  readonly decayPer: ChoiceOption<'step' | 'epoch'>
  readonly initial: Settled<ChoiceOption<InitialName>>
  readonly from: ObjectOption
  readonly preprocessing: Settled<NamedOption<ChoiceOption<PreprocessingName>>>
  readonly cofactor: Settled<Fixed<NumberOption>>
  readonly featureWeights: Settled<NamedOption<Fixed<NumberOption>>>
  readonly seed: Fixed<IntegerOption>
  readonly stop: GroupOption<{ readonly patience: Fixed<IntegerOption>; readonly tolerance: Fixed<NumberOption> }>
  readonly resume: ObjectOption
}

/** The most units a lattice may have: matches are 32-bit, and a map of more could not be looked at. */
export const MOST_UNITS: number = 2 ** 27

const ownFunction: OwnValue = { noun: 'a function', is: (value) => typeof value === 'function' }

/** Its size is checked when that of the map is known. */
const ownCodebook: OwnValue = { noun: 'a codebook', is: (value) => typeof value === 'object' && value !== null }

/** An object with a name and a function. */
const named = (member: string): OwnValue => ({
  noun: `{ name, ${member} }`,
  is(value) {
    const { name, [member]: does } = (value ?? {}) as Record<string, unknown>
    return typeof name === 'string' && typeof does === 'function'
  },
})

const decay: ChoiceOption<DecayName> = { kind: 'choice', of: DECAYS, default: 'exponential', own: ownFunction }

const phase: PhaseTable = {
  epochs: { kind: 'integer', least: 1, most: 1e9, default: 20 },
  radius: {
    kind: 'group',
    of: { start: { kind: 'number', above: 0 }, end: { kind: 'number', above: 0 }, decay },
  },
  learningRate: {
    kind: 'group',
    of: {
      start: { kind: 'number', above: 0, most: 1, default: 0.5 },
      end: { kind: 'number', above: 0, most: 1, default: 0.01 },
      decay,
    },
  },
}

/**
 * Every option of training: its values, its range and its default. What core checks, the flags of `som train`, the
 * schema of jobs and the table of the docs are made of it. An option without a default here takes one from the rows, or
 * is off.
 */
export const OPTIONS: OptionTable & Readonly<Record<keyof TrainOptions, Option>> = {
  samples: { kind: 'object' },
  lattice: {
    kind: 'group',
    settled: true,
    of: {
      cell: { kind: 'choice', of: CELLS, default: 'rectangular' },
      shape: { kind: 'choice', of: SHAPES, default: 'sheet' },
      rows: { kind: 'integer', least: 1, most: MOST_UNITS },
      columns: { kind: 'integer', least: 1, most: MOST_UNITS },
      units: { kind: 'integer', least: 1, most: MOST_UNITS },
    },
  },
  metric: { kind: 'choice', settled: true, of: METRICS, default: 'euclidean', own: named('distance') },
  layers: {
    kind: 'list',
    settled: true,
    noun: 'layer',
    each: {
      kind: 'group',
      of: {
        name: { kind: 'text' },
        features: { kind: 'names', noun: 'feature' },
        metric: { kind: 'choice', of: METRICS, default: 'euclidean' },
        weight: { kind: 'number', least: 0, most: 1e9, default: 1 },
        scale: { kind: 'number', above: 0, most: 1e30 },
        preprocessing: { kind: 'choice', of: PREPROCESSINGS, default: USUAL_PREPROCESSING },
      },
    },
  },
  kernel: { kind: 'choice', settled: true, of: KERNELS, default: 'gaussian', own: named('influence') },
  rule: { kind: 'choice', of: ['batch', 'online', 'mini-batch'], default: 'batch' },
  ...phase,
  phases: { kind: 'list', noun: 'phase', each: { kind: 'group', of: phase } },
  batchSize: { kind: 'integer', least: 1, default: 256 },
  order: { kind: 'choice', of: ['shuffled', 'sequential'], default: 'shuffled' },
  decayPer: { kind: 'choice', of: ['step', 'epoch'], default: 'step' },
  initial: { kind: 'choice', settled: true, of: INITIALS, default: 'linear', own: ownCodebook },
  from: { kind: 'object' },
  preprocessing: {
    kind: 'named',
    settled: true,
    all: true,
    each: { kind: 'choice', of: PREPROCESSINGS, default: USUAL_PREPROCESSING },
  },
  cofactor: { kind: 'number', settled: true, above: 0, default: 5 },
  featureWeights: { kind: 'named', settled: true, each: { kind: 'number', least: 0, default: 1 } },
  seed: { kind: 'integer', least: 0, default: 0 },
  stop: {
    kind: 'group',
    of: {
      patience: { kind: 'integer', least: 1, default: 3 },
      tolerance: { kind: 'number', above: 0, default: 1e-4 },
    },
  },
  resume: { kind: 'object' },
}
