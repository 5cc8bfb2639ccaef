import type Result from 'true-myth/result'
import type { Issue } from '../issue.ts'
import { digestOf } from '../rows/digest.ts'
import { complete, startFromRows } from './complete.ts'
import type { Plan } from './planned.ts'
import { type Settled, told } from './settle.ts'

/** The plan of a run that is settled: its map's size, and the codebook that it starts from. */
export function planOf({ decided, prepared }: Settled): Result<Plan, readonly Issue[]> {
  const { rows } = prepared
  return told((issues) => {
    const ready = { ...prepared, rows: rows.matrix.rows, digest: digestOf(rows) }
    const planned = complete(decided, ready, startFromRows(rows), issues)
    return planned && { ...planned, rows }
  })
}
