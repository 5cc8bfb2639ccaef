import { answerCells, answersOf, type Backend, prepareRows, type Som } from '@som/core'
import type { Session } from '@som/core/backend'
import { type Beside, CELL_TYPES, type Chunk, ProblemError } from '@som/io'
import { newLevels } from '../new-levels.ts'

/** Computes the columns that matching adds, part by part in one session. */
export interface UnitsBeside extends Beside {
  /** Notes about levels that training did not have. */
  notes(): string[]
  /** Rows so far without a value in any feature. */
  empty(): number
  close(): void
}

/** `onRows` is called with the number of rows matched so far. */
export function unitsBeside(
  som: Som,
  backend: Backend,
  prefix: string,
  onRows: (rows: number) => void = () => {},
): UnitsBeside {
  const { lattice, metric, kernel, codebook } = som
  const answers = answersOf(som)
  const features = som.features.map(({ name }) => name)
  let session: Session | undefined
  let empty = 0
  const levels = newLevels()
  return {
    onNewLevel: levels.see,
    notes: levels.notes,
    names: answers.map(({ name }) => prefix + name),
    types: answers.map(({ kind }) => CELL_TYPES[kind]),
    async cells({ rows, numbers }: Chunk, firstRow: number) {
      const prepared = prepareRows(som, { features, rows, data: numbers })
      if (prepared.isErr) {
        const [{ path, message }] = prepared.error
        throw new ProblemError('data', path, `in the ${rows} rows from row ${firstRow + 1} on: ${message}`)
      }
      session ??= await backend.open({ lattice, metric, kernel }, prepared.value, codebook)
      const found = await session.match(prepared.value)
      empty += found.unit.reduce((count, unit) => count + (unit < 0 ? 1 : 0), 0)
      onRows(firstRow + rows)
      return answers.map((column) => answerCells(column, found))
    },
    empty: () => empty,
    close: () => session?.close(),
  }
}
