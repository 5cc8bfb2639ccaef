import {
  CLUSTER_METHODS,
  type ClusterMethod,
  type Issue,
  PREPROCESSINGS,
  type PreprocessingName,
  type Samples,
  suggest,
} from '@som/core'

/** How rows are told apart. Everything has a default. */
export interface SegmentOptions {
  /** How many segments, from 2 on: what three indices propose. */
  readonly segments?: number
  /** The largest number that is tried where none is given: √(2 units with a row), at most 20. */
  readonly most?: number
  /** How the units are grouped: `ward`. */
  readonly method?: ClusterMethod
  /** How a column of numbers is brought onto the map, by name, in place of the rule for skew. */
  readonly preprocessing?: Readonly<Record<string, PreprocessingName>>
  /** How much a column counts, by name: 1. */
  readonly weights?: Readonly<Record<string, number>>
  /** Units: 5 √rows, at most 1024. */
  readonly lattice?: { readonly rows: number; readonly columns: number }
  /** Times that every row is presented: 20. */
  readonly epochs?: number
  /** Times that rows are drawn anew to see whether segments are stable: 50; 0 leaves it out. */
  readonly draws?: number
  /** Decides everything that is drawn: 0. */
  readonly seed?: number
}

/** More draws change the second digit no longer. */
export const MOST_DRAWS = 1000

/** What is wrong with the options, as far as can be said before training; every issue at once. What training itself checks is left to it. */
export function optionIssues(samples: Samples, options: SegmentOptions): Issue[] {
  const issues: Issue[] = []
  const integer = (path: 'segments' | 'most' | 'draws', least: number, most: number, why: string): void => {
    const value = options[path]
    if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return
    const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}${why}`
    issues.push({ path, message: `expected an integer ${range}, found ${value}` })
  }
  const { lattice } = options
  const units = lattice ? lattice.rows * lattice.columns : Number.POSITIVE_INFINITY
  const few = units < samples.rows
  const room = few ? ', as many as the map has units' : ', as many as there are rows'
  if (samples.rows < 2) issues.push({ path: 'samples', message: `expected at least 2 rows, found ${samples.rows}` })
  else integer('segments', 2, Math.max(2, Math.min(units, samples.rows)), room)
  integer('most', 2, Number.MAX_SAFE_INTEGER, '')
  integer('draws', 0, MOST_DRAWS, '')
  if (options.method !== undefined && !CLUSTER_METHODS.includes(options.method))
    issues.push({ path: 'method', message: `expected one of ${CLUSTER_METHODS.join(', ')}, found ${options.method}` })
  const columns = [...new Set(samples.features.map((name, f) => samples.sources?.[f]?.column ?? name))]
  for (const [name, method] of Object.entries(options.preprocessing ?? {})) {
    if (!columns.includes(name)) issues.push({ path: 'preprocessing', message: unknown(name, columns) })
    else if (!PREPROCESSINGS.includes(method))
      issues.push({ path: 'preprocessing', message: `${name}: expected one of ${PREPROCESSINGS.join(', ')}` })
  }
  for (const [name, weight] of Object.entries(options.weights ?? {})) {
    if (!columns.includes(name)) issues.push({ path: 'weights', message: unknown(name, columns) })
    else if (!(weight > 0 && Number.isFinite(weight)))
      issues.push({ path: 'weights', message: `${name}: expected a finite number above 0, found ${weight}` })
  }
  return issues
}

function unknown(name: string, columns: readonly string[]): string {
  const meant = suggest(name, columns)
  const hint = meant === undefined ? `the columns are ${columns.slice(0, 20).join(', ')}` : `did you mean "${meant}"?`
  return `expected a column, found ${JSON.stringify(name)}; ${hint}`
}
