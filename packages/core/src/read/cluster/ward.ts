import { type Matrix, rowOf } from '../../rows/matrix.ts'
import { squaredDistance } from './points.ts'
import { byHeight, type Merge } from './tree.ts'

/**
 * Repeatedly merges the two groups whose union adds least to the squared distances from their means (J. H. Ward,
 * Hierarchical grouping to optimize an objective function, 1963), at a height of √(2 that). `neighbours` lists those of
 * each point: then only adjacent groups are merged, and groups stay connected. Without it, nearest-neighbour chains
 * find the merges in points² steps.
 */
export function ward(points: Matrix, neighbours?: (point: number) => readonly number[]): Merge[] {
  const groups = Array.from({ length: points.rows }, (_, i) => ({
    name: i,
    size: 1,
    mean: Float64Array.from(rowOf(points, i)),
  }))
  return neighbours === undefined ? byChains(groups) : byTouching(groups, neighbours)
}

interface Group {
  readonly name: number
  readonly size: number
  readonly mean: Float64Array
}

/** 2 |a||b| / (|a| + |b|) · |mean a - mean b|² */
function cost(a: Group, b: Group): number {
  return ((2 * a.size * b.size) / (a.size + b.size)) * squaredDistance(a.mean, b.mean)
}

function union(name: number, a: Group, b: Group): Group {
  const size = a.size + b.size
  return { name, size, mean: a.mean.map((x, f) => (a.size * x + b.size * b.mean[f]) / size) }
}

function byChains(points: readonly Group[]): Merge[] {
  const merges: Merge[] = []
  const live = new Set(points)
  const chain: Group[] = []
  while (live.size > 1) {
    if (chain.length === 0) chain.push(...[...live].slice(0, 1))
    const last = chain[chain.length - 1]
    const before: Group | undefined = chain[chain.length - 2]
    let nearest = before
    let least = before === undefined ? Number.POSITIVE_INFINITY : cost(last, before)
    for (const other of live) {
      if (other === last || other === before) continue
      const found = cost(last, other)
      if (found < least || nearest === undefined) {
        least = found
        nearest = other
      }
    }
    if (nearest !== before) {
      chain.push(nearest)
      continue
    }
    chain.length -= 2
    live.delete(last)
    live.delete(before)
    const made = points.length + merges.length
    live.add(union(made, last, before))
    merges.push({ made, one: before.name, other: last.name, height: Math.sqrt(least) })
  }
  return byHeight(merges)
}

function byTouching(points: readonly Group[], neighbours: (point: number) => readonly number[]): Merge[] {
  const merges: Merge[] = []
  const groups = new Map(points.map((point) => [point.name, point]))
  const touching = new Map(points.map(({ name }) => [name, new Set(neighbours(name))]))
  const nearest = new Map<number, { other: number; cost: number }>()
  const look = (group: Group): void => {
    let found: { other: number; cost: number } | undefined
    for (const other of touching.get(group.name) ?? []) {
      const candidate = groups.get(other)
      if (candidate === undefined) continue
      const price = cost(group, candidate)
      if (found === undefined || price < found.cost || (price === found.cost && other < found.other)) {
        found = { other, cost: price }
      }
    }
    if (found === undefined) nearest.delete(group.name)
    else nearest.set(group.name, found)
  }
  points.forEach(look)
  while (nearest.size > 0) {
    let [name, best] = [-1, { other: -1, cost: Number.POSITIVE_INFINITY }]
    for (const [candidate, pair] of nearest) if (pair.cost < best.cost || name < 0) [name, best] = [candidate, pair]
    const [a, b] = [groups.get(name), groups.get(best.other)]
    if (a === undefined || b === undefined) break
    const made = union(points.length + merges.length, a, b)
    merges.push({ made: made.name, one: a.name, other: b.name, height: Math.sqrt(best.cost) })
    const around = new Set([...(touching.get(a.name) ?? []), ...(touching.get(b.name) ?? [])])
    for (const gone of [a.name, b.name]) {
      around.delete(gone)
      groups.delete(gone)
      touching.delete(gone)
      nearest.delete(gone)
    }
    groups.set(made.name, made)
    touching.set(made.name, around)
    for (const other of around) {
      const theirs = touching.get(other)
      theirs?.delete(a.name)
      theirs?.delete(b.name)
      theirs?.add(made.name)
      const group = groups.get(other)
      const pointsAt = nearest.get(other)?.other
      if (group === undefined) continue
      if (pointsAt === a.name || pointsAt === b.name || pointsAt === undefined) look(group)
      else if (cost(group, made) < (nearest.get(other)?.cost ?? 0))
        nearest.set(other, { other: made.name, cost: cost(group, made) })
    }
    look(made)
  }
  return merges
}
