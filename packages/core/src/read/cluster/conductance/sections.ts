import { componentsOf, type Graph, subgraph } from './graph.ts'
import { cutsAlong, fiedlerOrder } from './sweep.ts'

/** Nodes of a graph that its edges connect. */
export interface Section {
  /** Ascending, at least two. */
  readonly nodes: Uint32Array
  /** The largest cut of the sweep along the Fiedler vector: what joins the nodes across their widest section. */
  readonly widest: number
  /** Null below 8 nodes. */
  halves(): Halves | null
}

/** What joins the two halves of a section, and the narrower of their own widest cuts. */
export interface Halves {
  readonly between: number
  readonly within: number
}

/** A section cannot have halves of fewer nodes. */
const LEAST_NODES = 8

/** The sections of some nodes of a graph. */
export type Sections = (nodes: Uint32Array) => readonly Section[]

/**
 * Finds sections of a graph, and remembers them: most of those of two groups that become one are those of the two.
 * `sizes`, of all nodes, say where the half is.
 */
export function sectionsOf(graph: Graph, sizes: ArrayLike<number>): Sections {
  const known = new Map<number, Section[]>()
  return within

  function within(nodes: Uint32Array): Section[] {
    return componentsOf(graph, nodes).flatMap((own) => (own.length < 2 ? [] : [remembered(own)]))
  }

  function remembered(nodes: Uint32Array): Section {
    const key = nodes[0] * (graph.nodes + 1) + nodes.length
    const alike = known.get(key) ?? []
    const found = alike.find((one) => one.nodes.every((node, i) => node === nodes[i]))
    if (found !== undefined) return found
    const made = sectionOf(graph, nodes, sizes, within)
    known.set(key, [...alike, made])
    return made
  }
}

function sectionOf(graph: Graph, nodes: Uint32Array, sizes: ArrayLike<number>, within: Sections): Section {
  const part = nodes.length === graph.nodes ? graph : subgraph(graph, nodes)
  const order = fiedlerOrder(part)
  const cuts = cutsAlong(part, order)
  let halves: Halves | null | undefined
  return {
    nodes,
    widest: cuts.reduce((most, cut) => Math.max(most, cut), 0),
    halves() {
      if (halves === undefined) halves = nodes.length < LEAST_NODES ? null : halved()
      return halves
    },
  }

  /** The halves, by `sizes`, along the Fiedler vector. */
  function halved(): Halves {
    const half = sizeOf(nodes, sizes) / 2
    let [size, at] = [0, 0]
    while (size < half && at < order.length) size += sizes[nodes[order[at++]]]
    at = Math.min(Math.max(at, LEAST_NODES / 2), order.length - LEAST_NODES / 2)
    const widest = (half: Uint32Array): number => widestOf(within(half.map((place) => nodes[place]).sort()))
    return { between: cuts[at - 1], within: Math.min(widest(order.slice(0, at)), widest(order.slice(at))) }
  }
}

/** The widest cut of several sections. */
export function widestOf(sections: readonly Section[]): number {
  return sections.reduce((most, { widest }) => Math.max(most, widest), 0)
}

/** The section of the most rows, the first of equal ones; null where there is none. */
export function largestOf(sections: readonly Section[], sizes: ArrayLike<number>): Section | null {
  let [largest, most]: [Section | null, number] = [null, -1]
  for (const one of sections) {
    const size = sizeOf(one.nodes, sizes)
    if (size > most) [largest, most] = [one, size]
  }
  return largest
}

function sizeOf(nodes: Uint32Array, sizes: ArrayLike<number>): number {
  let all = 0
  for (const node of nodes) all += sizes[node]
  return all
}
