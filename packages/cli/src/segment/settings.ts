import { basename, extname, resolve } from 'node:path'
import { CLUSTER_METHODS, type Issue } from '@som/core'
import type { ColumnChoice, Reading } from '@som/io'
import type { SegmentOptions } from '@som/recipes'
import Result from 'true-myth/result'
import type { SegmentFlags } from '../command-flags/segment-flags.ts'
import { dashed } from '../dashed.ts'
import { Flags } from '../flags.ts'
import { readMethods, readWeights } from '../read-options.ts'
import { readingOf } from '../reading.ts'
import { type Running, runningOf } from '../running.ts'
import { timeUses } from '../time-uses.ts'

interface Common extends Running {
  readonly prefix: string
  readonly json: boolean
  readonly reading: Reading
}

/** Find the segments of a table. */
export interface Learning extends Common {
  readonly kind: 'learn'
  readonly table: string
  /** The map file. */
  readonly output: string
  /** The table with its segments and the page about them, if requested. */
  readonly out?: string
  readonly report?: string
  readonly choice: ColumnChoice
  readonly options: SegmentOptions
}

/** Give new rows their segments. */
export interface Assigning extends Common {
  readonly kind: 'assign'
  readonly map: string
  readonly table: string
  readonly output?: string
}

const OF_LEARNING = [
  'out',
  'report',
  'segments',
  'most',
  'method',
  'noise',
  'draws',
  'id',
  'columns',
  'exclude',
  'categories',
  'times',
  'preprocessing',
  'featureWeight',
  'size',
  'epochs',
  'seed',
] as const

/**
 * The flags as settings, or every issue with them at once. Whether the first file is a map, or a table to
 * find segments in, is `isMap`.
 */
export function segmentSettings(
  files: readonly string[],
  isMap: boolean,
  flags: SegmentFlags,
): Result<Learning | Assigning, readonly Issue[]> {
  const read = new Flags()
  const [first, second] = files
  const common: Common = {
    prefix: flags.prefix ?? '',
    ...runningOf(read, flags),
    json: flags.json ?? false,
    reading: readingOf(read, flags),
  }
  const settings = isMap ? assigning(first, second, flags, read, common) : learning(first, second, flags, read, common)
  checkOutputs(read, files, settings)
  return read.issues.length > 0 ? Result.err(read.issues) : Result.ok(settings)
}

function assigning(
  map: string,
  table: string | undefined,
  flags: SegmentFlags,
  read: Flags,
  common: Common,
): Assigning {
  for (const name of OF_LEARNING) {
    if (flags[name] !== undefined)
      read.add(`--${dashed(name)}`, 'only applies when finding segments, and the map already has them; leave it out')
  }
  if (table === undefined) read.add('new', 'expected a table, found none: som segment map.som new.csv -o out.csv')
  if (common.json && flags.output === undefined) read.add('--json', 'needs --output: standard output holds the rows')
  return { ...common, kind: 'assign', map, table: table ?? '', output: flags.output }
}

function learning(table: string, more: string | undefined, flags: SegmentFlags, read: Flags, common: Common): Learning {
  if (more !== undefined)
    read.add(
      more,
      'expected one table to find segments in, found two; to assign rows of the second, run som segment again with the new map',
    )
  const size = read.pair('--size', flags.size, /x/i, 'rows x columns of units, for example 20x30', false)
  if (size?.some((side) => !Number.isInteger(side) || Number(side) < 1))
    read.add('--size', `expected whole numbers of at least 1, found ${flags.size}`)
  return {
    ...common,
    kind: 'learn',
    table,
    output: flags.output ?? `${nameOf(table)}.som`,
    out: flags.out,
    report: flags.report,
    choice: {
      columns: read.names(flags.columns),
      exclude: read.names(flags.exclude),
      categories: read.names(flags.categories),
      times: timeUses(read, flags.times),
      id: flags.id,
    },
    options: {
      segments: read.integer('--segments', flags.segments, 2),
      most: read.integer('--most', flags.most, 2),
      method: read.choice('--method', flags.method, CLUSTER_METHODS),
      noise: flags.noise,
      draws: read.integer('--draws', flags.draws, 0, 1000),
      preprocessing: readMethods(read, flags.preprocessing),
      weights: readWeights(read, flags.featureWeight) ?? {},
      lattice: size && { rows: size[0], columns: size[1] ?? 1 },
      epochs: read.integer('--epochs', flags.epochs, 1),
      seed: read.number('--seed', flags.seed),
    },
  }
}

function checkOutputs(read: Flags, files: readonly string[], settings: Learning | Assigning): void {
  const learns = settings.kind === 'learn'
  const outputs = Object.entries({
    '--output': settings.output,
    ...(learns && { '--out': settings.out, '--report': settings.report }),
  }).flatMap(([flag, file]) => (file === undefined ? [] : [{ flag, file }]))
  outputs.forEach(({ flag, file }, i) => {
    if (files.some((other) => resolve(other) === resolve(file)))
      read.add(flag, `expected a file other than the input, found ${file}`)
    if (outputs.slice(0, i).some((other) => resolve(other.file) === resolve(file)))
      read.add(flag, `expected different files, found ${file} twice`)
  })
}

function nameOf(table: string): string {
  // A query or a file pattern does not give a name.
  return table === '-' || /[\s*?[]/.test(table) ? 'segments' : basename(table, extname(table))
}
