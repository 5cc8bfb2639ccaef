import { type Backend, clusterNames, prepareRows, pValue, type Som } from '@som/core'
import type { Session } from '@som/core/backend'
import { type Beside, ProblemError } from '@som/io'
import { newLevels } from '../new-levels.ts'
import { figure } from '../text.ts'

/** The columns that tell a row's segment, worked out part by part in one session. */
export interface SegmentsBeside extends Beside {
  /** What was said of levels that training had not. */
  notes(): string[]
  /** Rows so far of each cluster, and those without a value in any feature. */
  readonly rows: Float64Array
  empty(): number
  close(): void
}

/** `segment`: its name. `p_value`: the share of training rows that lie at least as far from their units; near 0 for a row unlike all of them. */
export function segmentColumns(prefix: string): string[] {
  return ['segment', 'p_value'].map((name) => prefix + name)
}

export function segmentsBeside(som: Som, backend: Backend, prefix: string): SegmentsBeside {
  const { lattice, metric, kernel, codebook, clusters, seen } = som
  const features = som.features.map(({ name }) => name)
  const levels = newLevels()
  const rows = new Float64Array(clusters?.count ?? 0)
  let session: Session | undefined
  let empty = 0
  const names = clusters && clusterNames(clusters)
  return {
    onNewLevel: levels.see,
    notes: levels.notes,
    names: segmentColumns(prefix),
    rows,
    async cells(chunk, firstRow) {
      const prepared = prepareRows(som, { features, rows: chunk.rows, data: chunk.numbers })
      if (prepared.isErr) {
        const [{ path, message }] = prepared.error
        throw new ProblemError('data', path, `in the ${chunk.rows} rows from row ${firstRow + 1} on: ${message}`)
      }
      session ??= await backend.open({ lattice, metric, kernel }, prepared.value, codebook)
      const { unit, distance } = await session.match(prepared.value, { second: false })
      const named = Array.from(unit, (found) => {
        const cluster = found < 0 ? undefined : clusters?.of[found]
        if (cluster === undefined) {
          empty++
          return null
        }
        rows[cluster]++
        return names?.[cluster] ?? null
      })
      return [named, Array.from(distance, (d, i) => (unit[i] < 0 || seen === null ? null : figure(pValue(seen, d))))]
    },
    empty: () => empty,
    close: () => session?.close(),
  }
}
