import { componentsOf, type Graph, subgraph } from './graph.ts'
import { leastConductance } from './sweep.ts'

const MOST_PARTS = 40
/** A part of fewer units is not cut again. */
const LEAST_UNITS = 12

/**
 * Cuts a graph into parts that are surely no more than a group each, up to 40: the largest part, by `sizes`, at its
 * least conductance, as long as both sides keep `least`. Gives the part of each node, from 0; -1 for nodes in
 * components smaller than `least`.
 */
export function splitGraph(graph: Graph, sizes: ArrayLike<number>, least: number): { of: Int32Array; count: number } {
  const sizeOf = (nodes: Uint32Array): number => nodes.reduce((sum, node) => sum + sizes[node], 0)
  const open: { nodes: Uint32Array; size: number }[] = []
  const done: Uint32Array[] = []
  const take = (nodes: Uint32Array): void => {
    for (const component of componentsOf(subgraph(graph, nodes))) {
      const part = component.map((node) => nodes[node])
      const size = sizeOf(part)
      if (size >= least) open.push({ nodes: part, size })
    }
  }
  take(Uint32Array.from({ length: graph.nodes }, (_, node) => node))
  while (open.length > 0 && open.length + done.length < MOST_PARTS) {
    const at = open.reduce((best, { size }, i) => (size > open[best].size ? i : best), 0)
    const [{ nodes, size }] = open.splice(at, 1)
    const isLarge = nodes.length >= LEAST_UNITS && size >= 2 * least
    const own = Float64Array.from(nodes, (node) => sizes[node])
    const sides = isLarge ? leastConductance(subgraph(graph, nodes), own, least) : null
    if (sides === null) done.push(nodes)
    else for (const side of [sides.one, sides.other]) take(side.map((node) => nodes[node]))
  }
  const of = new Int32Array(graph.nodes).fill(-1)
  const parts = [...done, ...open.map(({ nodes }) => nodes)]
  parts.forEach((nodes, part) => {
    for (const node of nodes) of[node] = part
  })
  return { of, count: parts.length }
}
