import Result from 'true-myth/result'
import { checkRuntime } from '../check-runtime.ts'
import { checkSom } from '../check-som.ts'
import { type Issue, Issues } from '../issue.ts'
import { checkByTable } from '../plan/check-value.ts'
import type { Option } from '../plan/option-table.ts'
import type { RowsInput } from '../rows/check-samples.ts'
import { chooseRows, isSparse, type Matrix } from '../rows/matrix.ts'
import { prepareRows } from '../rows/prepare.ts'
import type { Som } from '../som.ts'
import type { ClusterRuntime } from './cluster/cluster-rows.ts'
import { ballTree, leastSquared, squaredBelow } from './cluster/density/ball-tree.ts'
import { matchPrepared } from './match.ts'

export interface DuplicateOptions {
  /** How near rows must be, in preprocessed units; by default 1 % of the median distance of rows to their units. */
  readonly within?: number
}

/** Rows that are as good as equal. */
export interface NearDuplicates {
  readonly within: number
  /** For each row the first row of its group, itself for that one; -1 for a row without a near duplicate. */
  readonly first: Int32Array
  /** How far the nearest other row of the group is; NaN for a row without one. */
  readonly distance: Float64Array
}

/**
 * Groups of rows each of which is at most `within` from another of its group, by euclidean distance of preprocessed
 * values. Only rows that lack the same values are compared; rows without any are in no group.
 */
export async function nearDuplicates(
  som: Som,
  given: RowsInput,
  options: DuplicateOptions = {},
  runtime: ClusterRuntime = {},
): Promise<Result<NearDuplicates, readonly Issue[]>> {
  const issues = new Issues()
  checkRuntime(runtime, ['backend', 'signal'], issues)
  checkByTable(options, OPTIONS, issues)
  if (!checkSom(som, issues)) return Result.err(issues.list)
  const prepared = prepareRows(som, given)
  if (prepared.isErr) issues.list.push(...prepared.error)
  if (prepared.isErr || issues.list.length > 0) return Result.err(issues.list)
  const { matrix } = prepared.value
  if (isSparse(matrix)) return Result.err([{ path: 'samples', message: 'expected dense rows, found sparse ones' }])
  const within = options.within ?? TYPICAL * (await typicalDistance(som, prepared.value, runtime))
  const first = new Int32Array(matrix.rows).fill(-1)
  const distance = new Float64Array(matrix.rows).fill(Number.NaN)
  for (const { rows, features } of byMissing(matrix)) {
    // A row that was read before is enough to join all that are equal to it.
    const values = compact(matrix, rows, features)
    const { groups, nearest } = linked(values, within)
    groups.forEach((group, i) => {
      if (Number.isNaN(nearest[i])) return
      first[rows[i]] = rows[group]
      distance[rows[i]] = nearest[i]
    })
  }
  return Result.ok({ within, first, distance })
}

const OPTIONS: Readonly<Record<keyof DuplicateOptions, Option>> = { within: { kind: 'number', least: 0 } }
const TYPICAL = 0.01

async function typicalDistance(
  som: Som,
  rows: Parameters<typeof matchPrepared>[1],
  runtime: ClusterRuntime,
): Promise<number> {
  const { distance } = await matchPrepared(som, rows, { ...runtime, second: false })
  const known = distance.filter((d) => !Number.isNaN(d)).sort()
  return known.length === 0 ? 0 : known[Math.floor(known.length / 2)]
}

/** Rows by the features that they have, in their order. */
function byMissing({ data, rows, columns }: Matrix): { readonly rows: number[]; readonly features: number[] }[] {
  const found = new Map<string, { rows: number[]; features: number[] }>()
  const all = Array.from({ length: columns }, (_, f) => f)
  for (let row = 0; row < rows; row++) {
    const features = all.filter((f) => !Number.isNaN(data[row * columns + f]))
    if (features.length === 0) continue
    const key = features.length === columns ? '' : features.join()
    const same = found.get(key)
    if (same) same.rows.push(row)
    else found.set(key, { rows: [row], features })
  }
  return [...found.values()]
}

function compact(matrix: Matrix, rows: readonly number[], features: readonly number[]): Matrix {
  const whole = chooseRows(matrix, Uint32Array.from(rows))
  if (features.length === matrix.columns) return whole
  const data = new Float32Array(rows.length * features.length)
  for (let i = 0; i < rows.length; i++)
    for (let f = 0; f < features.length; f++)
      data[i * features.length + f] = whole.data[i * matrix.columns + features[f]]
  return { rows: rows.length, columns: features.length, data }
}

/** The first point of each point's group, and how far the nearest other one is; NaN where none is near enough. */
function linked(points: Matrix, within: number): { readonly groups: Int32Array; readonly nearest: Float64Array } {
  const equal = equalRows(points)
  const kept = Uint32Array.from(equal.keys()).filter((i) => equal[i] === i)
  const groups = equal.slice()
  const nearest = new Float64Array(points.rows).fill(Number.NaN)
  equal.forEach((one, i) => {
    if (one === i) return
    nearest[i] = 0
    nearest[one] = 0
  })
  const find = (point: number): number => {
    let root = point
    while (groups[root] !== root) {
      groups[root] = groups[groups[root]]
      root = groups[root]
    }
    return root
  }
  forPairs(chooseRows(points, kept), within, (a, b, distance) => {
    const [one, other] = [kept[a], kept[b]]
    for (const point of [one, other]) if (!(nearest[point] <= distance)) nearest[point] = distance
    const [x, y] = [find(one), find(other)]
    groups[Math.max(x, y)] = Math.min(x, y)
  })
  return { groups: groups.map((_, point) => find(point)), nearest }
}

/** For each point the first that has the same values. */
function equalRows({ data, rows, columns }: Matrix): Int32Array {
  const seen = new Map<string, number>()
  return Int32Array.from({ length: rows }, (_, i) => {
    // Zeros of either sign are equal.
    const key = data.subarray(i * columns, (i + 1) * columns).join()
    const known = seen.get(key) ?? i
    seen.set(key, known)
    return known
  })
}

/** All pairs of points that are at most so far apart, each once. */
function forPairs(points: Matrix, within: number, put: (a: number, b: number, distance: number) => void): void {
  if (points.rows < 2) return
  const tree = ballTree(points)
  const { data, columns, from, to, leaves, order } = tree
  const most = within * within
  const bound = most > 0 ? most * (1 + Number.EPSILON) : Number.MIN_VALUE
  for (let place = 0; place < order.length; place++) {
    const visit = (ball: number): void => {
      if (to[ball] <= place + 1 || leastSquared(tree, place, ball) > most) return
      if (ball < leaves) {
        visit(2 * ball + 1)
        visit(2 * ball + 2)
        return
      }
      for (let at = Math.max(from[ball], place + 1); at < to[ball]; at++) {
        const squared = squaredBelow(data, place * columns, data, at * columns, columns, bound)
        if (squared <= most) put(order[place], order[at], Math.sqrt(squared))
      }
    }
    visit(0)
  }
}
