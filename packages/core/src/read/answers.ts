import type { Matches } from '../backend/backend.ts'
import type { Som } from '../som.ts'
import { clusterNames, clustersOfRows, mayLeaveOut, UNCLUSTERED } from './cluster/clusters.ts'
import { pValuesOf } from './p-values.ts'

/**
 * What the cells of a column are. A row without a unit has null in each; where a format has no null, -1, NaN or empty
 * text.
 */
export type AnswerKind = 'integer' | 'number' | 'text'

interface Row {
  readonly name: string
  readonly kind: AnswerKind
  /** What a map must have to answer this. */
  readonly needs?: 'clusters' | 'seen'
  readonly help: string
}

/** What a map says about a row, in this order, under these names in every format. */
export const ANSWERS = [
  {
    name: 'unit',
    kind: 'integer',
    help: 'best-matching unit, counted row by row from 0: `unit_row` · columns + `unit_column`',
  },
  { name: 'unit_row', kind: 'integer', help: 'row of that unit on the lattice, from 0' },
  { name: 'unit_column', kind: 'integer', help: 'column of that unit on the lattice, from 0' },
  {
    name: 'distance',
    kind: 'number',
    help: "distance to that unit, in preprocessed units and the map's metric, rounded to 32 bits",
  },
  { name: 'second_unit', kind: 'integer', help: 'second-best unit; null on a map of one unit' },
  {
    name: 'cluster',
    kind: 'integer',
    needs: 'clusters',
    help: 'number of the cluster of that unit, from 1: the cluster with the most training rows first; -1 for a row that is unclustered',
  },
  {
    name: 'cluster_name',
    kind: 'text',
    needs: 'clusters',
    help: 'name of that cluster; `cluster 1` and so on if it has none; `unclustered` for a row that is in none',
  },
  {
    name: 'p_value',
    kind: 'number',
    needs: 'seen',
    help: 'share of rows like those of training that are as far from the map or farther; near 0 for a row unlike all of them',
  },
] as const

type Named = (typeof ANSWERS)[number] & Row
type Cell<C extends Row> = (C['kind'] extends 'text' ? string : number) | null

export type AnswerName = Named['name']

/** What a map says about one row, as an object. */
export type Answer = {
  readonly [C in Exclude<Named, { needs: string }> as C['name']]: Cell<C>
} & {
  readonly [C in Extract<Named, { needs: string }> as C['name']]?: Cell<C>
}

/** Matched rows; the second-best units where they were requested. */
export type Matched = Pick<Matches, 'unit' | 'distance'> & Partial<Pick<Matches, 'secondUnit'>>

/** A column of what a map says about rows. */
export interface CellColumn<Found, Name extends string = string> {
  readonly name: Name
  readonly kind: AnswerKind
  /** Of a column of text: every text there can be. */
  readonly levels?: readonly string[]
  /** What `fill` writes for a row without a unit in a column of integers where -1 says something else. */
  readonly none?: number
  /**
   * Writes a number for each row, -1 or `none` (NaN in a column of numbers) for a row without a unit; in a column of
   * text its place in `levels`.
   */
  fill(found: Found, into: Int32Array | Float64Array): void
}

/** A column of answers. */
export type AnswerColumn = CellColumn<Matched, AnswerName>

/** The columns of `ANSWERS` that this map has. */
export function answerNames({ clusters, seen }: Pick<Som, 'clusters' | 'seen'>): Named[] {
  const has = { clusters: Boolean(clusters), seen: Boolean(seen) }
  return ANSWERS.filter((answer) => !('needs' in answer) || has[answer.needs])
}

/**
 * What a map says about matched rows, column by column. `second: false` leaves the second-best unit out, as in `match`.
 */
export function answersOf(
  som: Pick<Som, 'lattice' | 'clusters' | 'seen'>,
  { second = true }: { readonly second?: boolean } = {},
): AnswerColumn[] {
  const { clusters } = som
  const leavesOut = clusters !== undefined && mayLeaveOut(clusters)
  const levels = clusters && [...clusterNames(clusters), ...(leavesOut ? [UNCLUSTERED] : [])]
  const fills = fillsOf(som)
  return answerNames(som)
    .filter(({ name }) => second || name !== 'second_unit')
    .map(({ name, kind }) => ({
      ...{ name, kind, fill: fills[name] },
      ...(kind === 'text' && { levels }),
      ...(name === 'cluster' && leavesOut && { none: NO_UNIT }),
    }))
}

