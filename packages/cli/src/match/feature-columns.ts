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

/** Where the features of a map are in a table, by name. Every one that is missing or no number is an issue. */
export function featureColumns(table: Table, som: Som, prefix: string): Result<Input[], readonly Issue[]> {
  const names = table.columns.map(({ name }) => name)
  const found = findFeatures(table, som.features)
  const issues = found.isErr ? [...found.error] : []
  const taken = addedColumns(som)
    .map((name) => prefix + name)
    .filter((name) => names.includes(name))
  if (taken.length > 0) {
    issues.push({
      path: table.name,
      message: `has columns that matching would add: ${taken.join(', ')}; rename them or give --prefix`,
    })
  }
  return issues.length > 0 ? Result.err(issues) : found
}
