import type { Matches } from '../../backend/backend.ts'

/** Units grouped: what a map says a row belongs to. */
export interface Clusters {
  /** How they were found. */
  readonly method: string
  readonly count: number
  /**
   * The cluster of each unit by its place, from 0, the largest cluster first: its place in `names`. People see its
   * number, from 1: `clusterNumbers`. -1 for a unit in none: its rows are unclustered.
   */
  readonly of: Int32Array
  /** What each cluster is called, where somebody named them. */
  readonly names?: readonly string[]
  /**
   * Where noise was requested: how far from its unit a row of each cluster may be, in preprocessed units and the map's
   * metric. Rows farther away are unclustered.
   */
  readonly reach?: readonly number[]
  readonly seed: number
}

/** The name of what is in no cluster, everywhere; its number is -1. */
export const UNCLUSTERED = 'unclustered'

/** The number of each unit's cluster as it is shown everywhere: from 1 on, the largest cluster first; -1 for none. */
export function clusterNumbers({ of }: Pick<Clusters, 'of'>): Int32Array {
  return Int32Array.from(of, (place) => (place < 0 ? -1 : numberOf(place)))
}

/**
 * What each cluster is called, in the order of their numbers: its name, or `cluster 1`, `cluster 2`, … where it has
 * none.
 */
export function clusterNames({ count, names }: Pick<Clusters, 'count' | 'names'>): string[] {
  return Array.from({ length: count }, (_, place) => names?.[place] ?? `cluster ${numberOf(place)}`)
}

const numberOf = (place: number): number => place + 1

/** Whether a row with values may be in no cluster. */
export function mayLeaveOut({ of, reach }: Pick<Clusters, 'of' | 'reach'>): boolean {
  return reach !== undefined || of.includes(-1)
}

/**
 * The cluster of each matched row by its place, from 0: that of its unit, unless the row is out of the cluster's
 * reach. -1 for a row in none, and for one without a unit.
 */
export function clustersOfRows(
  { of, reach }: Pick<Clusters, 'of' | 'reach'>,
  { unit, distance }: Pick<Matches, 'unit' | 'distance'>,
): Int32Array {
  const places = new Int32Array(unit.length)
  for (let row = 0; row < places.length; row++) {
    const place = unit[row] < 0 ? -1 : of[unit[row]]
    places[row] = place >= 0 && reach !== undefined && distance[row] > reach[place] ? -1 : place
  }
  return places
}

/**
 * The same groups, numbered from 0 by their size, the largest first, and groups of one size by their first members.
 * `sizes` says what each member counts: 1 where there are none. Members with a negative group are in none: -1.
 */
export function bySize(groups: ArrayLike<number>, sizes?: ArrayLike<number>): Int32Array {
  const found = new Map<number, number>()
  for (let member = 0; member < groups.length; member++) {
    if (groups[member] >= 0) found.set(groups[member], (found.get(groups[member]) ?? 0) + (sizes?.[member] ?? 1))
  }
  // A map keeps the order of first members, and sorting keeps it where sizes are equal.
  const order = [...found.keys()].sort((a, b) => (found.get(b) ?? 0) - (found.get(a) ?? 0))
  const places = new Map(order.map((group, place) => [group, place]))
  return Int32Array.from(groups, (group) => places.get(group) ?? -1)
}
