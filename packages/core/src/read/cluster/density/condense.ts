import type { Matrix } from '../../../rows/matrix.ts'
import { squaredDistanceOfRows } from '../points.ts'
import type { Edge } from './reachability-tree.ts'

/** A cluster while density rises. Densities are 1 / distance. */
export interface DenseCluster {
  /** Its place among all; -1 for that of the first, which holds everything. */
  readonly parent: number
  /** The density at which it parts from its parent, and that at which it ends or parts into others. */
  readonly birth: number
  death: number
  /** Σ weight · (the density at which it leaves - birth). */
  stability: number
}

export interface Condensed {
  /** Each after its parent; the first is everything. */
  readonly clusters: readonly DenseCluster[]
  /** The smallest cluster that each point was in, and the density at which it left that. */
  readonly last: Int32Array
  readonly left: Float64Array
}

/** A component of points that reach each other within a distance. */
interface Component {
  readonly squared: number
  /** Components of less distance, and the points that are alone within it. */
  parts: Component[]
  alone: number[]
  weight: number
}

/**
 * The tree of clusters of at least the weight `least` (R. Campello et al. 2013), from a tree of least mutual
 * reachability. Edges of one length take effect together, so that the order of points decides nothing.
 */
export function condense(
  points: Matrix,
  weights: ArrayLike<number>,
  core: Float64Array,
  edges: readonly Edge[],
  least: number,
): Condensed {
  const densityOf = densities(core, edges)
  const clusters: DenseCluster[] = [{ parent: -1, birth: 0, death: 0, stability: 0 }]
  const last = new Int32Array(core.length)
  const left = new Float64Array(core.length)
  const open: [Component, number][] = [[hierarchy(weights, core, edges), 0]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [component, place] = next
    const density = densityOf(component.squared)
    const cluster = clusters[place]
    const large = component.parts.filter(({ weight }) => weight >= least)
    const goesOn = large.length === 1
    const leaving = goesOn ? component.weight - large[0].weight : component.weight
    cluster.stability += leaving * (density - cluster.birth)
    if (leaving > 0) cluster.death = Math.max(cluster.death, density)
    for (const point of pointsOf(component, large)) {
      last[point] = place
      left[point] = density
    }
    if (goesOn) open.push([large[0], place])
    if (large.length < 2) continue
    const first = clusters.length
    for (const part of large) {
      clusters.push({ parent: place, birth: density, death: density, stability: 0 })
      open.push([part, clusters.length - 1])
    }
    // Points through which parts touch leave with the part that has the nearest point.
    const members = component.alone.length > 0 ? large.map((part) => pointsOf(part, [])) : []
    for (const point of component.alone) {
      const part = touched(points, point, members, component.squared)
      if (part >= 0) last[point] = first + part
    }
  }
  return { clusters, last, left }
}

/** 1 / distance; that of points on top of each other is that of the least distance between others. */
function densities(core: Float64Array, edges: readonly Edge[]): (squared: number) => number {
  const least = [...core, ...edges.map(({ squared }) => squared)].reduce(
    (found, x) => (x > 0 && x < found ? x : found),
    Number.POSITIVE_INFINITY,
  )
  const most = least === Number.POSITIVE_INFINITY ? 1 : 1 / Math.sqrt(least)
  return (squared) => (squared > 0 ? 1 / Math.sqrt(squared) : most)
}

/** All points as one component. */
function hierarchy(weights: ArrayLike<number>, core: Float64Array, edges: readonly Edge[]): Component {
  const parent = Int32Array.from(core, (_, point) => point)
  const find = (point: number): number => {
    let root = point
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]]
      root = parent[root]
    }
    return root
  }
  // Rows of a point join each other at its core distance.
  const components = Array.from(core, (squared, point): Component => {
    return { squared, parts: [], alone: [point], weight: weights[point] }
  })
  for (const { one, other, squared } of [...edges].sort((a, b) => a.squared - b.squared)) {
    const [a, b] = [find(one), find(other)]
    const joined: Component = { squared, parts: [], alone: [], weight: components[a].weight + components[b].weight }
    for (const component of [components[a], components[b]]) {
      // A component of the same distance is none of its own.
      if (component.squared < squared) joined.parts.push(component)
      else {
        joined.parts = joined.parts.length === 0 ? component.parts : joined.parts.concat(component.parts)
        joined.alone = joined.alone.length === 0 ? component.alone : joined.alone.concat(component.alone)
      }
    }
    parent[b] = a
    components[a] = joined
  }
  return components[find(0)]
}

/**
 * The place of the list with the point nearest to another, the first of equal ones; -1 unless at least two have one
 * within the squared distance.
 */
function touched(points: Matrix, point: number, lists: readonly (readonly number[])[], within: number): number {
  let [nearest, least, touching] = [-1, Number.POSITIVE_INFINITY, 0]
  lists.forEach((list, place) => {
    const squared = list.reduce(
      (found, other) => Math.min(found, squaredDistanceOfRows(points, point, points, other)),
      Number.POSITIVE_INFINITY,
    )
    if (squared <= within) touching++
    if (squared < least) [nearest, least] = [place, squared]
  })
  return touching > 1 ? nearest : -1
}

/** The points of a component, without those of some of its parts. */
function pointsOf({ parts, alone }: Component, without: readonly Component[]): number[] {
  const points = [...alone]
  const open = parts.filter((part) => !without.includes(part))
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    for (const point of part.alone) points.push(point)
    open.push(...part.parts)
  }
  return points
}
