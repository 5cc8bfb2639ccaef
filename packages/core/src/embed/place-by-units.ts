import Result from 'true-myth/result'
import type { NearestUnits, Rows, Session } from '../backend/backend.ts'
import { checkRuntime } from '../check-runtime.ts'
import { checkSom } from '../check-som.ts'
import { type Issue, Issues } from '../issue.ts'
import { expNegative, logarithm } from '../map/exponential.ts'
import { unitPosition } from '../map/lattice.ts'
import { checkByTable } from '../plan/check-value.ts'
import type { Option } from '../plan/option-table.ts'
import { inSession } from '../read/in-session.ts'
import type { MatchRuntime } from '../read/match.ts'
import type { RowsInput } from '../rows/check-samples.ts'
import { isSparse, type Matrix } from '../rows/matrix.ts'
import { prepareRows } from '../rows/prepare.ts'
import type { Som } from '../som.ts'

/** The parameters of EmbedSOM, under its names except for `neighbours`, its k. */
export interface ByUnitsOptions {
  /** Units that place a row: 1 + √units by default, at most 31. */
  readonly neighbours?: number
  /** Larger values take farther units more into account: 0. */
  readonly smooth?: number
  /** How much less units count that are apart in the plane: 1. */
  readonly adjust?: number
}

/** Rows between the units of a map. */
export interface PlacedByUnits {
  /** Rows × 2, where units are on the lattice: x to the right, y down. NaN for a row without a value in any feature. */
  readonly place: Float32Array
  readonly unit: Int32Array
}

const MOST_NEIGHBOURS = 31
const GOLDEN = (1 + Math.sqrt(5)) / 2
/** How steeply a unit counts less near the farthest one, and what keeps the equations solvable. */
const [STEEPNESS, GRAVITY, LEAST_GAP] = [10, 1e-5, 1e-10]

const OPTIONS: Readonly<Record<keyof ByUnitsOptions, Option>> = {
  neighbours: { kind: 'integer', least: 3, most: MOST_NEIGHBOURS },
  smooth: { kind: 'number', least: -30 },
  adjust: { kind: 'number', least: 0 },
}

/**
 * Places rows between the units of a map as EmbedSOM does (M. Kratochvíl, A. Koladiya, J. Vondrášek, Generalized
 * EmbedSOM on quadtree-structured self-organizing maps, 2019): each pair of near units says how far along the line
 * between them a row is, and its place satisfies all pairs best by weighted least squares. Nothing is fitted. Each row
 * is placed independently of the others. For dense rows of maps with the euclidean metric.
 */
export async function placeByUnits(
  som: Som,
  given: RowsInput,
  options: ByUnitsOptions = {},
  { backend, signal }: Omit<MatchRuntime, 'second'> = {},
): Promise<Result<PlacedByUnits, readonly Issue[]>> {
  const issues = new Issues()
  checkRuntime({ ...(backend && { backend }), ...(signal && { signal }) }, ['backend', 'signal'], issues)
  checkByTable(options, OPTIONS, issues)
  if (!checkSom(som, issues)) return Result.err(issues.list)
  if (som.metric !== 'euclidean') issues.add('som', 'expected a map with the euclidean metric')
  const prepared = prepareRows(som, given)
  if (prepared.isErr) issues.list.push(...prepared.error)
  if (prepared.isErr || issues.list.length > 0) return Result.err(issues.list)
  const rows = prepared.value
  if (isSparse(rows.matrix)) return Result.err([{ path: 'samples', message: 'expected dense rows, found sparse ones' }])
  return Result.ok(await inSession(som, rows, (session) => placeByUnitsIn(session, som, rows, options), backend))
}

