import { type BallTree, leastSquared, squaredBelow } from './ball-tree.ts'

/** Two points joined at a squared distance. */
export interface Edge {
  readonly one: number
  readonly other: number
  readonly squared: number
}

/**
 * A tree of least mutual reachability, the larger of two points' core distances and their own distance (R. Campello, D.
 * Moulavi, J. Sander, Density-based clustering based on hierarchical density estimates, 2013). By O. Borůvka's method
 * (1926): in each round every component is joined to the nearest other one. Core distances and the points of edges are
 * by places in the tree.
 */
export function reachabilityTree(tree: BallTree, core: Float64Array): Edge[] {
  const { from, to, leaves } = tree
  const rows = core.length
  const component = Int32Array.from({ length: rows }, (_, place) => place)
  const nearestOf = nearestElsewhere(tree, core, component)
  const edges: Edge[] = []
  const [best, one, other] = [new Float64Array(rows), new Int32Array(rows), new Int32Array(rows)]
  /** No point outside its component is nearer to a point than this. */
  const least = core.slice()
  /** The component of all points of a ball, -1 if there are several. */
  const only = new Int32Array(from.length)
  while (edges.length < rows - 1) {
    for (let ball = from.length - 1; ball >= 0; ball--) {
      if (ball < leaves) only[ball] = only[2 * ball + 1] === only[2 * ball + 2] ? only[2 * ball + 1] : -1
      else {
        only[ball] = component[from[ball]]
        for (let at = from[ball] + 1; at < to[ball]; at++) if (component[at] !== only[ball]) only[ball] = -1
      }
    }
    best.fill(Number.POSITIVE_INFINITY)
    for (let place = 0; place < rows; place++) {
      const own = component[place]
      if (least[place] >= best[own]) continue
      const found = nearestOf(place, only, best[own])
      least[place] = Math.max(least[place], Math.min(found.squared, best[own]))
      if (found.squared >= best[own]) continue
      best[own] = found.squared
      one[own] = place
      other[own] = found.place
    }
    join(component, { best, one, other }, edges)
  }
  return edges
}

/** Joins each component to that of its nearest point, unless another has joined them before. */
function join(
  component: Int32Array,
  { best, one, other }: { readonly best: Float64Array; readonly one: Int32Array; readonly other: Int32Array },
  edges: Edge[],
): void {
  const parent = Int32Array.from(component, (_, place) => place)
  const find = (from: number): number => {
    let root = from
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]]
      root = parent[root]
    }
    return root
  }
  for (let own = 0; own < component.length; own++) {
    if (best[own] === Number.POSITIVE_INFINITY) continue
    const [a, b] = [find(own), find(component[other[own]])]
    if (a === b) continue
    parent[Math.max(a, b)] = Math.min(a, b)
    edges.push({ one: one[own], other: other[own], squared: best[own] })
  }
  component.forEach((own, place) => {
    component[place] = find(own)
  })
}

/** Finds the nearest point of another component, if one is nearer than a bound. */
function nearestElsewhere(
  tree: BallTree,
  core: Float64Array,
  component: Int32Array,
): (place: number, only: Int32Array, bound: number) => { readonly place: number; readonly squared: number } {
  const { data, columns, from, to, leaves } = tree
  const leastCore = new Float64Array(from.length)
  for (let ball = from.length - 1; ball >= 0; ball--) {
    if (ball < leaves) leastCore[ball] = Math.min(leastCore[2 * ball + 1], leastCore[2 * ball + 2])
    else leastCore[ball] = core.subarray(from[ball], to[ball]).reduce((least, x) => Math.min(least, x))
  }
  let [place, own, reach] = [0, 0, 0]
  let only: Int32Array
  const found = { place: -1, squared: 0 }
  /** The least that a point of the ball may be away; Infinity if none counts. */
  const boundOf = (ball: number): number => {
    if (only[ball] === own || leastCore[ball] >= found.squared) return Number.POSITIVE_INFINITY
    return Math.max(reach, leastCore[ball], leastSquared(tree, place, ball))
  }
  const look = (at: number): void => {
    const bound = Math.max(reach, core[at])
    if (component[at] === own || bound >= found.squared) return
    const squared = squaredBelow(data, place * columns, data, at * columns, columns, found.squared)
    if (squared >= found.squared) return
    found.squared = Math.max(squared, bound)
    found.place = at
  }
  const visit = (ball: number): void => {
    if (ball >= leaves) {
      for (let at = from[ball]; at < to[ball]; at++) look(at)
      return
    }
    const [left, right] = [2 * ball + 1, 2 * ball + 2]
    const [one, other] = [boundOf(left), boundOf(right)]
    const [first, second] = one <= other ? [left, right] : [right, left]
    if (Math.min(one, other) < found.squared) visit(first)
    if (Math.max(one, other) < found.squared) visit(second)
  }
  return (from, onlyNow, bound) => {
    only = onlyNow
    place = from
    own = component[from]
    reach = core[from]
    found.place = -1
    found.squared = bound
    if (reach < bound) visit(0)
    return found
  }
}
