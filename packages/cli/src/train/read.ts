import type { PreprocessingName, Samples, Som } from '@som/core'
import { openTable, type Problem, readSamples, type Selection, selectColumns } from '@som/io'
import { orRefuse } from '../refusal.ts'
import type { Settings } from './settings.ts'

/** The training rows, and what the reader made of the table. */
export interface Read {
  readonly samples: Samples
  readonly table: string
  readonly leftOut: Selection['leftOut']
  readonly notes: readonly string[]
}

/** Reads the columns that were chosen, or those of the map that training goes on from. */
export async function readTable(settings: Settings, origin: Som | undefined): Promise<Read> {
  const { choice } = settings
  const table = orRefuse(await openTable(settings.table))
  try {
    const columns = origin?.features.map(({ name }) => name) ?? choice.columns
    const namedBy = settings.resume ? '--resume' : settings.from ? '--from' : choice.columns ? '--columns' : table.name
    const selection = orRefuse(
      selectColumns(table, { ...choice, columns }).mapErr((problem) => flagged(problem, namedBy)),
    )
    const samples = orRefuse(await readSamples(table, selection))
    return { samples, table: table.name, leftOut: selection.leftOut, notes: table.notes }
  } finally {
    table.close()
  }
}

/** The issues of a choice of columns, under the flags that made it. */
function flagged({ kind, issues }: Problem, namedBy: string): Problem {
  return {
    kind,
    issues: issues.map(({ path, message }) => ({ path: path === 'columns' ? namedBy : `--${path}`, message })),
  }
}

/** The method for each feature, where some have one of their own. */
export function preprocessingFor(
  { preprocessing: { all, byName } }: Settings,
  features: readonly string[],
): PreprocessingName | Record<string, PreprocessingName> | undefined {
  if (Object.keys(byName).length === 0) return all
  // Every name given is kept, so that one that is no feature is told.
  return { ...Object.fromEntries(features.map((name) => [name, all ?? 'z-score'])), ...byName }
}
