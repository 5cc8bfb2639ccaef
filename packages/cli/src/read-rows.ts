import type { Samples } from '@som/core'
import { type OnNewLevel, type Problem, readSamples, type Selection, type Table } from '@som/io'
import type Result from 'true-myth/result'
import { rowsOn } from './train/progress.ts'

/** The selected columns of a table, read while a terminal shows how far it is, how fast it goes and the time left. */
export async function readRows(
  table: Table,
  selection: Selection,
  onNewLevel?: OnNewLevel,
): Promise<Result<Samples, Problem>> {
  const progress = rowsOn(process.stderr, `reading ${table.name}`, table.rows)
  try {
    return await readSamples(table, selection, onNewLevel, progress.show)
  } finally {
    progress.clear()
  }
}
