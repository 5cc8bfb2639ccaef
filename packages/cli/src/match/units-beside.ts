import { answersOf, type Backend, type CellColumn, type PreparedRows, prepareRows, type Som } from '@som/core'
import type { Session } from '@som/core/backend'
import { type Beside, CELL_TYPES, type Chunk, ProblemError } from '@som/io'
import { newLevels } from '../new-levels.ts'
import { besideCells } from './beside-cells.ts'

/** Columns that are added to rows, computed part by part. */
export interface AnswersBeside extends Beside {
  /** Notes about levels that training did not have. */
  notes(): string[]
  /** Rows so far without a value in any feature. */
  empty(): number
  close(): void
}

/** Called with the number of rows that have been answered so far. */
export type OnRows = (rows: number) => void

/** The columns that matching adds. */
export function unitsBeside(som: Som, backend: Backend, prefix: string, onRows?: OnRows): AnswersBeside {
  return answersBeside(som, backend, prefix, answersOf(som), (session, rows) => session.match(rows), onRows)
}

/** `columns` of what `find` finds of each part, in one session. */
export function answersBeside<Found extends { readonly unit: Int32Array }>(
  som: Som,
  backend: Backend,
  prefix: string,
  columns: readonly CellColumn<Found>[],
  find: (session: Session, rows: PreparedRows) => Promise<Found>,
  onRows: OnRows = () => {},
): AnswersBeside {
  const { lattice, metric, kernel, codebook } = som
  const features = som.features.map(({ name }) => name)
  let session: Session | undefined
  let empty = 0
  const levels = newLevels()
  return {
    onNewLevel: levels.see,
    notes: levels.notes,
    names: columns.map(({ name }) => prefix + name),
    types: columns.map(({ kind }) => CELL_TYPES[kind]),
    async cells({ rows, numbers }: Chunk, firstRow: number) {
      const prepared = prepareRows(som, { features, rows, data: numbers })
      if (prepared.isErr) {
        const [{ path, message }] = prepared.error
        throw new ProblemError('data', path, `in the ${rows} rows from row ${firstRow + 1} on: ${message}`)
      }
      session ??= await backend.open({ lattice, metric, kernel }, prepared.value, codebook)
      const found = await find(session, prepared.value)
      empty += found.unit.reduce((count, unit) => count + (unit < 0 ? 1 : 0), 0)
      onRows(firstRow + rows)
      return columns.map((column) => besideCells(column, found))
    },
    empty: () => empty,
    close: () => session?.close(),
  }
}
