import type Result from 'true-myth/result'
import { chunkRowsFor } from '../chunks/chunk-rows.ts'
import type { Issue } from '../issue.ts'
import { digestOf } from '../rows/digest.ts'
import type { CheckedRun } from './check-run.ts'
import { makePlan } from './make-plan.ts'
import { readOptions } from './read-options.ts'
import type { Plan } from './run-plan.ts'
import { startFromRows } from './start.ts'

/** The plan of a checked run whose rows are in memory: the size of its map, and the codebook that it starts from. */
export function planInMemory({ checked, prepared }: CheckedRun): Result<Plan, readonly Issue[]> {
  const { rows } = prepared
  const chunkRows = chunkRowsFor(prepared)
  return readOptions((issues) => {
    const ready = { ...prepared, rows: rows.matrix.rows, digest: digestOf(rows, chunkRows) }
    const planned = makePlan(checked, ready, startFromRows(rows, chunkRows), issues)
    return planned && { ...planned, rows }
  })
}
