import type { Backend, Rows } from '../backend/backend.ts'
import { type Matrix, matrix, rowOf } from '../rows/matrix.ts'
import { rowReader } from '../rows/row-reader.ts'
import type { Som } from '../som.ts'
import { nearestLandmarks } from './nearest-landmarks.ts'

/** Passes that add landmarks where rows are far from any, at least and at most; and passes after them that do not. */
const [LEAST_GROWING, MOST_GROWING, SETTLING] = [5, 12, 3]

/**
 * At most `count` landmarks: the units of a map, moved to the means of the rows that are nearest to them (S. Lloyd
 * 1982). In the first passes those without rows, and those still to be added, go each to the farthest row of a landmark
 * with much error. Smoothing over the lattice leaves units between groups of rows; this takes them out again.
 */
export async function findLandmarks(
  som: Pick<Som, 'codebook' | 'metric' | 'kernel'>,
  rows: Rows,
  count: number,
  runtime: { readonly backend?: Backend; readonly signal?: AbortSignal },
): Promise<Matrix> {
  let landmarks = thinned(som.codebook, count)
  for (let pass = 0, settled = 0; settled < SETTLING; pass++) {
    const near = await nearestLandmarks(som, landmarks, rows, 1, runtime)
    const cells = cellsOf(landmarks, rows, near.unit, near.distance)
    moveToMeans(landmarks, cells)
    const grows = pass < LEAST_GROWING || (landmarks.rows < count && pass < MOST_GROWING)
    if (grows) landmarks = withFarthest(landmarks, rows, cells, count)
    else settled++
    if (landmarks.rows === 0) return landmarks
  }
  const last = await nearestLandmarks(som, landmarks, rows, 1, runtime)
  const { rowCount } = cellsOf(landmarks, rows, last.unit, last.distance)
  return withRows(landmarks, rowCount)
}

interface Cells {
  /** Landmarks × features. */
  readonly sums: Float64Array
  readonly weights: Float64Array
  /** Per landmark. */
  readonly rowCount: Uint32Array
  readonly error: Float64Array
  /** The farthest row; -1 where there is none. */
  readonly farthest: Int32Array
}

function cellsOf({ rows: count, columns }: Matrix, rows: Rows, unit: Int32Array, distance: Float32Array): Cells {
  const read = rowReader(rows.matrix)
  const row = new Float64Array(columns)
  const [sums, weights] = [new Float64Array(count * columns), new Float64Array(count * columns)]
  const [rowCount, error] = [new Uint32Array(count), new Float64Array(count)]
  const farthest = new Int32Array(count).fill(-1)
  for (let i = 0; i < unit.length; i++) {
    const k = unit[i]
    const weight = rows.weights?.[i] ?? 1
    if (k < 0 || weight === 0) continue
    rowCount[k]++
    error[k] += weight * distance[i] * distance[i]
    if (farthest[k] < 0 || distance[i] > distance[farthest[k]]) farthest[k] = i
    read(i, row)
    for (let f = 0, at = k * columns; f < columns; f++, at++) {
      if (Number.isNaN(row[f])) continue
      sums[at] += weight * row[f]
      weights[at] += weight
    }
  }
  return { sums, weights, rowCount, error, farthest }
}

function moveToMeans({ data }: Matrix, { sums, weights }: Cells): void {
  for (let at = 0; at < data.length; at++) if (weights[at] > 0) data[at] = sums[at] / weights[at]
}

/** The landmarks with rows, and as many more as there is place for. */
function withFarthest(landmarks: Matrix, rows: Rows, { rowCount, error, farthest }: Cells, count: number): Matrix {
  const { columns } = landmarks
  const kept = withRows(landmarks, rowCount)
  const split = Array.from({ length: landmarks.rows }, (_, k) => k)
    .filter((k) => rowCount[k] > 1 && error[k] > 0)
    .sort((a, b) => error[b] - error[a] || a - b)
    .slice(0, Math.max(0, count - kept.rows))
  const all = matrix(kept.rows + split.length, columns)
  all.data.set(kept.data)
  const read = rowReader(rows.matrix)
  const row = new Float64Array(columns)
  split.forEach((k, s) => {
    read(farthest[k], row)
    const at = (kept.rows + s) * columns
    for (let f = 0; f < columns; f++) all.data[at + f] = Number.isNaN(row[f]) ? landmarks.data[k * columns + f] : row[f]
  })
  return all
}

function withRows(landmarks: Matrix, rowCount: Uint32Array): Matrix {
  const kept = Array.from(rowCount.keys()).filter((k) => rowCount[k] > 0)
  return chosen(landmarks, kept)
}

function thinned(codebook: Matrix, count: number): Matrix {
  const most = Math.min(count, codebook.rows)
  return chosen(
    codebook,
    Array.from({ length: most }, (_, i) => Math.floor((i * codebook.rows) / most)),
  )
}

function chosen(all: Matrix, which: readonly number[]): Matrix {
  const some = matrix(which.length, all.columns)
  which.forEach((k, at) => {
    some.data.set(rowOf(all, k), at * all.columns)
  })
  return some
}
