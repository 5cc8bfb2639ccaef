import type { Graph } from './graph.ts'
import { type Halves, largestOf, type Sections, widestOf } from './sections.ts'

/** A graph of units with its sections, the weight of each unit's rows, and the part that it is in, or -1. */
export interface View {
  readonly graph: Graph
  readonly sections: Sections
  readonly sizes: Float64Array
  readonly of: Int32Array
}

/** Two groups that became one, and how strongly they were linked. */
export interface Join {
  /** The number of groups before. */
  readonly count: number
  /**
   * What joins the two as a share of what joins each within itself: about 1 in a cloud without groups, 0 if nothing
   * does.
   */
  readonly link: number
  readonly one: number
  readonly other: number
}

/** Rows added to both sides of a ratio, so that a few rows prove nothing. */
const PSEUDO_ROWS = 3
/** A group's own ratio is at least this. */
const LEAST_OWN = 0.9

/**
 * Joins parts, the most strongly linked two first, until `least` are left. The cut between two groups over the narrower
 * of their own widest cuts is divided by the same ratio between the halves of each group: the first alone rises with
 * the dimension of the rows. All cuts are means over `views`, of which those not split themselves cannot have found a
 * gap by chance.
 */
export function joinParts(views: readonly View[], count: number, least = 1): Join[] {
  const cuts = cutsBetween(views, count)
  const groups = new Map(Array.from({ length: count }, (_, part) => [part, measure(views, [part])]))
  const joins: Join[] = []
  while (groups.size > least) {
    const best = mostLinked(groups, (one, other) => cuts[one * count + other])
    joins.push({ count: groups.size, ...best })
    const parts = [...(groups.get(best.one)?.parts ?? []), ...(groups.get(best.other)?.parts ?? [])]
    groups.delete(best.other)
    groups.set(best.one, measure(views, parts))
    for (const third of groups.keys()) {
      if (third === best.one) continue
      const cut = cuts[best.one * count + third] + cuts[best.other * count + third]
      cuts[best.one * count + third] = cut
      cuts[third * count + best.one] = cut
    }
  }
  return joins
}

/** The two groups with the strongest link. */
function mostLinked(
  groups: ReadonlyMap<number, Measured>,
  cutOf: (one: number, other: number) => number,
): Omit<Join, 'count'> {
  const members = [...groups]
  const raws: number[] = []
  const pairs: (readonly [number, number])[] = []
  members.forEach(([one, a], at) => {
    for (const [other, b] of members.slice(at + 1)) {
      const cut = cutOf(one, other)
      raws.push(cut > 0 ? (cut + PSEUDO_ROWS) / (Math.min(a.widest, b.widest) + PSEUDO_ROWS) : 0)
      pairs.push([one, other])
    }
  })
  let best = { link: -1, one: -1, other: -1 }
  let usual: number | undefined
  const ownOf = (group: number): number => {
    const own = groups.get(group)?.own() ?? null
    if (own !== null) return own
    usual ??= medianOf([...groups.values()].flatMap(({ own }) => own() ?? []))
    return usual
  }
  for (;;) {
    const at = raws.reduce((most, raw, i) => (raw > raws[most] ? i : most), 0)
    const [raw, [one, other]] = [raws[at], pairs[at]]
    raws[at] = -1
    // No pair further on can be linked more strongly, whatever the groups' own ratios, which are slow to find.
    if (raw < 0 || raw / LEAST_OWN <= best.link) break
    const link = raw / Math.max(LEAST_OWN, Math.sqrt(ownOf(one) * ownOf(other)))
    if (link > best.link) best = { link, one, other }
  }
  return best
}

/** Where no group is large enough to have halves. */
const USUAL_OWN = 1.2

interface Measured {
  readonly parts: readonly number[]
  /** The mean of its widest cuts. */
  readonly widest: number
  /** The ratio between its halves, found when it is first needed; null for a group too small to have halves. */
  readonly own: () => number | null
}

function measure(views: readonly View[], parts: readonly number[]): Measured {
  const seen = views.map(({ sections, sizes, of }) => ({ found: sections(nodesIn(of, parts)), sizes }))
  const widest = seen.reduce((sum, { found }) => sum + widestOf(found), 0) / views.length
  let own: number | null | undefined
  return {
    ...{ parts, widest },
    own() {
      if (own === undefined) own = ownRatio(seen.map(({ found, sizes }) => largestOf(found, sizes)?.halves() ?? null))
      return own
    },
  }
}

function nodesIn(of: Int32Array, parts: readonly number[]): Uint32Array {
  const nodes: number[] = []
  for (let node = 0; node < of.length; node++) if (parts.includes(of[node])) nodes.push(node)
  return Uint32Array.from(nodes)
}

function ownRatio(halves: readonly (Halves | null)[]): number | null {
  const mean = (of: (half: Halves) => number): number =>
    halves.reduce((sum, half) => sum + (half === null ? 0 : of(half)), 0) / halves.length
  const within = mean((half) => half.within)
  return within > 0 ? (mean(({ between }) => between) + PSEUDO_ROWS) / (within + PSEUDO_ROWS) : null
}

/** parts × parts: the mean weight of the edges between two parts. */
function cutsBetween(views: readonly View[], count: number): Float64Array {
  const cuts = new Float64Array(count * count)
  for (const { graph, of } of views) {
    for (let a = 0; a < graph.nodes; a++) {
      for (let e = graph.offsets[a]; e < graph.offsets[a + 1]; e++) {
        const [one, other] = [of[a], of[graph.to[e]]]
        if (one >= 0 && other >= 0 && one !== other) cuts[one * count + other] += graph.weight[e] / views.length
      }
    }
  }
  return cuts
}

function medianOf(numbers: readonly number[]): number {
  if (numbers.length === 0) return USUAL_OWN
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
