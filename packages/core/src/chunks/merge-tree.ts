/** What 2^`level` whole chunks have in common, those from number `index` · 2^`level` on. */
export interface ChunkNode<T> {
  readonly level: number
  readonly index: number
  readonly value: T
}

/**
 * Values of chunks, merged two and two by the numbers of the chunks: 0 with 1, 2 with 3, then those pairs, and so on. A
 * chunk without a partner goes up alone. So neither the order in which chunks arrive nor who merged some of them before
 * decides a bit of the total.
 */
export interface MergeTree<T> {
  /** Throws a RangeError for chunks that it has already. */
  add(node: ChunkNode<T>): void
  /** The nodes that wait for a partner: at most two a level where the chunks are a range. */
  nodes(): ChunkNode<T>[]
  /** The value of chunks 0 to `count` - 1, at least one; throws a RangeError if one is missing. */
  total(count: number): T
}

export function mergeTree<T>(merge: (a: T, b: T) => T): MergeTree<T> {
  const levels: Map<number, T>[] = []

  const totalAt = (level: number, index: number, count: number): T => {
    const known = levels[level]?.get(index)
    if (known !== undefined) return known
    if (level === 0) throw new RangeError(`chunks: number ${index} of ${count} is missing`)
    const left = totalAt(level - 1, 2 * index, count)
    const right = 2 * index + 1
    return right * 2 ** (level - 1) < count ? merge(left, totalAt(level - 1, right, count)) : left
  }

  return {
    add({ level, index, value }) {
      for (;;) {
        while (levels.length <= level) levels.push(new Map())
        if (isKnown(levels, level, index)) throw new RangeError(`chunks: number ${index * 2 ** level} came twice`)
        const partner = index % 2 === 0 ? index + 1 : index - 1
        const other = levels[level].get(partner)
        if (other === undefined) {
          levels[level].set(index, value)
          return
        }
        levels[level].delete(partner)
        value = index % 2 === 0 ? merge(value, other) : merge(other, value)
        index = Math.floor(index / 2)
        level++
      }
    },
    nodes: () =>
      levels.flatMap((nodes, level) =>
        [...nodes].sort(([a], [b]) => a - b).map(([index, value]) => ({ level, index, value })),
      ),
    total(count) {
      let top = 0
      while (2 ** top < count) top++
      return totalAt(top, 0, count)
    },
  }
}

/** Whether a node, or one above it, is there. */
function isKnown<T>(levels: readonly Map<number, T>[], level: number, index: number): boolean {
  return levels.slice(level).some((nodes, up) => nodes.has(Math.floor(index / 2 ** up)))
}
