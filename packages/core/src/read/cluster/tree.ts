/**
 * Two groups become one at a height. Group numbers below the number of points are points; higher ones are earlier
 * merges.
 */
export interface Merge {
  readonly made: number
  readonly one: number
  readonly other: number
  readonly height: number
}

/**
 * Sorts merges by height, each after those that made its groups: nearest-neighbour chains find them in another order.
 */
export function byHeight(merges: readonly Merge[]): Merge[] {
  const heights = new Map<number, number>()
  const raised = merges.map((merge) => {
    const height = Math.max(merge.height, heights.get(merge.one) ?? 0, heights.get(merge.other) ?? 0)
    heights.set(merge.made, height)
    return { ...merge, height }
  })
  return raised.sort((a, b) => a.height - b.height || a.made - b.made)
}

/** The groups after merging until `count` are left: a group number per point, in no particular order. */
export function cut(points: number, merges: readonly Merge[], count: number): Uint32Array {
  const parent = Uint32Array.from({ length: points + merges.length }, (_, i) => i)
  const find = (group: number): number => {
    let root = group
    while (parent[root] !== root) root = parent[root]
    return root
  }
  for (const { made, one, other } of merges.slice(0, Math.max(0, points - count))) {
    parent[find(one)] = made
    parent[find(other)] = made
  }
  return Uint32Array.from({ length: points }, (_, i) => find(i))
}
