import { answersOf, type Backend, clustersOfRows, prepareRows, type Som } from '@som/core'
import type { Session } from '@som/core/backend'
import { type Beside, type BesideCells, CELL_TYPES, ProblemError } from '@som/io'
import { besideCells } from '../match/beside-cells.ts'
import { newLevels } from '../new-levels.ts'

/** Computes the columns with each row's segment, part by part in one session. */
export interface SegmentsBeside extends Beside {
  /** Notes about levels that training did not have. */
  notes(): string[]
  /** Rows so far in each cluster, rows without a value in any feature, and rows in no cluster. */
  readonly rows: Float64Array
  empty(): number
  unclustered(): number
  close(): void
}

/**
 * `segment`: its name, or `unclustered`. `p_value`: the share of training rows at least as far from their units; near 0
 * for a row unlike all of them.
 */
export function segmentColumns(prefix: string): string[] {
  return ['segment', 'p_value'].map((name) => prefix + name)
}

export function segmentsBeside(som: Som, backend: Backend, prefix: string): SegmentsBeside {
  const { lattice, metric, kernel, codebook, clusters } = som
  const features = som.features.map(({ name }) => name)
  const levels = newLevels()
  const rows = new Float64Array(clusters?.count ?? 0)
  const answers = answersOf(som, { second: false })
  let session: Session | undefined
  let [empty, unclustered] = [0, 0]
  return {
    onNewLevel: levels.see,
    notes: levels.notes,
    names: segmentColumns(prefix),
    types: [CELL_TYPES.text, CELL_TYPES.number],
    rows,
    async cells(chunk, firstRow) {
      const prepared = prepareRows(som, { features, rows: chunk.rows, data: chunk.numbers })
      if (prepared.isErr) {
        const [{ path, message }] = prepared.error
        throw new ProblemError('data', path, `in the ${chunk.rows} rows from row ${firstRow + 1} on: ${message}`)
      }
      session ??= await backend.open({ lattice, metric, kernel }, prepared.value, codebook)
      const found = await session.match(prepared.value, { second: false })
      const cells = (name: string): BesideCells => {
        const column = answers.find((answer) => answer.name === name)
        return column ? besideCells(column, found) : new Float64Array(found.unit.length).fill(Number.NaN)
      }
      const places = clusters && clustersOfRows(clusters, found)
      for (let row = 0; row < found.unit.length; row++) {
        const place = places?.[row] ?? -1
        if (found.unit[row] < 0) empty++
        else if (place < 0) unclustered++
        else rows[place]++
      }
      return [cells('cluster_name'), cells('p_value')]
    },
    empty: () => empty,
    unclustered: () => unclustered,
    close: () => session?.close(),
  }
}
