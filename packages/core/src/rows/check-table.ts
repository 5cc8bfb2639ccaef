import type { Issues } from '../issue.ts'
import { checkSamples } from './check-samples.ts'
import { isSparse } from './matrix.ts'
import type { Samples } from './samples.ts'

/**
 * What a caller gave as samples, as a table of at least `least` rows with a number or a missing value in every place.
 * Null when there are issues.
 */
export function checkTable(input: unknown, issues: Issues, least: number, reason = ''): Samples | null {
  const table = checkSamples(input, issues)
  if (table === null) return null
  if (isSparse(table)) issues.add('samples', 'expected a table with a number in every place, found sparse rows')
  else if (table.rows >= least) return table
  else issues.add('samples', `expected at least ${least} rows${reason}, found ${table.rows}`)
  return null
}
