import {
  type LayerOptions,
  METRICS,
  type PhaseOptions,
  PREPROCESSINGS,
  type PreprocessingName,
  type TrainOptions,
} from '@som/core'
import { optionAt } from '@som/core/options'
import type { Flags } from './flags.ts'
import { flagNamed, OPTION_FLAGS, type OptionFlagName, type OptionFlags } from './option-flags.ts'

/** Options of training that flags hold. */
export type FlagOptions = Omit<TrainOptions, 'samples' | 'from' | 'resume'>

/** How the flags are written that set two options. */
const PAIRS: Readonly<Record<string, { readonly separator: RegExp; readonly form: string; readonly alone: boolean }>> =
  {
    size: { separator: /x/i, form: 'rows x columns of units such as 40x60', alone: false },
    radius: { separator: /:/, form: 'start:end such as 10:0.5', alone: true },
    rate: { separator: /:/, form: 'start:end such as 0.5:0.01', alone: true },
    stop: { separator: /:/, form: 'patience:tolerance such as 3:0.0001', alone: true },
  }

/**
 * The options that flags set, except for preprocessing, which waits for the names of the features. Ranges are core's to
 * check.
 */
export function readOptions(read: Flags, flags: OptionFlags): FlagOptions {
  const options: Record<string, unknown> = {}
  for (const name of Object.keys(OPTION_FLAGS) as OptionFlagName[]) {
    if (name === 'preprocessing') continue
    const values = valuesOf(read, name, flags[name])
    OPTION_FLAGS[name].sets.forEach((path, i) => {
      put(options, path, values[i])
    })
  }
  // Each path is that of an option, and each value was read as its option's kind.
  return options as FlagOptions
}

/** The values of a flag's options, in their order. */
function valuesOf(
  read: Flags,
  name: OptionFlagName,
  given: string | readonly string[] | undefined,
): readonly unknown[] {
  if (given === undefined) return []
  const flag = flagNamed(name)
  const option = optionAt(OPTION_FLAGS[name].sets[0])
  if (typeof given !== 'string') return [name === 'layer' ? readLayers(read, given) : readWeights(read, given)]
  if (name in PAIRS) {
    const { separator, form, alone } = PAIRS[name]
    return read.pair(flag, given, separator, form, alone) ?? []
  }
  if (option.kind === 'choice') return [read.choice(flag, given, option.of)]
  return [option.kind === 'list' ? readPhases(read, given) : read.number(flag, given)]
}

/** Puts a value where its path leads, and makes the groups on the way. */
function put(options: Record<string, unknown>, path: string, value: unknown): void {
  if (value === undefined) return
  const [name, inner] = path.split('.')
  options[name] = inner === undefined ? value : { ...(options[name] as object | undefined), [inner]: value }
}

/** `column=number`, the weight of a feature. */
export function readWeights(read: Flags, texts: readonly string[] | undefined): Record<string, number> | undefined {
  const weights = read.assignments('--feature-weight', texts).flatMap(([name, text]): [string, number][] => {
    const weight = read.number(`--feature-weight ${name}`, text)
    return weight === undefined ? [] : [[name, weight]]
  })
  return weights.length > 0 ? Object.fromEntries(weights) : undefined
}

/**
 * Layers, each as `name=columns`, then metric, weight, scale and preprocessing where they are wanted, with colons
 * before.
 */
export function readLayers(read: Flags, texts: readonly string[]): LayerOptions[] {
  return texts.flatMap((text): LayerOptions[] => {
    const [, name, columns, rest] = LAYER.exec(text) ?? []
    if (name === undefined) {
      const found = JSON.stringify(text)
      read.add('--layer', `expected name=columns:metric:weight such as chem=alcohol,ash:manhattan:2, found ${found}`)
      return []
    }
    const at = `--layer ${name.trim()}`
    const [metric, weight, scale, method, ...more] = rest === undefined ? [] : rest.split(':')
    if (more.length > 0)
      read.add(at, `expected a metric, a weight, a scale and a preprocessing at most, found ${JSON.stringify(rest)}`)
    const [chosen, heavy, scaled, prepared] = [
      read.choice(at, metric || undefined, METRICS),
      read.number(at, weight || undefined),
      read.number(at, scale || undefined),
      read.choice(at, method || undefined, PREPROCESSINGS),
    ]
    return [
      {
        name: name.trim(),
        features: read.names([columns]) ?? [],
        ...(chosen !== undefined && { metric: chosen }),
        ...(heavy !== undefined && { weight: heavy }),
        ...(scaled !== undefined && { scale: scaled }),
        ...(prepared !== undefined && { preprocessing: prepared }),
      },
    ]
  })
}

/** A column in double quotes may have colons. */
const LAYER = /^([^=]*)=((?:"[^"]*"|[^":])+)(?::(.*))?$/s

/** `column=method`, the preprocessing of a feature. */
export function readMethods(read: Flags, texts: readonly string[] | undefined): Record<string, PreprocessingName> {
  const methods = read.assignments('--preprocessing', texts).flatMap(([name, text]): [string, PreprocessingName][] => {
    const method = read.choice(`--preprocessing ${name}`, text, PREPROCESSINGS)
    return method === undefined ? [] : [[name, method]]
  })
  return Object.fromEntries(methods)
}

/**
 * Phases as `epochs:start-end`, with commas between and a name before each where wanted: `rough:10:8-2,fine:20:2-0.8`.
 */
function readPhases(read: Flags, text: string): PhaseOptions[] {
  return text.split(',').map((phase) => {
    const [, epochs, start, end] = /^(?:[a-z-]+:)?(\d+):([\d.]+)-([\d.]+)$/i.exec(phase.trim()) ?? []
    if (end !== undefined && [start, end].every((radius) => Number.isFinite(Number(radius))))
      return { epochs: Number(epochs), radius: { start: Number(start), end: Number(end) } }
    const found = JSON.stringify(phase)
    read.add('--phases', `expected name:epochs:radius-radius such as rough:10:8-2,fine:20:2-0.8, found ${found}`)
    return {}
  })
}
