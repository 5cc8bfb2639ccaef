import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { describeOption, type OptionPath, optionAt } from '@som/core/options'
import { collect } from './collect.ts'
import { dashed } from './dashed.ts'

/** How an option of training is written on the command line. */
export interface OptionFlag {
  /** What stands after it. */
  readonly takes: string
  /** The options that it sets, in the order of its value. */
  readonly sets: readonly OptionPath[]
  /** What it is, where core's sentence about its option does not do. */
  readonly is?: string
  readonly default?: string
}

export type OptionFlagName =
  | 'size'
  | 'units'
  | 'lattice'
  | 'shape'
  | 'kernel'
  | 'metric'
  | 'layer'
  | 'rule'
  | 'epochs'
  | 'radius'
  | 'radiusDecay'
  | 'rate'
  | 'rateDecay'
  | 'decayPer'
  | 'phases'
  | 'batchSize'
  | 'order'
  | 'initial'
  | 'preprocessing'
  | 'cofactor'
  | 'featureWeight'
  | 'seed'
  | 'stop'

/** The flags of options as they were written. */
export type OptionFlags = {
  readonly [K in OptionFlagName]?: K extends 'preprocessing' | 'featureWeight' | 'layer' ? string[] : string
}

const usual = (path: OptionPath): string => describeOption(path).default

/** Each option of training has one flag: names, ranges and defaults are those of core's table. */
export const OPTION_FLAGS: Readonly<Record<OptionFlagName, OptionFlag>> = {
  size: {
    takes: 'rows x columns',
    sets: ['lattice.rows', 'lattice.columns'],
    is: 'units of the map, such as 40x60',
    default: usual('lattice.units'),
  },
  units: { takes: 'n', sets: ['lattice.units'] },
  lattice: { takes: 'cell', sets: ['lattice.cell'] },
  shape: { takes: 'shape', sets: ['lattice.shape'] },
  kernel: { takes: 'name', sets: ['kernel'] },
  metric: { takes: 'name', sets: ['metric'] },
  layer: {
    takes: 'name=columns[:metric[:weight[:scale[:method]]]]',
    sets: ['layers'],
    is: 'a group of features with a metric, a weight and a preprocessing of its own, such as chem=alcohol,ash:manhattan:2; once for each group',
  },
  rule: { takes: 'name', sets: ['rule'] },
  epochs: { takes: 'n', sets: ['epochs'] },
  radius: {
    takes: 'start:end',
    sets: ['radius.start', 'radius.end'],
    is: 'neighbourhood radius in units',
    default: `${usual('radius.start')} to ${usual('radius.end')}`,
  },
  radiusDecay: { takes: 'name', sets: ['radius.decay'] },
  rate: {
    takes: 'start:end',
    sets: ['learningRate.start', 'learningRate.end'],
    is: 'learning rate of the online and mini-batch rules',
    default: `${usual('learningRate.start')}:${usual('learningRate.end')}`,
  },
  rateDecay: { takes: 'name', sets: ['learningRate.decay'] },
  decayPer: { takes: 'step|epoch', sets: ['decayPer'] },
  phases: {
    takes: 'list',
    sets: ['phases'],
    is: 'several phases in place of --epochs and --radius, each name:epochs:radius-radius, such as rough:10:8-2,fine:20:2-0.8',
  },
  batchSize: { takes: 'n', sets: ['batchSize'] },
  order: { takes: 'name', sets: ['order'] },
  initial: { takes: 'name', sets: ['initial'] },
  preprocessing: { takes: 'method', sets: ['preprocessing'], is: 'how values are scaled, or column=method for one' },
  cofactor: { takes: 'number', sets: ['cofactor'] },
  featureWeight: {
    takes: 'column=number',
    sets: ['featureWeights'],
    is: 'how much a feature counts in distances; 0 shows it without counting it',
  },
  seed: { takes: 'n', sets: ['seed'] },
  stop: {
    takes: 'patience:tolerance',
    sets: ['stop.patience', 'stop.tolerance'],
    is: 'stop when the map moves less than the tolerance for this many epochs, such as 3:0.0001',
    default: 'off',
  },
}

/** A flag as it is typed: `--batch-size`. */
export const flagNamed = (name: string): string => `--${dashed(name)}`

/** The flag of an option, by the path of the option or of a group that holds it. */
export function flagOf(path: string): string | undefined {
  const names = Object.keys(OPTION_FLAGS) as OptionFlagName[]
  const named = names.find((name) => OPTION_FLAGS[name].sets.some((set) => set === path || set.startsWith(`${path}.`)))
  return named && flagNamed(named)
}

/** What a command says instead of `som train`'s text for a flag. */
type Instead = Partial<Pick<OptionFlag, 'takes' | 'is' | 'default'>>

/** Gives a command flags of options, with their help. `instead` has what is different for this command. */
export function addOptionFlags(
  command: CommandUnknownOpts,
  names: readonly OptionFlagName[],
  instead: { readonly [K in OptionFlagName]?: Instead } = {},
): void {
  for (const name of names) {
    const flag = { ...OPTION_FLAGS[name], ...instead[name] }
    const option = optionAt(flag.sets[0])
    const written = `${flagNamed(name)} <${flag.takes}>`
    // A value for each feature, or a layer: the flag may be given several times.
    if (option.kind === 'named' || name === 'layer') command.option(written, helpOf(flag), collect)
    else command.option(written, helpOf(flag))
  }
}

function helpOf(flag: OptionFlag): string {
  const option = optionAt(flag.sets[0])
  const { is, values, default: usual } = describeOption(flag.sets[0])
  const isChoice = option.kind === 'choice' || (option.kind === 'named' && option.each.kind === 'choice')
  return `${flag.is ?? is}${isChoice ? `: ${values}` : ''} (default: ${flag.default ?? usual})`
}
