import type { Issue, Som } from '@som/core'
import { findFeatures, type Input, type Table } from '@som/io'
import Result from 'true-myth/result'

/**
 * Finds a map's features among the columns of a table, by name. A feature that is missing or not numeric is an issue,
 * and so is a column with a name in `added`.
 */
export function featureColumns(table: Table, som: Som, added: readonly string[]): Result<Input[], readonly Issue[]> {
  const found = findFeatures(table, som.features)
  const issues = found.isErr ? [...found.error] : []
  issues.push(...takenColumns(table, added))
  return issues.length > 0 ? Result.err(issues) : found
}

/** The issue for a table that already has columns with the names to be added. */
export function takenColumns({ name, columns }: Pick<Table, 'name' | 'columns'>, added: readonly string[]): Issue[] {
  const taken = added.filter((one) => columns.some((column) => column.name === one))
  const message = `already has columns that matching would add: ${taken.join(', ')}; rename them or give --prefix`
  return taken.length > 0 ? [{ path: name, message }] : []
}
