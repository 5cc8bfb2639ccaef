import { isSparse, type PreprocessingName, type Samples, type Som, type SparseMatrix } from '@som/core'
import {
  openTable,
  type Problem,
  readSamples,
  type Selection,
  selectColumns,
  selectFeatures,
  type Table,
} from '@som/io'
import { orRefuse } from '@som/server/command'
import type Result from 'true-myth/result'
import { flagged } from '../flagged.ts'
import { newLevels } from '../new-levels.ts'
import type { Settings } from './settings.ts'

/** The training rows, and what the reader made of the table. */
export interface Read {
  readonly samples: Samples | SparseMatrix
  readonly table: string
  readonly leftOut: Selection['leftOut']
  readonly notes: readonly string[]
}

/** As `Read`, with a number in every place. */
export interface DenseRead extends Read {
  readonly samples: Samples
}

/** Reads the columns that were chosen, or those of the map that training goes on from. Sparse rows stay sparse where all of them are wanted. */
export async function readOpen(table: Table, settings: Settings, origin: Som | undefined): Promise<Read> {
  const { columns, exclude, weight } = settings.choice
  if (table.sparse === undefined || columns || exclude || weight) return readChosen(table, settings, origin)
  return { samples: table.sparse.matrix, table: table.name, leftOut: [], notes: table.notes }
}

/** Reads the columns that were chosen of a table that is not open yet, with a number in every place. */
export async function readDense(settings: Settings): Promise<DenseRead> {
  const table = orRefuse(await openTable(settings.table, settings.reading))
  try {
    return await readChosen(table, settings, undefined)
  } finally {
    table.close()
  }
}

async function readChosen(table: Table, settings: Settings, origin: Som | undefined): Promise<DenseRead> {
  const selection = orRefuse(chosenIn(table, settings, origin))
  const levels = newLevels()
  const samples = orRefuse(await readSamples(table, selection, levels.see))
  return { samples, table: table.name, leftOut: selection.leftOut, notes: [...table.notes, ...levels.notes()] }
}

/** The columns that were chosen, its issues under the flags that made the choice. */
export function chosenIn(table: Table, settings: Settings, origin: Som | undefined): Result<Selection, Problem> {
  const { choice } = settings
  const namedBy = settings.resume ? '--resume' : settings.from ? '--from' : choice.columns ? '--columns' : table.name
  const selection = origin ? selectFeatures(table, origin.features, choice) : selectColumns(table, choice)
  return selection.mapErr((problem) => flagged(problem, namedBy))
}

/** The method for each feature, where some have one of their own. */
export function preprocessingFor(
  { preprocessing: { all, byName } }: Settings,
  samples: Pick<Samples, 'features' | 'sources'> | SparseMatrix,
): PreprocessingName | Record<string, PreprocessingName> | undefined {
  if (Object.keys(byName).length === 0) return all
  if (all === undefined) return byName
  const { features = [], sources = [] } = isSparse(samples) ? {} : samples
  // Every name given is kept, so that one that is no feature is told.
  // What was made of a column has a scale of its own, which `byName` alone changes.
  const plain = features.filter((_, f) => sources[f] === undefined)
  return { ...Object.fromEntries(plain.map((name) => [name, all])), ...byName }
}
