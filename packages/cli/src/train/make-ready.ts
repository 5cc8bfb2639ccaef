import {
  checkTargetValues,
  type Issue,
  isSparse,
  type Plan,
  plan,
  planStored,
  type Samples,
  type Som,
  type StoredPlan,
  type TargetValues,
} from '@som/core'
import { limitMemory, openSpool, openTable, type Selection, type Spool, samplePartsOf, type Table } from '@som/io'
import { orRefuse, refuseAny } from '@som/server/command'
import { shownRows } from '@som/tracking'
import { categoryHint } from '../few-levels.ts'
import { newLevels } from '../new-levels.ts'
import { memoryIssues } from './memory.ts'
import { chosenIn, preprocessingFor, type Read, readOpen, readTargetsOf } from './read.ts'
import { asFlag, type Settings } from './settings.ts'

/** The maps that a run starts from. */
export interface Origin {
  readonly resume?: Som
  readonly from?: Som
}

/** A planned run, and how the table was read. */
export interface Ready {
  readonly planned: Plan | StoredPlan
  readonly read: Omit<Read, 'samples'>
  /** The rows and the values of targets to fit once the map is trained, if there are any. */
  readonly fit?: { readonly samples: Samples; readonly targets: TargetValues }
  /** Rows for the report of a recorded run, if they are in memory. */
  readonly shown?: Samples
  /** Removes what was kept on disk. */
  release(): void
}

/** Reads the table and plans the run: in memory, or within the given memory. */
export async function makeReady(settings: Settings, origin: Origin): Promise<Ready> {
  const { memory } = settings
  const from = origin.resume ?? origin.from
  if (memory !== undefined) limitMemory(Math.max(LEAST_DATABASE, Math.floor(memory * DATABASE_SHARE)))
  const table = orRefuse(
    await openTable(settings.table, { ...settings.reading, ...(from && { features: from.features }) }),
  )
  let read: Read
  let targets: TargetValues | undefined
  try {
    if (memory !== undefined && !table.sparse) {
      const selection = orRefuse(chosenIn(table, settings, from))
      const fits = BASE + table.rows * selection.features.length * BYTES_A_NUMBER <= memory
      if (!fits) {
        if (settings.targets.length > 0) refuseAny([{ path: '--target', message: NOT_IN_MEMORY }])
        return await withinMemory(table, selection, settings, origin)
      }
    }
    targets = await readTargetsOf(table, settings)
    read = await readOpen(table, settings, from)
  } finally {
    table.close()
  }
  return inMemory(read, settings, origin, targets)
}

const NOT_IN_MEMORY =
  'expected rows that fit in the given memory: predictions are fitted on rows in memory; give more --memory or fewer rows'

/** The share of the given memory that the database may use while the table is inspected and read. */
const DATABASE_SHARE = 0.25
const LEAST_DATABASE = 2 ** 27
/** The memory that the program uses before it has read a row. */
const BASE = 2 ** 28
/**
 * Bytes per number of the table when all are in memory: as read in f64, preprocessed in f32, and intermediate results.
 */
const BYTES_A_NUMBER = 16

function inMemory(
  { samples, ...read }: Read,
  settings: Settings,
  { resume, from }: Origin,
  targets: TargetValues | undefined,
): Ready {
  refuseAny(memoryIssues(settings.options.lattice, isSparse(samples) ? samples.columns : samples.features.length))
  const preprocessing = preprocessingFor(settings, samples)
  const planned = plan({
    ...settings.options,
    samples,
    ...(preprocessing && { preprocessing }),
    ...(from && { from }),
    ...(resume && { resume }),
  })
  const shown = settings.track?.mlflow ? shownRows(samples, settings.options.seed) : undefined
  const ready = orRefuse(planned.mapErr((issues) => asked(issues, read.table)))
  // A target that cannot be fitted is refused before the map is trained.
  if (targets) {
    const map = { features: ready.features, lattice: ready.task.lattice }
    refuseAny(checkTargetValues(map, samples.rows, targets, { seed: ready.seed }).map(asFlag))
  }
  return {
    read,
    planned: ready,
    // Rows are dense where a column is a target.
    ...(targets && { fit: { samples: samples as Samples, targets } }),
    ...(shown && { shown }),
    release: () => {},
  }
}

async function withinMemory(
  table: Table,
  selection: Selection,
  settings: Settings,
  { resume, from }: Origin,
): Promise<Ready> {
  const levels = newLevels()
  const samples = orRefuse(await samplePartsOf(table, selection, levels.see))
  refuseAny(memoryIssues(settings.options.lattice, samples.features.length))
  const preprocessing = preprocessingFor(settings, samples)
  const options = { ...settings.options, samples, ...(preprocessing && { preprocessing }) }
  const spools: Spool[] = []
  const release = (): void => {
    for (const spool of spools) spool.close()
  }
  try {
    const planned = await planStored(
      { ...options, ...(from && { from }), ...(resume && { resume }) },
      async (_, columns, chunkRows) => {
        spools.push(await openSpool(columns, chunkRows))
        return spools[0]
      },
    )
    const notes = [
      ...table.notes,
      ...levels.notes(),
      ...(from || resume ? [] : await categoryHint(table, selection)),
      'the rows do not fit in the given memory, so each epoch reads them from disk',
    ]
    const read = { table: table.name, leftOut: selection.leftOut, notes }
    return { read, planned: orRefuse(planned.mapErr((issues) => asked(issues, table.name))), release }
  } catch (error) {
    release()
    throw error
  }
}

/** Issues of a plan, under the table or the flag that caused them. */
function asked(issues: readonly Issue[], table: string): Issue[] {
  return issues.map((issue) => {
    const [first, ...rest] = issue.path.split('.')
    return first === 'samples' ? { ...issue, path: [table, ...rest].join(': ') } : asFlag(issue)
  })
}