/** As `placeByUnits`, for rows prepared by `prepareRows`, in an open session of the map. */
export async function placeByUnitsIn(
  session: Pick<Session, 'nearest'>,
  som: Pick<Som, 'lattice' | 'codebook'>,
  rows: Rows,
  { neighbours, smooth = 0, adjust = 1 }: ByUnitsOptions = {},
): Promise<PlacedByUnits> {
  const units = som.codebook.rows
  const k = Math.min(units, neighbours ?? Math.min(MOST_NEIGHBOURS, Math.floor(1 + Math.sqrt(units))))
  const near = await session.nearest(Math.min(k + 1, units), rows)
  const places = Array.from({ length: units }, (_, unit) => unitPosition(som.lattice, unit))
  const count = near.unit.length / near.k
  const [place, unit] = [new Float32Array(2 * count), new Int32Array(count)]
  const scores = new Float64Array(near.k)
  // Sparse rows have been refused.
  const matrix = rows.matrix as Matrix
  for (let i = 0; i < count; i++) {
    unit[i] = near.unit[i * near.k]
    const [x, y] = unit[i] < 0 ? [Number.NaN, Number.NaN] : placed(i)
    place[2 * i] = x
    place[2 * i + 1] = y
  }
  return { place, unit }

  function placed(i: number): [number, number] {
    scoresOf(near, i, k, GOLDEN ** (smooth - 2), scores)
    // The normal equations of the place: [xx xy; xy yy] place = [x y].
    let [xx, xy, yy, x, y] = [0, 0, 0, 0, 0]
    for (let a = 0; a < k; a++) {
      const one = near.unit[i * near.k + a]
      const from = places[one]
      const pull = scores[a] * GRAVITY
      xx += pull
      yy += pull
      x += pull * from.x
      y += pull * from.y
      for (let b = a + 1; b < k; b++) {
        const other = near.unit[i * near.k + b]
        const [dx, dy] = [places[other].x - from.x, places[other].y - from.y]
        const gap = dx * dx + dy * dy
        if (gap < LEAST_GAP) continue
        const along = alongLine(matrix, i, som.codebook, one, other)
        if (Number.isNaN(along)) continue
        const middle = (along - 0.5) * (along - 0.5)
        const weight = scores[a] * scores[b] * expNegative(-middle - adjust * logarithm(1 + gap))
        // The row is as far along the way from one unit to the other in the plane: (place - from) · d / gap.
        const target = weight * (along + (dx * from.x + dy * from.y) / gap)
        xx += (weight * dx * dx) / gap
        xy += (weight * dx * dy) / gap
        yy += (weight * dy * dy) / gap
        x += dx * target
        y += dy * target
      }
    }
    const determinant = xx * yy - xy * xy
    return [(x * yy - y * xy) / determinant, (xx * y - xy * x) / determinant]
  }
}

/**
 * How much each of the nearest units counts: an exponential of its distance, in standard deviations below a mean in
 * which the n-th nearest unit counts 1/n. Where there is one more unit it sets the distance that counts nothing.
 */
function scoresOf(near: NearestUnits, i: number, k: number, boost: number, scores: Float64Array): void {
  const distances = near.distance.subarray(i * near.k, (i + 1) * near.k)
  let [sum, squares, weights] = [0, 0, 0]
  for (let n = 0; n < distances.length; n++) {
    sum += distances[n] / (n + 1)
    squares += (distances[n] * distances[n]) / (n + 1)
    weights += 1 / (n + 1)
  }
  const mean = sum / weights
  const deviation = Math.sqrt(Math.max(0, squares / weights - mean * mean))
  const farthest = distances[distances.length - 1]
  for (let n = 0; n < k; n++) {
    const away = deviation > 0 ? ((mean - distances[n]) * boost) / deviation : 0
    const least = distances.length > k && farthest > 0 ? expNegative((distances[n] / farthest - 1) * STEEPNESS) : 0
    scores[n] = (away > 0 ? 1 / expNegative(-away) : expNegative(away)) * (least < 1 ? 1 - least : 1)
  }
}

/** (x - a) · (b - a) / |b - a|² over the features that the row has; NaN where the units are in one place. */
function alongLine(rows: Matrix, i: number, codebook: Matrix, one: number, other: number): number {
  const { columns } = codebook
  let [dot, squared] = [0, 0]
  for (let f = 0; f < columns; f++) {
    const value = rows.data[i * columns + f]
    if (Number.isNaN(value)) continue
    const from = codebook.data[one * columns + f]
    const step = codebook.data[other * columns + f] - from
    dot += step * (value - from)
    squared += step * step
  }
  return squared === 0 ? Number.NaN : dot / squared
}
