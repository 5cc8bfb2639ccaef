import { clusterNames, clustersOfRows, UNCLUSTERED } from '@som/core'
import { type ColumnData, cellText, type TableData } from '../table/table-data.ts'
import type { Run } from './store.ts'

/** A column to write: its cells as values of its kind, null for a missing one. */
export interface Written {
  readonly name: string
  readonly kind: 'number' | 'float' | 'integer' | 'boolean' | 'time' | 'text'
  /** Times are ms since the start of 1970. */
  readonly cell: (row: number) => number | boolean | string | null
  /** A cell as text, with all its digits. */
  readonly text: (row: number) => string
}

type OnMap = Pick<Run, 'unit' | 'distance' | 'clusters'>

/** Every row with its unit, distance and cluster beside its own columns. */
export function assignedColumns({ columns }: Pick<TableData, 'columns'>, onMap: OnMap): Written[] {
  const taken = new Set(columns.map(({ name }) => name))
  const own = ownColumns(onMap).map((column) => ({
    ...column,
    name: taken.has(column.name) ? `som_${column.name}` : column.name,
  }))
  return [...columns.map(asWritten), ...own]
}

function asWritten(column: ColumnData): Written {
  const { name, kind, numbers, codes, levels } = column
  if (codes !== null) {
    const cell = (row: number): string | null => (codes[row] < 0 ? null : levels[codes[row]])
    return { name, kind: 'text', cell, text: (row) => cell(row) ?? '' }
  }
  const value = (row: number): number => numbers?.[row] ?? Number.NaN
  const or =
    <T>(of: (value: number) => T) =>
    (row: number): T | null =>
      Number.isNaN(value(row)) ? null : of(value(row))
  const shown = (row: number): string => cellText(column, row)
  if (kind === 'boolean') return { name, kind, cell: or((x) => x === 1), text: shown }
  if (kind === 'time') return { name, kind, cell: or((x) => Math.round(1000 * x)), text: shown }
  return { name, kind: 'number', cell: or((x) => x), text: or(String) as (row: number) => string }
}

function ownColumns({ unit, distance, clusters }: OnMap): Written[] {
  const isOn = (row: number): boolean => unit[row] >= 0
  const column = (name: string, kind: Written['kind'], of: (row: number) => number | string): Written => ({
    ...{ name, kind },
    cell: (row) => (isOn(row) ? of(row) : null),
    text: (row) => (isOn(row) ? String(of(row)) : ''),
  })
  const always = [column('unit', 'integer', (row) => unit[row]), column('distance', 'float', (row) => distance[row])]
  if (clusters === null) return always
  const names = clusterNames(clusters)
  const places = clustersOfRows(clusters, { unit, distance })
  return [
    ...always,
    column('cluster', 'integer', (row) => (places[row] < 0 ? -1 : places[row] + 1)),
    column('cluster_name', 'text', (row) => names[places[row]] ?? UNCLUSTERED),
  ]
}

/** As CSV. */
export function csvOf(columns: readonly Written[], rows: number): string {
  const lines = [columns.map(({ name }) => quoted(name)).join(',')]
  for (let row = 0; row < rows; row++) lines.push(columns.map(({ text }) => quoted(text(row))).join(','))
  return `${lines.join('\n')}\n`
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
