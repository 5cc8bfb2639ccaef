import { byHeight, type Merge } from './tree.ts'

/**
 * Merges the groups with the smallest mean distance between their points, by nearest-neighbour chains (F. Murtagh, A
 * survey of recent advances in hierarchical clustering algorithms, 1983). `apart` has points × points distances, and is
 * overwritten.
 */
export function averageLinkage(points: number, apart: Float64Array): Merge[] {
  const merges: Merge[] = []
  const group = Uint32Array.from({ length: points }, (_, i) => i)
  const size = new Float64Array(points).fill(1)
  const live = new Set<number>(group)
  const chain: number[] = []
  while (live.size > 1) {
    if (chain.length === 0) chain.push(live.values().next().value ?? 0)
    for (;;) {
      const last = chain[chain.length - 1]
      const before = chain[chain.length - 2]
      let nearest = before ?? -1
      let least = before === undefined ? Number.POSITIVE_INFINITY : apart[last * points + before]
      for (const other of live) {
        if (other !== last && apart[last * points + other] < least) {
          least = apart[last * points + other]
          nearest = other
        }
      }
      if (nearest !== before) {
        chain.push(nearest)
        continue
      }
      chain.length -= 2
      const [kept, gone] = [Math.min(last, before), Math.max(last, before)]
      merges.push({ made: points + merges.length, one: group[kept], other: group[gone], height: least })
      live.delete(gone)
      for (const other of live) {
        if (other === kept) continue
        const mean =
          (size[kept] * apart[kept * points + other] + size[gone] * apart[gone * points + other]) /
          (size[kept] + size[gone])
        apart[kept * points + other] = mean
        apart[other * points + kept] = mean
      }
      size[kept] += size[gone]
      group[kept] = points + merges.length - 1
      break
    }
  }
  return byHeight(merges)
}
