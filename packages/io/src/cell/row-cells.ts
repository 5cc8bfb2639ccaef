import { type Feature, trimCell } from '@som/core'
import { cellNumber, type Decimals } from './cell-number.ts'
import { isMissing } from './missing.ts'

/** The cells of rows that come one by one, for the features of a map, as core's `cellEncoder` takes them. */
export interface RowCells {
  /**
   * A cell of the column at this place of the encoder's `columns`: text as the number or the missing value that it is,
   * anything else as it was given, for the encoder to refuse where it does not fit.
   */
  cell(column: number, given: unknown, decimals: Decimals): unknown
  /** The level in a cell of a category that training did not have; undefined where there is none. */
  newLevel(column: number, given: unknown): string | undefined
  /** Whether the column is one of numbers, and not of times or levels alone. */
  isNumber(column: number): boolean
}

/** How cells of `columns` are read for `features`: as those of a table in a file. */
export function rowCells(columns: readonly string[], features: readonly Pick<Feature, 'name' | 'source'>[]): RowCells {
  const kinds = columns.map((column) => kindOf(column, features))
  const isNew = (column: number, level: string): boolean => !kinds[column].levels.has(level) && !isMissing(level)
  return {
    cell(column, given, decimals) {
      if (typeof given === 'number') return Number.isNaN(given) ? null : given
      if (typeof given !== 'string') return given
      const { isNumber, levels } = kinds[column]
      if (!isNumber) return isMissing(given) && !levels.has(trimCell(given)) ? null : given
      const number = cellNumber(given, decimals)
      return number === null ? given : Number.isNaN(number) ? null : number
    },
    newLevel(column, given) {
      if (kinds[column].levels.size === 0 || given === null || given === undefined) return undefined
      const level = trimCell(String(given))
      return isNew(column, level) ? level : undefined
    },
    isNumber: (column) => kinds[column].isNumber,
  }
}

interface Kind {
  readonly isNumber: boolean
  /** The levels of training, of a category. */
  readonly levels: ReadonlySet<string>
}

function kindOf(column: string, features: readonly Pick<Feature, 'name' | 'source'>[]): Kind {
  const levels = features.flatMap(({ source }) =>
    source !== undefined && 'level' in source && source.column === column ? [source.level] : [],
  )
  return {
    isNumber: features.some(({ name, source }) => source === undefined && name === column),
    levels: new Set(levels),
  }
}
