/** Units grouped: what a map says a row belongs to. */
export interface Clusters {
  /** How they were found. */
  readonly method: string
  readonly count: number
  /**
   * The cluster of each unit by its place, from 0, the largest cluster first: its place in `names`. People see its
   * number, from 1: `clusterNumbers`.
   */
  readonly of: Uint32Array
  /** What each cluster is called, where somebody named them. */
  readonly names?: readonly string[]
  readonly seed: number
}

/** The number of each unit's cluster as it is shown everywhere: from 1 on, the largest cluster first. */
export function clusterNumbers({ of }: Pick<Clusters, 'of'>): Int32Array {
  return Int32Array.from(of, numberOf)
}

/**
 * What each cluster is called, in the order of their numbers: its name, or `cluster 1`, `cluster 2`, … where it has
 * none.
 */
export function clusterNames({ count, names }: Pick<Clusters, 'count' | 'names'>): string[] {
  return Array.from({ length: count }, (_, place) => names?.[place] ?? `cluster ${numberOf(place)}`)
}

const numberOf = (place: number): number => place + 1

/**
 * The same groups, numbered from 0 by their size, the largest first, and groups of one size by their first members.
 * `sizes` says what each member counts: 1 where there are none.
 */
export function bySize(groups: ArrayLike<number>, sizes?: ArrayLike<number>): Uint32Array {
  const found = new Map<number, number>()
  for (let member = 0; member < groups.length; member++)
    found.set(groups[member], (found.get(groups[member]) ?? 0) + (sizes?.[member] ?? 1))
  // A map keeps the order of first members, and sorting keeps it where sizes are equal.
  const order = [...found.keys()].sort((a, b) => (found.get(b) ?? 0) - (found.get(a) ?? 0))
  const places = new Map(order.map((group, place) => [group, place]))
  return Uint32Array.from(groups, (group) => places.get(group) ?? 0)
}
