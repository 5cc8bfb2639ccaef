/**
 * An undirected graph with weights, both directions of each edge stored, in compressed rows; no edge joins a node to
 * itself.
 */
export interface Graph {
  readonly nodes: number
  /** nodes + 1 ascending positions in `to` and `weight`, the first 0. */
  readonly offsets: Uint32Array
  /** The other ends of each node's edges, ascending. */
  readonly to: Uint32Array
  readonly weight: Float64Array
}

/** How much each of a row's nearest units takes part, the nearest first. */
export const SHARES: readonly number[] = [1, 0.8, 0.6, 0.4, 0.2]
/** The number of nearest units that a row joins. */
export const NEAREST = 5

/** Rows with their nearest units: rows × k, the nearest first, -1 where there is none. */
export interface Nearest {
  readonly k: number
  readonly unit: Int32Array
}

/**
 * The graph of units that rows join: each row spreads its weight over the pairs of its five nearest units, in
 * proportion to 1, 0.8, 0.6, 0.4, 0.2 of both. It extends the connectivity matrix of K. Taşdemir and E. Merényi,
 * Exploiting data topology in visualization and clustering of self-organizing maps, 2009, which counts the rows whose
 * two nearest units a pair is.
 */
export function unitGraph({ k, unit }: Nearest, units: number, weights: ArrayLike<number>): Graph {
  const joined = new Float64Array(units * units)
  const shares = SHARES.slice(0, k)
  const pairs = pairsOf(shares)
  const total = pairs.reduce((sum, { share }) => sum + share, 0)
  for (let row = 0; row < weights.length; row++) {
    for (const { one, other, share } of pairs) {
      const [a, b] = [unit[row * k + one], unit[row * k + other]]
      if (a < 0 || b < 0) continue
      joined[Math.min(a, b) * units + Math.max(a, b)] += (weights[row] * share) / total
    }
  }
  return fromUpper(joined, units)
}

function pairsOf(shares: readonly number[]): { one: number; other: number; share: number }[] {
  return shares.flatMap((share, one) =>
    shares.slice(one + 1).map((next, at) => ({ one, other: one + 1 + at, share: share * next })),
  )
}

/** The graph of the weights above the diagonal of a matrix of nodes × nodes. */
export function fromUpper(upper: Float64Array, nodes: number): Graph {
  const offsets = new Uint32Array(nodes + 1)
  for (let a = 0; a < nodes; a++) {
    for (let b = a + 1; b < nodes; b++) {
      if (upper[a * nodes + b] === 0) continue
      offsets[a + 1]++
      offsets[b + 1]++
    }
  }
  for (let a = 0; a < nodes; a++) offsets[a + 1] += offsets[a]
  const next = offsets.slice(0, nodes)
  const to = new Uint32Array(offsets[nodes])
  const weight = new Float64Array(offsets[nodes])
  // In this order the ends of every node come out ascending: those below it, then those above.
  for (let a = 0; a < nodes; a++) {
    for (let b = a + 1; b < nodes; b++) {
      const w = upper[a * nodes + b]
      if (w === 0) continue
      to[next[a]] = b
      weight[next[a]++] = w
      to[next[b]] = a
      weight[next[b]++] = w
    }
  }
  return { nodes, offsets, to, weight }
}

/** The graph of some nodes and the edges among them; node i of it is `chosen[i]`. */
export function subgraph(graph: Graph, chosen: Uint32Array): Graph {
  if (places.length < graph.nodes) places = new Int32Array(graph.nodes).fill(-1)
  const place = places
  let edges = 0
  for (let i = 0; i < chosen.length; i++) {
    place[chosen[i]] = i
    edges += graph.offsets[chosen[i] + 1] - graph.offsets[chosen[i]]
  }
  const offsets = new Uint32Array(chosen.length + 1)
  // Room for the edges to all nodes, of which those to others are left out.
  const to = new Uint32Array(edges)
  const weight = new Float64Array(edges)
  let at = 0
  for (let i = 0; i < chosen.length; i++) {
    for (let e = graph.offsets[chosen[i]]; e < graph.offsets[chosen[i] + 1]; e++) {
      const other = place[graph.to[e]]
      if (other < 0) continue
      to[at] = other
      weight[at++] = graph.weight[e]
    }
    offsets[i + 1] = at
  }
  for (let i = 0; i < chosen.length; i++) place[chosen[i]] = -1
  return { nodes: chosen.length, offsets, to: to.subarray(0, at), weight: weight.subarray(0, at) }
}

/** The place of each node among some, -1 but while a subgraph is made: to fill it for each takes longer. */
let places = new Int32Array(0)

/** The summed weight of each node's edges. */
export function degreesOf({ nodes, offsets, weight }: Graph): Float64Array {
  const degrees = new Float64Array(nodes)
  for (let a = 0; a < nodes; a++) for (let e = offsets[a]; e < offsets[a + 1]; e++) degrees[a] += weight[e]
  return degrees
}

/** The nodes of each connected component, ascending, of a graph or `among` some nodes; components by their first. */
export function componentsOf({ nodes, offsets, to }: Graph, among?: Uint32Array): Uint32Array[] {
  const seen = new Uint8Array(nodes)
  if (among !== undefined) {
    seen.fill(1)
    for (const node of among) seen[node] = 0
  }
  const components: Uint32Array[] = []
  for (let first = 0; first < nodes; first++) {
    if (seen[first]) continue
    const reached = [first]
    seen[first] = 1
    for (let i = 0; i < reached.length; i++) {
      for (let e = offsets[reached[i]]; e < offsets[reached[i] + 1]; e++) {
        if (seen[to[e]]) continue
        seen[to[e]] = 1
        reached.push(to[e])
      }
    }
    components.push(Uint32Array.from(reached).sort())
  }
  return components
}
