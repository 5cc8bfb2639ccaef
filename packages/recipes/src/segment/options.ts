import {
  CLUSTER_METHODS,
  type ClusterMethod,
  checkByTable,
  type Issues,
  OPTIONS,
  type Option,
  PREPROCESSINGS,
  type PreprocessingName,
  type Samples,
  show,
  suggest,
} from '@som/core'

/** How to find segments. Everything has a default. */
export interface SegmentOptions {
  /** The number of segments, at least 2: what `conductance` finds, or what three indices propose. */
  readonly segments?: number
  /**
   * The largest number to try if `segments` is not given: 40 for `conductance`, otherwise √(2 units with a row), at
   * most 20.
   */
  readonly most?: number
  /** How rows are grouped: `conductance` if `segments` is not given and no column is a category, otherwise `ward`. */
  readonly method?: ClusterMethod
  /** Whether rows far from all others are left out of the segments: false. */
  readonly noise?: boolean
  /** How a numeric column is preprocessed, by name, instead of the rule for skewed columns. */
  readonly preprocessing?: Readonly<Record<string, PreprocessingName>>
  /** How much a column counts, by name: 1. */
  readonly weights?: Readonly<Record<string, number>>
  /** Units: 5 √rows, at most 1024. */
  readonly lattice?: { readonly rows: number; readonly columns: number }
  /** How often every row is presented: 20. */
  readonly epochs?: number
  /** Number of resamples to test the stability of segments: 50; 0 for no test. */
  readonly draws?: number
  /** The seed of all random numbers: 0. */
  readonly seed?: number
}

/** More draws do not change the second digit. */
export const MOST_DRAWS = 1000

/** Columns are named, which only their table knows; the upper bound of segments depends on rows and units. */
const TABLE: Readonly<Record<keyof SegmentOptions, Option>> = {
  segments: { kind: 'object' },
  most: { kind: 'integer', least: 2 },
  method: { kind: 'choice', of: CLUSTER_METHODS, default: 'conductance' },
  noise: { kind: 'object' },
  preprocessing: { kind: 'object' },
  weights: { kind: 'object' },
  lattice: { kind: 'group', of: { rows: { kind: 'integer', least: 1 }, columns: { kind: 'integer', least: 1 } } },
  epochs: { kind: 'integer', least: 1, default: 20 },
  draws: { kind: 'integer', least: 0, most: MOST_DRAWS },
  seed: OPTIONS.seed,
}

/**
 * Checks the options, as far as can be stated before training; every issue at once, those that need the rows where
 * there are any. What training itself checks is left to it.
 */
export function checkSegmentOptions(samples: Samples | null, options: SegmentOptions, issues: Issues): void {
  if (samples !== null) checkSegments(samples, options ?? {}, issues)
  const { noise } = options ?? {}
  if (noise !== undefined && typeof noise !== 'boolean')
    issues.add('noise', `expected true or false, found ${show(noise)}`)
  checkByTable(options, TABLE, issues)
  if (samples !== null) checkColumns(samples, options ?? {}, issues)
}

function checkSegments({ rows }: Samples, { segments, lattice }: SegmentOptions, issues: Issues): void {
  if (segments === undefined) return
  const units = lattice ? lattice.rows * lattice.columns : Number.POSITIVE_INFINITY
  const few = units < rows
  const most = Math.max(2, few ? units : rows)
  if (Number.isInteger(segments) && segments >= 2 && segments <= most) return
  const room = few ? 'as many as the map has units' : 'as many as there are rows'
  issues.add('segments', `expected an integer from 2 to ${most}, ${room}, found ${show(segments)}`)
}

function checkColumns(samples: Samples, options: SegmentOptions, issues: Issues): void {
  const columns = [...new Set(samples.features.map((name, f) => samples.sources?.[f]?.column ?? name))]
  for (const [name, method] of byColumn('preprocessing', options.preprocessing, columns, issues)) {
    if (!PREPROCESSINGS.some((known) => known === method))
      issues.add('preprocessing', `${name}: expected one of ${PREPROCESSINGS.join(', ')}`)
  }
  for (const [name, weight] of byColumn('weights', options.weights, columns, issues)) {
    if (!(typeof weight === 'number' && weight > 0 && Number.isFinite(weight)))
      issues.add('weights', `${name}: expected a finite number above 0, found ${show(weight)}`)
  }
}

/** What is given for columns, of those that exist. */
function byColumn(path: string, given: unknown, columns: readonly string[], issues: Issues): [string, unknown][] {
  if (given === undefined) return []
  if (typeof given !== 'object' || given === null || Array.isArray(given) || ArrayBuffer.isView(given)) {
    issues.add(path, `expected { column: value }, found ${show(given)}`)
    return []
  }
  for (const name of Object.keys(given)) if (!columns.includes(name)) issues.add(path, unknown(name, columns))
  return Object.entries(given).filter(([name]) => columns.includes(name))
}

function unknown(name: string, columns: readonly string[]): string {
  const meant = suggest(name, columns)
  const hint = meant === undefined ? `the columns are ${columns.slice(0, 20).join(', ')}` : `did you mean "${meant}"?`
  return `expected a column, found ${JSON.stringify(name)}; ${hint}`
}
