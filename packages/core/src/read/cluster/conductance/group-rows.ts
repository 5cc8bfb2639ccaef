import type { Backend, Watch } from '../../../backend/backend.ts'
import { nextTurn } from '../../../next-turn.ts'
import type { Matrix } from '../../../rows/matrix.ts'
import { LEAST_LINK } from '../cluster-units.ts'
import { squaredDistanceOfRows } from '../points.ts'
import type { Drawn } from './draw-rows.ts'
import { type Graph, type Nearest, SHARES, unitGraph } from './graph.ts'
import { type Draw, type Landmarks, landmarksOf } from './landmarks.ts'
import { type Join, joinParts } from './merge.ts'
import { type Sections, sectionsOf } from './sections.ts'
import { splitGraph } from './split.ts'

/** Landmarks for each root of the rows. */
const LANDMARKS_A_ROOT = 8
/** Codebooks beside the first, on which its parts are checked. */
const CHECKS = 10
/** Of more rows than these half as many will do: their codebooks differ less. */
const FEW_ROWS = 2000
/** Codebooks whose parts are joined to groups. */
const STARTS = 3
/** A group has at least this share of the rows, and as many rows. */
const LEAST_SHARE = 0.02
const LEAST_ROWS = 5

/** How rows are grouped. */
export interface GroupOptions extends Omit<Draw, 'draw' | 'most'> {
  /** The number of groups, if it is not to be found. */
  readonly count?: number
  /** The largest number of groups. */
  readonly most?: number
  /** The number of codebooks on which groups are checked. */
  readonly checks?: number
}

/** Groups of rows. */
export interface Groups {
  /** The group of each row, from 0. */
  readonly of: Int32Array
  readonly count: number
  /** How the parts that rows were cut into were joined, down to one. */
  readonly joins: readonly Join[]
  /** rows × groups: how strongly landmarks near each row vote for each group. */
  readonly votes: Float64Array
}

/**
 * Finds groups of any shape among rows that each have a value: `docs/design/clusters.md` says how, and why so. Of
 * the groupings that begin with the parts of the first few codebooks, the one most like the others is kept.
 */
export async function groupRows(
  rows: Drawn,
  { count, most = Number.POSITIVE_INFINITY, checks, ...how }: GroupOptions,
  runtime: Watch & { readonly backend: Backend },
): Promise<Groups> {
  const total = rows.matrix.rows
  if (total === 0) return { of: new Int32Array(0), count: 1, joins: [], votes: new Float64Array(0) }
  const others = checks ?? (total > FEW_ROWS ? CHECKS / 2 : CHECKS)
  const codebooks: Sketch[] = []
  for (let draw = 0; draw <= others; draw++) {
    const landmarks = Math.ceil(LANDMARKS_A_ROOT * Math.sqrt(total))
    codebooks.push(sketchOf(await landmarksOf(rows, { ...how, draw, most: landmarks }, runtime), rows.weights))
  }
  const least = Math.max(LEAST_ROWS, LEAST_SHARE * total)
  const found: Groups[] = []
  for (let first = 0; first < Math.min(STARTS, codebooks.length); first++) {
    await nextTurn()
    runtime.signal?.throwIfAborted()
    found.push(groupFrom(first, codebooks, rows.weights, { least, count, most }))
  }
  return agreed(found, mostAlike(found))
}

/** A codebook, its graph, and the rows by their nearest landmarks. */
interface Sketch {
  readonly codebook: Matrix
  readonly graph: Graph
  readonly sections: Sections
  readonly sizes: Float64Array
  readonly nearest: Nearest
  /** The nearest landmark of each row. */
  readonly own: Int32Array
}

function sketchOf({ codebook, nearest }: Landmarks, weights: Float32Array): Sketch {
  const own = Int32Array.from(weights, (_, row) => nearest.unit[row * nearest.k])
  const sizes = new Float64Array(codebook.rows)
  own.forEach((landmark, row) => {
    sizes[landmark] += weights[row]
  })
  const graph = unitGraph(nearest, codebook.rows, weights)
  return { codebook, nearest, own, sizes, graph, sections: sectionsOf(graph, sizes) }
}

