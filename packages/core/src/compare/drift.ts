import Result from 'true-myth/result'
import { checkRuntime } from '../check-runtime.ts'
import { checkSom } from '../check-som.ts'
import { type Issue, Issues } from '../issue.ts'
import { checkByTable } from '../plan/check-value.ts'
import { random, randomBelow, sampleIndices } from '../random.ts'
import { match } from '../read/match.ts'
import type { RowsInput } from '../rows/check-samples.ts'
import type { Som } from '../som.ts'
import type { CompareRuntime } from './compare-maps.ts'

export interface DriftOptions {
  /** How often rows are dealt to the two tables again: 999. */
  readonly permutations?: number
  /** The seed of the permutations: 1. */
  readonly seed?: number
}

/** How the rows of two tables differ on one map. */
export interface Drift {
  /** Rows of both tables that have a value. */
  readonly before: number
  readonly after: number
  /** The share of each table's rows on each unit. */
  readonly sharesBefore: Float64Array
  readonly sharesAfter: Float64Array
  /** The part of the rows that would have to be on other units: half the sum of the units' differences, 0 to 1. */
  readonly moved: number
  /** The share of permutations whose units differ as much or more, by the chi-square statistic of two samples. */
  readonly movedP: number
  /** The mean distance of rows to their units. */
  readonly distanceBefore: number
  readonly distanceAfter: number
  /** The share of permutations whose mean distances differ as much or more. */
  readonly distanceP: number
}

const PERMUTATIONS = 999
/** Of tables with more rows as many are drawn for the permutations. */
const MOST_ROWS = 20_000

/**
 * Whether rows of a later table lie elsewhere on a map than those of an earlier one, or farther from it, each with a
 * permutation test: the rows of both are dealt again to two tables of the same sizes, and the p-value is (1 + the
 * number of deals that differ as much or more) / (1 + deals).
 */
export async function drift(
  som: Som,
  before: RowsInput,
  after: RowsInput,
  options: DriftOptions = {},
  runtime: CompareRuntime = {},
): Promise<Result<Drift, readonly Issue[]>> {
  const issues = new Issues()
  checkRuntime(runtime, ['backend', 'signal'], issues)
  checkByTable(options, OPTIONS, issues)
  checkSom(som, issues)
  if (issues.list.length > 0) return Result.err(issues.list)
  const found = [before, after].map((rows) => match(som, rows, { ...runtime, second: false }))
  const [first, second] = await Promise.all(found)
  if (first.isErr || second.isErr) {
    const within = (path: string, issue: Issue): Issue => ({ ...issue, path: `${path}: ${issue.path}` })
    return Result.err([
      ...(first.isErr ? first.error.map((issue) => within('before', issue)) : []),
      ...(second.isErr ? second.error.map((issue) => within('after', issue)) : []),
    ])
  }
  const [a, b] = [onMap(first.value), onMap(second.value)]
  if (a.unit.length === 0) issues.add('before', 'expected rows with a value, found none')
  if (b.unit.length === 0) issues.add('after', 'expected rows with a value, found none')
  if (issues.list.length > 0) return Result.err(issues.list)

  const units = som.codebook.rows
  const [sharesBefore, sharesAfter] = [sharesOf(a.unit, units), sharesOf(b.unit, units)]
  const { permutations = PERMUTATIONS, seed = 1 } = options
  return Result.ok({
    before: a.unit.length,
    after: b.unit.length,
    sharesBefore,
    sharesAfter,
    moved: sharesBefore.reduce((sum, share, unit) => sum + Math.abs(share - sharesAfter[unit]), 0) / 2,
    distanceBefore: meanOf(a.distance),
    distanceAfter: meanOf(b.distance),
    ...pValues(drawn(a, seed, 'before'), drawn(b, seed, 'after'), units, permutations, seed),
  })
}

const OPTIONS = {
  permutations: { kind: 'integer', least: 19, most: 99_999, default: PERMUTATIONS },
  seed: { kind: 'integer', least: 0, default: 1 },
} as const

interface OnMap {
  readonly unit: Int32Array
  readonly distance: Float32Array
}

/** The rows that have a unit. */
function onMap({ unit, distance }: OnMap): OnMap {
  return { unit: unit.filter((of) => of >= 0), distance: distance.filter((_, row) => unit[row] >= 0) }
}

function drawn({ unit, distance }: OnMap, seed: number, which: string): OnMap {
  const rows = sampleIndices(random(seed, 'drift', which), unit.length, MOST_ROWS)
  return { unit: Int32Array.from(rows, (row) => unit[row]), distance: Float32Array.from(rows, (row) => distance[row]) }
}

function sharesOf(unit: Int32Array, units: number): Float64Array {
  const shares = new Float64Array(units)
  for (const of of unit) shares[of] += 1 / unit.length
  return shares
}

const meanOf = (values: Float32Array): number => values.reduce((sum, x) => sum + x, 0) / values.length

/** Both p-values, of the same deals. */
function pValues(
  a: OnMap,
  b: OnMap,
  units: number,
  permutations: number,
  seed: number,
): Pick<Drift, 'movedP' | 'distanceP'> {
  const [n, m] = [a.unit.length, b.unit.length]
  const unit = Int32Array.from([...a.unit, ...b.unit])
  const distance = Float64Array.from([...a.distance, ...b.distance])
  const totals = new Float64Array(units)
  for (const of of unit) totals[of]++
  const total = distance.reduce((sum, d) => sum + d, 0)
  const counts = new Float64Array(units)
  const order = Uint32Array.from(unit.keys())
  /** How much the first n rows of the order differ from the others. */
  const differences = (): [number, number] => {
    counts.fill(0)
    let sum = 0
    for (let i = 0; i < n; i++) {
      counts[unit[order[i]]]++
      sum += distance[order[i]]
    }
    let chiSquare = 0
    for (let of = 0; of < units; of++) {
      if (totals[of] > 0) chiSquare += (counts[of] * m - (totals[of] - counts[of]) * n) ** 2 / totals[of]
    }
    return [chiSquare, Math.abs(sum / n - (total - sum) / m)]
  }
  const [units0, distance0] = differences()
  const source = random(seed, 'drift')
  let [elsewhere, farther] = [0, 0]
  for (let deal = 0; deal < permutations; deal++) {
    for (let i = 0; i < n; i++) {
      const j = i + randomBelow(source, n + m - i)
      const swap = order[i]
      order[i] = order[j]
      order[j] = swap
    }
    const [chiSquare, apart] = differences()
    // Sums in another order may differ in their last bits.
    if (chiSquare >= units0) elsewhere++
    if (apart >= distance0 * (1 - 1e-12)) farther++
  }
  return { movedP: (1 + elsewhere) / (1 + permutations), distanceP: (1 + farther) / (1 + permutations) }
}
