import { clusterNames, clustersOfRows, UNCLUSTERED } from '@som/core'
import { cellText, type TableData } from '../table/table-data.ts'
import type { Run } from './store.ts'

/** Every row with its unit, distance and cluster beside its own columns, as CSV. */
export function assignmentsOf(
  { columns, rows }: TableData,
  { unit, distance, clusters }: Pick<Run, 'unit' | 'distance' | 'clusters'>,
): string {
  const names = clusters && clusterNames(clusters)
  const places = clusters && clustersOfRows(clusters, { unit, distance })
  const taken = new Set(columns.map(({ name }) => name))
  const own = ['unit', 'distance', ...(clusters ? ['cluster', 'cluster_name'] : [])]
  const heads = own.map((name) => (taken.has(name) ? `som_${name}` : name))
  const lines = [[...columns.map(({ name }) => name), ...heads].map(cell).join(',')]
  for (let row = 0; row < rows; row++) {
    const at = unit[row]
    const place = places?.[row] ?? -1
    const named = place < 0 ? ['-1', UNCLUSTERED] : [String(place + 1), names?.[place] ?? '']
    const beside = at < 0 ? own.map(() => '') : [String(at), String(distance[row]), ...(names ? named : [])]
    lines.push([...columns.map((column) => exactText(column, row)), ...beside].map(cell).join(','))
  }
  return `${lines.join('\n')}\n`
}

/** A number with all its digits; other cells as they are shown. */
function exactText(column: TableData['columns'][number], row: number): string {
  const value = column.numbers?.[row]
  return column.kind === 'number' && value !== undefined
    ? Number.isNaN(value)
      ? ''
      : String(value)
    : cellText(column, row)
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
