import { componentsOf, degreesOf, type Graph, subgraph } from './graph.ts'
import { indicatorsOf } from './lanczos.ts'

/** Nodes in the order of an indicator; of equal ones the lower node first. */
export function orderBy(indicator: Float64Array): Uint32Array {
  return Uint32Array.from(indicator.keys()).sort((a, b) => indicator[a] - indicator[b] || a - b)
}

/** The order of the Fiedler vector. */
export const fiedlerOrder = (graph: Graph): Uint32Array => orderBy(indicatorsOf(graph, 1)[0])

/** The weight of the edges between the first i + 1 nodes of an order and the rest, for each i. */
export function cutsAlong({ nodes, offsets, to, weight }: Graph, order: Uint32Array): Float64Array {
  const isBefore = new Uint8Array(nodes)
  const cuts = new Float64Array(nodes)
  let cut = 0
  for (let i = 0; i < nodes; i++) {
    const node = order[i]
    for (let e = offsets[node]; e < offsets[node + 1]; e++) cut += isBefore[to[e]] ? -weight[e] : weight[e]
    isBefore[node] = 1
    cuts[i] = cut
  }
  return cuts
}

/** The two sides of a cut. */
export interface Sides {
  readonly one: Uint32Array
  readonly other: Uint32Array
}

/** Eigenvectors that a part is swept along. */
const VECTORS = 4

/**
 * The cut of a connected graph of least conductance, the weight cut over the smaller side's degrees, among the sweeps
 * along eigenvectors 2 to 5 that leave at least `least` of `sizes` on each side; null where there is none. R. Kannan,
 * S. Vempala, A. Vetta, On clusterings: good, bad and spectral, 2004.
 */
export function leastConductance(graph: Graph, sizes: ArrayLike<number>, least: number): Sides | null {
  const degrees = degreesOf(graph)
  const [all, whole] = [sum(degrees), sum(sizes)]
  let best: { conductance: number; order: Uint32Array; at: number } | null = null
  for (const indicator of indicatorsOf(graph, VECTORS)) {
    const order = orderBy(indicator)
    const cuts = cutsAlong(graph, order)
    let [volume, size] = [0, 0]
    for (let i = 0; i + 1 < order.length; i++) {
      volume += degrees[order[i]]
      size += sizes[order[i]]
      if (size < least || whole - size < least) continue
      const conductance = cuts[i] / Math.min(volume, all - volume)
      if (best === null || conductance < best.conductance) best = { conductance, order, at: i + 1 }
    }
  }
  return best && { one: best.order.slice(0, best.at).sort(), other: best.order.slice(best.at).sort() }
}

/** Parts of a graph that edges connect, each in the order of its Fiedler vector. */
export interface Ordered {
  readonly nodes: Uint32Array
  readonly part: Graph
  /** Places in `nodes`. */
  readonly order: Uint32Array
}

/** The connected components of at least two nodes. */
export function orderedParts(graph: Graph): Ordered[] {
  return componentsOf(graph).flatMap((nodes) => {
    if (nodes.length < 2) return []
    const part = nodes.length === graph.nodes ? graph : subgraph(graph, nodes)
    return [{ nodes, part, order: fiedlerOrder(part) }]
  })
}

/** The largest cut of the sweeps along Fiedler vectors: what joins a graph across its widest section. */
export function widestCut(parts: readonly Ordered[]): number {
  return parts.reduce((most, { part, order }) => cutsAlong(part, order).reduce((a, b) => Math.max(a, b), most), 0)
}

/** What joins the two halves of a graph, and the narrower of their own widest cuts. */
export interface Halves {
  readonly between: number
  readonly within: number
}

const LEAST_NODES = 8

/** The halves, by `sizes`, of the largest part along its Fiedler vector; null below 8 nodes. */
export function halvesOf(parts: readonly Ordered[], sizes: ArrayLike<number>): Halves | null {
  const largest = largestOf(parts, sizes)
  if (largest === null || largest.nodes.length < LEAST_NODES) return null
  const { nodes, part, order } = largest
  const half = sum(nodes.map((node) => sizes[node])) / 2
  let [size, at] = [0, 0]
  while (size < half && at < order.length) size += sizes[nodes[order[at++]]]
  at = Math.min(Math.max(at, LEAST_NODES / 2), order.length - LEAST_NODES / 2)
  const [one, other] = [order.slice(0, at).sort(), order.slice(at).sort()]
  const widest = (half: Uint32Array): number => widestCut(orderedParts(subgraph(part, half)))
  return { between: cutsAlong(part, order)[at - 1], within: Math.min(widest(one), widest(other)) }
}

function largestOf(parts: readonly Ordered[], sizes: ArrayLike<number>): Ordered | null {
  let [largest, most]: [Ordered | null, number] = [null, -1]
  for (const one of parts) {
    const size = one.nodes.reduce((all, node) => all + sizes[node], 0)
    if (size > most) [largest, most] = [one, size]
  }
  return largest
}

function sum(numbers: ArrayLike<number>): number {
  let all = 0
  for (let i = 0; i < numbers.length; i++) all += numbers[i]
  return all
}
