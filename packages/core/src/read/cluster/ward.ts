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
  if (neighbours === undefined) return byChains(points)
  const groups = Array.from({ length: points.rows }, (_, i) => ({
    name: i,
    size: 1,
    mean: Float64Array.from(rowOf(points, i)),
  }))
  return byTouching(groups, neighbours)
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

function byChains(points: Matrix): Merge[] {
  const width = points.columns
  const merges: Merge[] = []
  const names = 2 * points.rows
  // The mean of a union takes the place of that of one of its two groups.
  const means = Float64Array.from(points.data)
  const place = Uint32Array.from({ length: names }, (_, name) => name)
  const size = new Float64Array(names).fill(1)
  const isLive = new Uint8Array(names).fill(1, 0, points.rows)
  /** As `cost`. */
  const costOf = (a: number, b: number): number => {
    let sum = 0
    for (let f = 0, p = place[a] * width, q = place[b] * width; f < width; f++, p++, q++) {
      const d = means[p] - means[q]
      sum += d * d
    }
    return ((2 * size[a] * size[b]) / (size[a] + size[b])) * sum
  }
  // Those that were merged stay in the list until they are half of it.
  let list = Array.from({ length: points.rows }, (_, name) => name)
  let live = list.length
  const chain: number[] = []
  while (live > 1) {
    if (list.length > 2 * live) list = list.filter((name) => isLive[name])
    if (chain.length === 0) chain.push(...list.filter((name) => isLive[name]).slice(0, 1))
    const last = chain[chain.length - 1]
    const before = chain.at(-2) ?? -1
    let nearest = before
    let least = before < 0 ? Number.POSITIVE_INFINITY : costOf(last, before)
    for (let at = 0; at < list.length; at++) {
      const other = list[at]
      if (isLive[other] === 0 || other === last || other === before) continue
      const found = costOf(last, other)
      if (found < least || nearest < 0) {
        least = found
        nearest = other
      }
    }
    if (nearest !== before) {
      chain.push(nearest)
      continue
    }
    chain.length -= 2
    const made = points.rows + merges.length
    size[made] = size[last] + size[before]
    place[made] = place[last]
    for (let f = 0, p = place[last] * width, q = place[before] * width; f < width; f++, p++, q++)
      means[p] = (size[last] * means[p] + size[before] * means[q]) / size[made]
    isLive[last] = isLive[before] = 0
    isLive[made] = 1
    list.push(made)
    live--
    merges.push({ made, one: before, other: last, height: Math.sqrt(least) })
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
