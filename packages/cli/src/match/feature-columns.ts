import type { Issue, Som } from '@som/core'
import { findFeatures, type Input, type LoadedType, type Table } from '@som/io'
import Result from 'true-myth/result'

/** The columns that matching adds: the cluster where the map has clusters, the p-value where its training is finished. */
export function addedColumns({ clusters, seen }: Som): string[] {
  const always = ['unit', 'unit_row', 'unit_column', 'distance', 'second_unit']
  return [...always, ...(clusters ? ['cluster'] : []), ...(seen ? ['p_value'] : [])]
}

/** What the cells of the columns that matching adds are. */
export function addedTypes({ clusters, seen }: Som): LoadedType[] {
  const always = ['INTEGER', 'INTEGER', 'INTEGER', 'FLOAT', 'INTEGER'] as const
  const cluster = clusters?.names ? 'VARCHAR' : 'INTEGER'
  return [...always, ...(clusters ? ([cluster] as const) : []), ...(seen ? (['DOUBLE'] as const) : [])]
}

/** Where the features of a map are in a table, by name. Every one that is missing or no number is an issue, and so is a column called as one of `added`. */
export function featureColumns(table: Table, som: Som, added: readonly string[]): Result<Input[], readonly Issue[]> {
  const found = findFeatures(table, som.features)
  const issues = found.isErr ? [...found.error] : []
  issues.push(...takenColumns(table, added))
  return issues.length > 0 ? Result.err(issues) : found
}

/** That a table has columns of its own of names that are to be added. */
export function takenColumns({ name, columns }: Pick<Table, 'name' | 'columns'>, added: readonly string[]): Issue[] {
  const taken = added.filter((one) => columns.some((column) => column.name === one))
  const message = `has columns that matching would add: ${taken.join(', ')}; rename them or give --prefix`
  return taken.length > 0 ? [{ path: name, message }] : []
}
