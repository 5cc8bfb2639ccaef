import Result from 'true-myth/result'
import type { Backend } from '../backend/backend.ts'
import { checkRuntime } from '../check-runtime.ts'
import { checkSom } from '../check-som.ts'
import { type Issue, Issues } from '../issue.ts'
import { type Lattice, squaredLatticeDistance, unitCount } from '../map/lattice.ts'
import { defaultNeighbours, neighboursOf } from '../map/neighbours.ts'
import { breather } from '../next-turn.ts'
import { match } from '../read/match.ts'
import type { RowsInput } from '../rows/check-samples.ts'
import type { Som } from '../som.ts'
import { bestSymmetry, type Pair } from './best-symmetry.ts'
import { checkComparable } from './check-comparable.ts'
import type { Symmetry } from './symmetries.ts'

export interface CompareRuntime {
  /** `js()` by default. */
  readonly backend?: Backend
  /** When it aborts, the call rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

/** How two maps differ in what they say about rows. */
export interface Comparison {
  /**
   * How the second map was laid upon the first: a symmetry of their lattice in words, or `by rows` where the lattices
   * differ.
   */
  readonly alignment: string
  /** For each unit of the second map its unit on the first; -1 where the lattices differ and no row tells it. */
  readonly toFirst: Int32Array
  /** The unit of each row on both maps, in their own numbers; -1 for a row without a value. */
  readonly unitA: Int32Array
  readonly unitB: Int32Array
  /** How far each row's unit on the second map, aligned, is from that on the first, on the lattice of the first. */
  readonly moved: Float64Array
  /**
   * The share of each row's neighbours that are its neighbours on both maps, of those on either; rows of its unit and
   * of adjacent ones are its neighbours. NaN for a row that has none, or no value.
   */
  readonly kept: Float64Array
  /** Its mean over the rows that have neighbours. */
  readonly meanKept: number
}

/**
 * Compares two maps of the same features by rows: aligns their units, and gives for each row how far it moved and which
 * share of its neighbours it kept. The alignment is the symmetry of the lattice by which rows move least; where the
 * lattices differ, each unit of the second map goes to that of the first with which it shares the most rows.
 */
export async function compareMaps(
  a: Som,
  b: Som,
  rows: RowsInput,
  runtime: CompareRuntime = {},
): Promise<Result<Comparison, readonly Issue[]>> {
  const issues = new Issues()
  checkRuntime(runtime, ['backend', 'signal'], issues)
  const areMaps = [checkSom(a, issues), checkSom(b, issues)]
  if (areMaps[0] && areMaps[1]) checkComparable(a, b, issues)
  if (issues.list.length > 0) return Result.err(issues.list)
  const onA = await match(a, rows, { ...runtime, second: false })
  if (onA.isErr) return Result.err(onA.error)
  const onB = await match(b, rows, { ...runtime, second: false })
  if (onB.isErr) return Result.err(onB.error)

  const [unitA, unitB] = [onA.value.unit, onB.value.unit]
  const pairs = sharedRows(unitA, unitB, unitCount(b.lattice))
  const isSame = isSameLattice(a.lattice, b.lattice)
  const { name, to } = isSame ? await bestSymmetry(a.lattice, [...pairs.values()]) : byRows(b.lattice, pairs)
  const moved = Float64Array.from(unitA, (unit, row) => {
    const other = unitB[row] < 0 ? -1 : to[unitB[row]]
    return unit < 0 || other < 0 ? Number.NaN : Math.sqrt(squaredLatticeDistance(a.lattice, unit, other))
  })
  const kept = await keptOf(a.lattice, b.lattice, unitA, unitB, pairs)
  const known = kept.filter((share) => !Number.isNaN(share))
  const meanKept = known.reduce((sum, share) => sum + share, 0) / known.length
  return Result.ok({ alignment: name, toFirst: to, unitA, unitB, moved, kept, meanKept })
}

function sharedRows(unitA: Int32Array, unitB: Int32Array, unitsB: number): Map<number, Pair> {
  const pairs = new Map<number, Pair>()
  for (let row = 0; row < unitA.length; row++) {
    const [a, b] = [unitA[row], unitB[row]]
    if (a < 0 || b < 0) continue
    const key = a * unitsB + b
    const pair = pairs.get(key)
    if (pair) pair.rows++
    else pairs.set(key, { a, b, rows: 1 })
  }
  return pairs
}

const isSameLattice = (a: Lattice, b: Lattice): boolean =>
  a.cell === b.cell && a.shape === b.shape && a.rows === b.rows && a.columns === b.columns

/** For each unit of the second map that of the first with the most rows in common, the lower one in a tie. */
function byRows(lattice: Lattice, pairs: ReadonlyMap<number, Pair>): Symmetry {
  const to = new Int32Array(unitCount(lattice)).fill(-1)
  const most = new Float64Array(to.length)
  for (const { a, b, rows } of pairs.values())
    if (rows > most[b] || (rows === most[b] && a < to[b])) [to[b], most[b]] = [a, rows]
  return { name: 'by rows', to }
}

/** The share of neighbours that each row keeps. */
async function keptOf(
  latticeA: Lattice,
  latticeB: Lattice,
  unitA: Int32Array,
  unitB: Int32Array,
  pairs: ReadonlyMap<number, Pair>,
): Promise<Float64Array> {
  const breathe = breather()
  const [hitsA, hitsB] = [new Float64Array(unitCount(latticeA)), new Float64Array(unitCount(latticeB))]
  for (const { a, b, rows } of pairs.values()) {
    hitsA[a] += rows
    hitsB[b] += rows
  }
  const [aroundA, aroundB] = [around(latticeA), around(latticeB)]
  const shares = new Map<number, number>()
  for (const [key, { a, b }] of pairs) {
    await breathe()
    const [ofA, ofB] = [aroundA(a), aroundB(b)]
    // A row does not count as its own neighbour.
    const [onA, onB] = [sum(ofA, hitsA) - 1, sum(ofB, hitsB) - 1]
    let both = -1
    for (const one of ofA) for (const other of ofB) both += pairs.get(one * hitsB.length + other)?.rows ?? 0
    shares.set(key, onA + onB === 0 ? Number.NaN : both / (onA + onB - both))
  }
  return Float64Array.from(unitA, (a, row) => shares.get(a * hitsB.length + unitB[row]) ?? Number.NaN)
}

/** A unit and its neighbours, found once. */
function around(lattice: Lattice): (unit: number) => readonly number[] {
  const found: number[][] = []
  const neighbours = defaultNeighbours(lattice)
  return (unit) => {
    found[unit] ??= [unit, ...neighboursOf(lattice, unit, neighbours)]
    return found[unit]
  }
}

const sum = (units: readonly number[], hits: Float64Array): number =>
  units.reduce((total, unit) => total + hits[unit], 0)
