import { type Backend, type Clusters, clusterNumbers, prepareRows, pValue, type Som } from '@som/core'
import type { Session } from '@som/core/backend'
import { type Beside, type Chunk, ProblemError } from '@som/io'
import { newLevels } from '../new-levels.ts'
import { addedColumns, addedTypes } from './feature-columns.ts'

/** The columns that matching adds, worked out part by part in one session. */
export interface UnitsBeside extends Beside {
  /** What was said of levels that training had not. */
  notes(): string[]
  /** Rows so far without a value in any feature. */
  empty(): number
  close(): void
}

export function unitsBeside(som: Som, backend: Backend, prefix: string): UnitsBeside {
  const { lattice, metric, kernel, codebook, clusters, seen } = som
  const features = som.features.map(({ name }) => name)
  let session: Session | undefined
  let empty = 0
  const called = clusters && clusterOfUnits(clusters)
  const levels = newLevels()
  return {
    onNewLevel: levels.see,
    notes: levels.notes,
    names: addedColumns(som).map((name) => prefix + name),
    types: addedTypes(som),
    async cells({ rows, numbers }: Chunk, firstRow: number) {
      const prepared = prepareRows(som, { features, rows, data: numbers })
      if (prepared.isErr) {
        const [{ path, message }] = prepared.error
        throw new ProblemError('data', path, `in the ${rows} rows from row ${firstRow + 1} on: ${message}`)
      }
      session ??= await backend.open({ lattice, metric, kernel }, prepared.value, codebook)
      const { unit, distance, secondUnit } = await session.match(prepared.value)
      const known = (value: number, i: number): number | null => (unit[i] < 0 ? null : value)
      empty += unit.reduce((count, found) => count + (found < 0 ? 1 : 0), 0)
      return [
        Array.from(unit, known),
        Array.from(unit, (found, i) => known(Math.floor(found / lattice.columns), i)),
        Array.from(unit, (found, i) => known(found % lattice.columns, i)),
        Array.from(distance, (found, i) => (unit[i] < 0 ? null : found)),
        Array.from(secondUnit, (found) => (found < 0 ? null : found)),
        ...(called ? [Array.from(unit, (found) => (found < 0 ? null : called[found]))] : []),
        ...(seen
          ? [Array.from(distance, (d, i) => (unit[i] < 0 ? null : Number(pValue(seen, d).toPrecision(5))))]
          : []),
      ]
    },
    empty: () => empty,
    close: () => session?.close(),
  }
}

/** The cluster of each unit: its name, or its number where clusters have no names. */
function clusterOfUnits(clusters: Clusters): (string | number)[] {
  const { of, names } = clusters
  return names ? Array.from(of, (place) => names[place]) : Array.from(clusterNumbers(clusters))
}
