import type { RequestIssues } from '../problem.ts'
import type { RowReader } from './row-reader.ts'

/** Where the columns that a map reads lie among those of a table. */
export interface ColumnPlaces {
  /** Columns of the training table, or the features made of them, in the order in which rows are read. */
  readonly wanted: readonly string[]
  readonly places: readonly number[]
  /** Whether they are features that were made of columns, as numbers. */
  readonly isByFeature: boolean
  /** Where the label is; -1 where none is requested. */
  readonly label: number
}

/**
 * Finds the columns by name, by one rule for every format: columns of the training table come first, else the features
 * made of them; each that is missing is an issue, and so is any name that is given twice; further columns are left
 * alone.
 */
export function columnPlaces(
  given: readonly unknown[],
  { cells, features, label }: RowReader,
  path: string,
  issues: RequestIssues,
): ColumnPlaces {
  const seen = new Set<unknown>()
  for (const name of given) {
    if (seen.has(name)) issues.add(path, `expected each column once, found ${JSON.stringify(name)} again`)
    seen.add(name)
  }
  const isByFeature = !cells.columns.every((name) => seen.has(name)) && features.every((name) => seen.has(name))
  const wanted = isByFeature ? features : cells.columns
  for (const name of wanted) {
    if (!seen.has(name)) issues.add(path, `expected the feature ${JSON.stringify(name)}, found none`)
  }
  if (label !== undefined && !seen.has(label))
    issues.add(path, `expected the column ${JSON.stringify(label)} of labels, found none`)
  const placeOf = (name: string): number => given.indexOf(name)
  return { wanted, places: wanted.map(placeOf), isByFeature, label: label === undefined ? -1 : placeOf(label) }
}

/** A label as text; a missing one is empty. */
export function labelOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  return (typeof cell === 'object' ? JSON.stringify(cell) : String(cell)).trim()
}
