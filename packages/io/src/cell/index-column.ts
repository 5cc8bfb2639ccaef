import { trimCell } from '@som/core'
import type { Column } from '../table.ts'

/** Names under which pandas writes the index of a data frame. */
const INDEX_NAME = /^(__index_level_\d+__|Unnamed: \d+(_level_\d+)?)$/

const INDEX = 'the index of a data frame'

/** Why a column of large integers is not a measurement. */
export const ID = 'whole numbers beyond 2^53, different in every row: an id'

/** Marks the columns that are the index of a data frame, by their names or by the file's metadata (`pandas`). */
export function withIndex<C extends Column>(columns: readonly C[], metadata?: string | null): C[] {
  const named = indexColumns(metadata)
  return columns.map((column) =>
    INDEX_NAME.test(column.name) || named.includes(column.name) ? { ...column, names: INDEX } : column,
  )
}

/** The first column of a text table whose header has no name for it: how pandas and R write row names. */
export function withUnnamedFirst<C extends Column>(columns: readonly C[], firstCell: string | undefined): C[] {
  const [first, ...others] = columns
  if (others.length === 0 || firstCell === undefined || trimCell(firstCell) !== '') return [...columns]
  return [{ ...first, names: 'the first column, which has no name: the index of a data frame' }, ...others]
}

function indexColumns(metadata: string | null | undefined): readonly string[] {
  if (!metadata) return []
  try {
    const { index_columns: found }: { index_columns?: unknown } = JSON.parse(metadata)
    return Array.isArray(found) ? found.filter((name): name is string => typeof name === 'string') : []
  } catch {
    return []
  }
}
