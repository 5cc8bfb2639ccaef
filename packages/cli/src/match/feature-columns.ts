import type { Issue, Som } from '@som/core'
import { findFeatures, type Input, type Table } from '@som/io'
import Result from 'true-myth/result'

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
