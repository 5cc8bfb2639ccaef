import {
  isSparse,
  type PreprocessingName,
  type Samples,
  type Som,
  type SparseMatrix,
  type TargetValues,
} from '@som/core'
import {
  findTargets,
  openTable,
  type Problem,
  readTargets,
  type Selection,
  selectColumns,
  selectFeatures,
  type Table,
} from '@som/io'
import { orRefuse } from '@som/server/command'
import type Result from 'true-myth/result'
import { categoryHint } from '../few-levels.ts'
import { flagged } from '../flagged.ts'
import { newLevels } from '../new-levels.ts'
import { readRows } from '../read-rows.ts'
import type { Settings } from './settings.ts'

/** The training rows, and how the table was read. */
export interface Read {
  readonly samples: Samples | SparseMatrix
  readonly table: string
  readonly leftOut: Selection['leftOut']
  readonly notes: readonly string[]
}

/** As `Read`, with dense rows. */
export interface DenseRead extends Read {
  readonly samples: Samples
  /** The values of the targets, if there are some. */
  readonly targets?: TargetValues
}

/**
 * Reads the chosen columns, or those of the map that training continues from. Sparse rows stay sparse if all columns
 * are chosen.
 */
export async function readOpen(table: Table, settings: Settings, origin: Som | undefined): Promise<Read> {
  const { columns, exclude, weight } = settings.choice
  if (table.sparse === undefined || columns || exclude || weight || settings.targets.length > 0)
    return readChosen(table, settings, origin)
  return { samples: table.sparse.matrix, table: table.name, leftOut: [], notes: table.notes }
}

/** Opens a table and reads the chosen columns as dense rows, and the targets. */
export async function readDense(settings: Settings): Promise<DenseRead> {
  const table = orRefuse(await openTable(settings.table, settings.reading))
  try {
    const targets = await readTargetsOf(table, settings)
    return { ...(await readChosen(table, settings, undefined)), ...(targets && { targets }) }
  } finally {
    table.close()
  }
}

/** The values of the targets, if there are some. */
export async function readTargetsOf(table: Table, { targets }: Settings): Promise<TargetValues | undefined> {
  if (targets.length === 0) return undefined
  const columns = orRefuse(findTargets(table, targets).mapErr((problem) => flagged(problem, '--target')))
  return orRefuse(await readTargets(table, columns))
}

async function readChosen(table: Table, settings: Settings, origin: Som | undefined): Promise<DenseRead> {
  const selection = orRefuse(chosenIn(table, settings, origin))
  const levels = newLevels()
  const samples = orRefuse(await readRows(table, selection, levels.see))
  const hint = origin === undefined ? await categoryHint(table, selection) : []
  const notes = [...table.notes, ...levels.notes(), ...hint]
  return { samples, table: table.name, leftOut: selection.leftOut, notes }
}

/** The chosen columns, with issues under the flags that chose them. */
export function chosenIn(table: Table, settings: Settings, origin: Som | undefined): Result<Selection, Problem> {
  const { choice } = settings
  const namedBy = settings.resume ? '--resume' : settings.from ? '--from' : choice.columns ? '--columns' : table.name
  const selection = origin ? selectFeatures(table, origin.features, choice) : selectColumns(table, choice)
  return selection.mapErr((problem) => flagged(problem, namedBy))
}

/** The method for each feature, if some differ. */
export function preprocessingFor(
  { preprocessing: { all, byName } }: Settings,
  samples: Pick<Samples, 'features' | 'sources'> | SparseMatrix,
): PreprocessingName | Record<string, PreprocessingName> | undefined {
  if (Object.keys(byName).length === 0) return all
  if (all === undefined) return byName
  const { features = [], sources = [] } = isSparse(samples) ? {} : samples
  // Every given name is kept, so that one that is not a feature is reported. A feature made from a column has its own
  // scale, which only `byName` changes.
  const plain = features.filter((_, f) => sources[f] === undefined)
  return { ...Object.fromEntries(plain.map((name) => [name, all])), ...byName }
}