/** The groups that begin with the parts of one codebook and are checked on the others. */
function groupFrom(
  first: number,
  codebooks: readonly Sketch[],
  weights: Float32Array,
  { least, count, most }: { readonly least: number; readonly count: number | undefined; readonly most: number },
): Groups {
  const { graph, sizes, own } = codebooks[first]
  const parts = splitGraph(graph, sizes, least)
  if (parts.count < 2)
    return { of: new Int32Array(weights.length), count: 1, joins: [], votes: new Float64Array(weights.length).fill(1) }
  const partOf = own.map((landmark) => parts.of[landmark])
  const views = codebooks.map((one, at) => ({
    ...one,
    of: at === first ? parts.of : majorities(one.own, partOf, one.codebook.rows, parts.count, weights),
  }))
  const joins = joinParts(views, parts.count, count ?? 1)
  const stop = count ?? Math.min(most, joins.find(({ link }) => link < LEAST_LINK)?.count ?? 1)
  const group = Array.from({ length: parts.count }, (_, part) => part)
  for (const { count: before, one, other } of joins) {
    if (before <= stop) break
    group.forEach((of, part) => {
      if (of === other) group[part] = one
    })
  }
  const places = new Map([...new Set(group)].map((of, place) => [of, place]))
  const placeOf = (part: number): number => (part < 0 ? -1 : (places.get(group[part]) ?? -1))
  const settledViews = views.map(({ codebook, graph, nearest, of }) => ({
    nearest,
    of: spread(settled(graph, of.map(placeOf), places.size), codebook),
  }))
  const votes = votesOf(settledViews, weights.length, places.size)
  return { of: mostVoted(votes, places.size), count: places.size, joins, votes }
}

/** A grouping, with each row in the group that most of the groupings of as many groups put it in. */
function agreed(found: readonly Groups[], best: number): Groups {
  const { count, joins } = found[best]
  const rows = found[best].of.length
  const votes = new Float64Array(rows * count)
  const ones = new Float64Array(rows).fill(1)
  for (const one of found) {
    if (one.count !== count) continue
    const sameAs = majorities(one.of, found[best].of, count, count, ones)
    for (let row = 0; row < rows; row++) {
      for (let group = 0; group < count; group++) {
        if (sameAs[group] >= 0) votes[row * count + sameAs[group]] += one.votes[row * count + group]
      }
    }
  }
  return { count, joins, votes, of: mostVoted(votes, count) }
}

/** The place of the grouping with the highest mean likeness to the others, the first of equal ones. */
function mostAlike(found: readonly Groups[]): number {
  const likeness = found.map((one) => found.reduce((sum, other) => sum + adjustedRand(one, other), 0))
  return likeness.reduce((best, sum, at) => (sum > likeness[best] + 1e-9 ? at : best), 0)
}

/**
 * The adjusted Rand index of two groupings (L. Hubert, P. Arabie, Comparing partitions, 1985); 1 where both are one
 * group.
 */
function adjustedRand(one: Groups, other: Groups): number {
  const pairs = (x: number): number => (x * (x - 1)) / 2
  const shared = new Float64Array(one.count * other.count)
  one.of.forEach((group, row) => {
    shared[group * other.count + other.of[row]]++
  })
  const sums = (length: number, at: (i: number) => number): Float64Array => {
    const all = new Float64Array(length)
    shared.forEach((rows, i) => {
      all[at(i)] += rows
    })
    return all
  }
  const total = (sizes: Float64Array): number => sizes.reduce((sum, rows) => sum + pairs(rows), 0)
  const [both, a, b] = [
    total(shared),
    total(sums(one.count, (i) => Math.floor(i / other.count))),
    total(sums(other.count, (i) => i % other.count)),
  ]
  const chance = (a * b) / Math.max(1, pairs(one.of.length))
  return a + b === 2 * chance ? 1 : (both - chance) / ((a + b) / 2 - chance)
}

