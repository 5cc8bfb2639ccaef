import { basename, extname, resolve } from 'node:path'
import type { Issue } from '@som/core'
import type { ColumnChoice, Reading } from '@som/io'
import type { Derive, NormalOptions } from '@som/recipes'
import Result from 'true-myth/result'
import type { WatchFlags } from '../command-flags/watch-flags.ts'
import { dashed } from '../dashed.ts'
import { Flags } from '../flags.ts'
import { readingOf } from '../reading.ts'
import { type Running, runningOf } from '../running.ts'
import { timeUses } from '../time-uses.ts'

interface Common extends Running {
  readonly time?: string
  readonly json: boolean
  readonly reading: Reading
}

/** Learn what is normal from a table. */
export interface Learning extends Common {
  readonly kind: 'learn'
  readonly table: string
  readonly output: string
  readonly choice: ColumnChoice
  readonly options: NormalOptions
}

/** Calibrate a map on rows that it was not trained on. */
export interface Calibrating extends Common {
  readonly kind: 'calibrate'
  readonly map: string
  readonly table: string
  readonly output: string
}

/** Judge the rows of a stream. */
export interface Watching extends Common {
  readonly kind: 'watch'
  readonly map: string
  /** `-` is standard input. */
  readonly rows: string
  readonly output?: string
  readonly alpha?: number
  readonly notice?: number
  readonly follow: boolean
  readonly adapt: boolean
  readonly strict: boolean
}

export type WatchSettings = Learning | Calibrating | Watching

/** Which flags belong to which of the three; any other flag is reported. */
const OF_LEARNING = [
  'columns',
  'exclude',
  'categories',
  'times',
  'lag',
  'difference',
  'window',
  'heldOut',
  'size',
  'epochs',
  'seed',
] as const
const OF_WATCHING = ['alpha', 'notice', 'follow', 'adapt', 'strict'] as const

/**
 * The flags as settings, or every issue with them at once. Whether the first file is a map, or a table to
 * learn from, is `isMap`.
 */
export function watchSettings(
  files: readonly string[],
  isMap: boolean,
  flags: WatchFlags,
): Result<WatchSettings, Issue[]> {
  const read = new Flags()
  const [first, second] = files
  const kind = !isMap ? 'learn' : flags.calibrate ? 'calibrate' : 'watch'
  const others = [...(kind === 'learn' ? [] : OF_LEARNING), ...(kind === 'watch' ? [] : OF_WATCHING)]
  for (const name of others) {
    if (flags[name] !== undefined) read.add(`--${dashed(name)}`, WHY_NOT[kind])
  }
  if (kind === 'learn' && flags.calibrate) read.add('--calibrate', 'expected a map as the first file, found a table')
  if (kind === 'learn' && second !== undefined)
    read.add(
      second,
      'expected one file to learn from, found two; to judge rows of the second, run som watch again with the new map',
    )
  if (kind === 'calibrate' && second === undefined)
    read.add('rows', 'expected a table, found none: som watch map.som held-out.csv --calibrate -o normal.som')
  if (kind === 'calibrate' && flags.output === undefined)
    read.add('--output', 'expected a map file to write, found none')
  const common: Common = {
    time: flags.time,
    ...runningOf(read, flags),
    json: flags.json ?? false,
    reading: readingOf(read, flags),
  }
  const settings = settingsOf[kind](first, second, flags, read, common)
  if (settings.output !== undefined && files.some((file) => resolve(file) === resolve(settings.output ?? ''))) {
    const inPlace = kind === 'calibrate' && resolve(first) === resolve(settings.output)
    if (!inPlace) read.add('--output', `expected a file other than the input, found ${settings.output}`)
  }
  return read.issues.length > 0 ? Result.err(read.issues) : Result.ok(settings)
}

const WHY_NOT = {
  learn: 'only applies when judging rows; learn first, then: som watch normal.som rows.ndjson',
  calibrate: 'cannot be combined with --calibrate; leave it out',
  watch: 'only applies when learning; the map already has it',
} as const

type Make = (first: string, second: string | undefined, flags: WatchFlags, read: Flags, common: Common) => WatchSettings

const settingsOf: Record<WatchSettings['kind'], Make> = {
  learn(table, _, flags, read, common) {
    const size = read.pair('--size', flags.size, /x/i, 'rows x columns of units, for example 20x30', false)
    if (size?.some((side) => !Number.isInteger(side) || Number(side) < 1)) {
      read.add('--size', `expected whole numbers of at least 1, found ${flags.size}`)
    }
    const times = timeUses(read, flags.times)
    // The time of the rows is a feature only if it is requested.
    const isFeature = flags.time === undefined || Object.hasOwn(times ?? {}, flags.time)
    const exclude = [...(read.names(flags.exclude) ?? []), ...(isFeature ? [] : [flags.time])]
    return {
      ...common,
      kind: 'learn',
      table,
      output: flags.output ?? (table === '-' ? 'normal.som' : `${basename(table, extname(table))}.som`),
      choice: { columns: read.names(flags.columns), exclude, categories: read.names(flags.categories), times },
      options: {
        derive: [
          ...derives(read, '--lag', flags.lag, ['lag']),
          ...derives(read, '--difference', flags.difference, ['difference']),
          ...derives(read, '--window', flags.window, ['mean', 'deviation']),
        ],
        time: flags.time,
        heldOut: read.number('--held-out', flags.heldOut),
        lattice: size && { rows: size[0], columns: size[1] ?? 1 },
        epochs: read.integer('--epochs', flags.epochs, 1),
        seed: read.number('--seed', flags.seed),
      },
    }
  },
  calibrate: (map, table = '', flags, _, common) => ({
    ...common,
    kind: 'calibrate',
    map,
    table,
    output: flags.output ?? '',
  }),
  watch(map, rows = '-', flags, read, common) {
    if (common.json && flags.output === undefined)
      read.add('--json', 'needs --output: standard output holds the verdicts')
    if (flags.follow && rows === '-') read.add('--follow', 'needs a file: standard input is always read to its end')
    return {
      ...common,
      kind: 'watch',
      map,
      rows,
      output: flags.output,
      alpha: read.number('--alpha', flags.alpha),
      notice: read.number('--notice', flags.notice),
      follow: flags.follow ?? false,
      adapt: flags.adapt ?? false,
      strict: flags.strict ?? false,
    }
  },
}

/** `1,2` for every column, or `column=1,2` for one. */
function derives(read: Flags, path: string, texts: readonly string[] = [], as: readonly Derive['by'][]): Derive[] {
  return texts.flatMap((text) => {
    const equals = text.lastIndexOf('=')
    const column = equals > 0 ? text.slice(0, equals) : undefined
    return text
      .slice(equals + 1)
      .split(',')
      .flatMap((part): Derive[] => {
        const steps = read.integer(path, part, as.includes('mean') ? 2 : 1, 1000)
        return steps === undefined ? [] : as.map((by) => ({ ...(column !== undefined && { column }), by, steps }))
      })
  })
}
