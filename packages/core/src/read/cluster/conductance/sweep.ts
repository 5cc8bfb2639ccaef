import { degreesOf, type Graph } from './graph.ts'
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

function sum(numbers: ArrayLike<number>): number {
  let all = 0
  for (let i = 0; i < numbers.length; i++) all += numbers[i]
  return all
}