const TURNS = 10

/**
 * Moves each unit to the group that its edges join it to most, until none moves: the border settles where the cut is
 * least.
 */
function settled({ nodes, offsets, to, weight }: Graph, given: Int32Array, groups: number): Int32Array {
  const of = given.slice()
  const joined = new Float64Array(groups)
  for (let turn = 0, moved = true; moved && turn < TURNS; turn++) {
    moved = false
    for (let node = 0; node < nodes; node++) {
      joined.fill(0)
      for (let e = offsets[node]; e < offsets[node + 1]; e++) if (of[to[e]] >= 0) joined[of[to[e]]] += weight[e]
      const most = joined.reduce((best, weight, group) => (weight > joined[best] ? group : best), 0)
      if (of[node] === most || joined[most] <= (joined[of[node]] ?? 0)) continue
      of[node] = most
      moved = true
    }
  }
  return of
}

/** rows × groups: what the nearest landmarks of each row in all codebooks vote for, each with its share. */
function votesOf(
  views: readonly { readonly nearest: Nearest; readonly of: Int32Array }[],
  rows: number,
  groups: number,
): Float64Array {
  const votes = new Float64Array(rows * groups)
  for (const { nearest, of } of views) {
    for (let row = 0; row < rows; row++) {
      for (let at = 0; at < nearest.k; at++) {
        const landmark = nearest.unit[row * nearest.k + at]
        if (landmark >= 0) votes[row * groups + of[landmark]] += SHARES[at]
      }
    }
  }
  return votes
}

/** The group with the most votes for each row, the lower one in a tie. */
function mostVoted(votes: Float64Array, groups: number): Int32Array {
  return Int32Array.from({ length: votes.length / groups }, (_, row) => {
    let best = 0
    for (let group = 1; group < groups; group++)
      if (votes[row * groups + group] > votes[row * groups + best]) best = group
    return best
  })
}

/** For each unit the group that most of its rows are in, the lower one in a tie; -1 where none of them is in one. */
function majorities(
  unit: ArrayLike<number>,
  group: ArrayLike<number>,
  units: number,
  groups: number,
  weights: ArrayLike<number>,
): Int32Array {
  const sums = new Float64Array(units * groups)
  for (let row = 0; row < weights.length; row++)
    if (unit[row] >= 0 && group[row] >= 0) sums[unit[row] * groups + group[row]] += weights[row]
  return mostOf(sums, units, groups)
}

/** For each unit the group that its rows have the most votes for, the lower one in a tie; -1 where they have none. */
export function groupsOfUnits(
  unit: ArrayLike<number>,
  votes: Float64Array,
  units: number,
  groups: number,
  weights: ArrayLike<number>,
): Int32Array {
  const sums = new Float64Array(units * groups)
  for (let row = 0; row < weights.length; row++) {
    if (unit[row] < 0) continue
    for (let g = 0; g < groups; g++) sums[unit[row] * groups + g] += weights[row] * votes[row * groups + g]
  }
  return mostOf(sums, units, groups)
}

function mostOf(sums: Float64Array, units: number, groups: number): Int32Array {
  return Int32Array.from({ length: units }, (_, of) => {
    let [best, most] = [-1, 0]
    for (let g = 0; g < groups; g++) if (sums[of * groups + g] > most) [best, most] = [g, sums[of * groups + g]]
    return best
  })
}

/** Points without a group join that of the nearest point that has one. */
export function spread(of: Int32Array, points: Matrix): Int32Array {
  return of.map((group, point) => {
    if (group >= 0) return group
    let [best, least] = [0, Number.POSITIVE_INFINITY]
    for (let other = 0; other < points.rows; other++) {
      if (of[other] < 0) continue
      const d = squaredDistanceOfRows(points, point, points, other)
      if (d < least) [best, least] = [of[other], d]
    }
    return best
  })
}
