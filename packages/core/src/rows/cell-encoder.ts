import type { Feature } from '../som.ts'
import { secondsOfText, trimCell } from './cell-text.ts'
import { type FeatureSource, fromTime } from './feature-source.ts'

/** Turns the cells of columns into the numbers of features, as in training. */
export interface CellEncoder {
  /** The columns, each once, in the order in which features need them. */
  readonly columns: readonly string[]
  /**
   * Writes the numbers of one row into `into` from `at` on, one per feature. A cell is a number, true, false, text, a
   * Date, or null or undefined for a missing one. A level that training did not have is missing in every feature of its
   * column. `wrong` is called for an invalid cell; its features are NaN.
   */
  encode(
    cellOf: (column: number) => unknown,
    into: Float64Array,
    at: number,
    wrong: (column: string, expected: string) => void,
  ): void
}

/** An encoder for the features of a map: columns of numbers, categories and times. */
export function cellEncoder(features: readonly Pick<Feature, 'name' | 'source'>[]): CellEncoder {
  const columns = [...new Set(features.map(({ name, source }) => source?.column ?? name))]
  const uses = columns.map((column) => usesOf(column, features))
  return {
    columns,
    encode(cellOf, into, at, wrong) {
      uses.forEach(({ numbers, levels, times }, c) => {
        const cell = cellOf(c)
        if (numbers.length > 0) {
          const number = numberOf(cell)
          if (number === null) wrong(columns[c], 'a number or null')
          for (const f of numbers) into[at + f] = number ?? Number.NaN
        }
        if (levels.size > 0) {
          const level = levelOf(cell)
          if (level === null) wrong(columns[c], 'text or null')
          const place = level === null || level === undefined ? undefined : levels.get(level)
          for (const f of levels.values()) into[at + f] = place === undefined ? Number.NaN : Number(f === place)
        }
        if (times.length > 0) {
          const seconds = secondsOf(cell)
          if (seconds === null) wrong(columns[c], 'a date or time such as 2024-05-01T12:00:00Z, or null')
          for (const [f, part] of times) into[at + f] = fromTime(part, seconds ?? Number.NaN)
        }
      })
    },
  }
}

/** The uses of a column, by positions of features. */
interface Uses {
  readonly numbers: readonly number[]
  readonly levels: ReadonlyMap<string, number>
  readonly times: readonly (readonly [number, Extract<FeatureSource, { time: unknown }>['time']])[]
}

function usesOf(column: string, features: readonly Pick<Feature, 'name' | 'source'>[]): Uses {
  const numbers: number[] = []
  const levels = new Map<string, number>()
  const times: [number, Uses['times'][number][1]][] = []
  features.forEach(({ name, source }, f) => {
    if ((source?.column ?? name) !== column) return
    if (source === undefined) numbers.push(f)
    else if ('level' in source) levels.set(source.level, f)
    else times.push([f, source.time])
  })
  return { numbers, levels, times }
}

/** NaN for a missing cell; null for one that is not a number. */
function numberOf(cell: unknown): number | null {
  if (cell === null || cell === undefined) return Number.NaN
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null
  if (typeof cell === 'boolean' || typeof cell === 'bigint') return Number(cell)
  return null
}

/** Undefined for a missing cell; null for one that is not a level. */
function levelOf(cell: unknown): string | null | undefined {
  if (cell === null || cell === undefined) return undefined
  if (typeof cell === 'string') return trimCell(cell)
  return typeof cell === 'number' || typeof cell === 'boolean' || typeof cell === 'bigint' ? String(cell) : null
}

/** Seconds since the start of 1970 (UTC): NaN for a missing cell; null for one that is not a time. */
function secondsOf(cell: unknown): number | null {
  if (cell === null || cell === undefined) return Number.NaN
  if (typeof cell === 'string') return secondsOfText(cell)
  const millis = cell instanceof Date ? cell.getTime() : Number.NaN
  return Number.isNaN(millis) ? null : millis / 1000
}