/** Beside the -1 of an unclustered row. */
const NO_UNIT = -2

// Loops of their own: a function for each row, or `from`, is several times slower.

function fillsOf({
  lattice,
  clusters,
  seen,
}: Parameters<typeof answersOf>[0]): Record<AnswerName, AnswerColumn['fill']> {
  const units = lattice.rows * lattice.columns
  const byUnit = (of: ArrayLike<number>): AnswerColumn['fill'] => {
    const table = Int32Array.from(of)
    return ({ unit }, into) => {
      for (let i = 0; i < into.length; i++) into[i] = unit[i] < 0 ? -1 : table[unit[i]]
    }
  }
  const p = seen && pValuesOf(seen)
  const leavesOut = clusters !== undefined && mayLeaveOut(clusters)
  const count = clusters?.count ?? 0
  /** The place of each row's cluster; that after the last for an unclustered one. */
  const byCluster: AnswerColumn['fill'] = (found, into) => {
    if (clusters === undefined) return
    const places = clustersOfRows(clusters, found)
    const none = leavesOut ? NO_UNIT : -1
    for (let i = 0; i < into.length; i++) into[i] = found.unit[i] < 0 ? none : places[i] < 0 ? count : places[i]
  }
  return {
    unit: ({ unit }, into) => into.set(unit),
    unit_row: byUnit(Array.from({ length: units }, (_, unit) => Math.floor(unit / lattice.columns))),
    unit_column: byUnit(Array.from({ length: units }, (_, unit) => unit % lattice.columns)),
    distance({ unit, distance }, into) {
      for (let i = 0; i < into.length; i++) into[i] = unit[i] < 0 ? Number.NaN : distance[i]
    },
    second_unit: ({ secondUnit }, into) => (secondUnit ? into.set(secondUnit) : into.fill(-1)),
    cluster(found, into) {
      byCluster(found, into)
      // Numbers count from 1, and a row in none has -1.
      for (let i = 0; i < into.length; i++) into[i] = into[i] < 0 ? into[i] : into[i] === count ? -1 : into[i] + 1
    },
    cluster_name: byCluster,
    p_value({ unit, distance }, into) {
      for (let i = 0; i < into.length; i++) into[i] = unit[i] < 0 || p === null ? Number.NaN : p(distance[i])
    },
  }
}

/** The numbers of a column, one for each row, as its `fill` writes them. */
export function answerNumbers<Found extends Pick<Matched, 'unit'>>(
  { kind, fill }: CellColumn<Found>,
  found: Found,
): Int32Array | Float64Array {
  const into = kind === 'number' ? new Float64Array(found.unit.length) : new Int32Array(found.unit.length)
  fill(found, into)
  return into
}

/** The cells of a column, one for each row: null for a row without a unit. */
export function answerCells<Found extends Pick<Matched, 'unit'>>(
  column: CellColumn<Found>,
  found: Found,
): (number | string | null)[] {
  const { kind, levels, none } = column
  const into = answerNumbers(column, found)
  if (kind === 'number') return Array.from(into, (x) => (Number.isNaN(x) ? null : x))
  if (none !== undefined) return Array.from(into, (x) => (x === none ? null : x))
  return Array.from(into, (x) => (x < 0 ? null : (levels?.[x] ?? x)))
}

/** The same row by row, as objects under the names of the columns. */
export function answerRows(columns: readonly AnswerColumn[], found: Matched): Answer[] {
  // The columns of a map are those that `Answer` has.
  return cellRows(columns, found) as Answer[]
}

/** The cells of columns row by row, as objects under their names. */
export function cellRows<Found extends Pick<Matched, 'unit'>>(
  columns: readonly CellColumn<Found>[],
  found: Found,
): Record<string, number | string | null>[] {
  const cells = columns.map((column) => answerCells(column, found))
  return Array.from(found.unit, (_, i) => {
    const row: Record<string, number | string | null> = {}
    for (let c = 0; c < columns.length; c++) row[columns[c].name] = cells[c][i]
    return row
  })
}
