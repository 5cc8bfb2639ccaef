import type { Backend, NearestUnits, Watch } from '../../../backend/backend.ts'
import type { Metric } from '../../../map/distance.ts'
import { random, shuffled } from '../../../random.ts'
import { isSparse, type Matrix, toDense } from '../../../rows/matrix.ts'
import { type Drawn, distinctRows, rowsAt } from './draw-rows.ts'
import { NEAREST } from './graph.ts'

/** Steps of Lloyd's method that a codebook takes from the rows drawn for it. */
const STEPS = 3

/** Of the rows that are all different at most this share are landmarks: draws of all of them would not differ. */
const MOST_SHARE = 2 / 3

/** How a codebook is drawn. */
export interface Draw {
  readonly metric: Metric
  readonly seed: number
  /** Which draw this is, from 0. */
  readonly draw: number
  /** The number of landmarks, at most. */
  readonly most: number
  /** What stands in for a missing value of a row drawn. */
  readonly fill: (row: number, feature: number) => number
}

/** A codebook, and the five landmarks nearest to each row. */
export interface Landmarks {
  readonly codebook: Matrix
  readonly nearest: NearestUnits
}

/**
 * Landmarks of rows: rows that are all different, drawn with the seed and moved to the means of the rows nearest to
 * them three times (S. P. Lloyd, Least squares quantization in PCM, 1982).
 */
export async function landmarksOf(
  rows: Drawn,
  { metric, seed, draw, most, fill }: Draw,
  { backend, ...watch }: Watch & { readonly backend: Backend },
): Promise<Landmarks> {
  const distinct = distinctRows(rows)
  const count = Math.min(most, Math.ceil(MOST_SHARE * distinct.length))
  // In an order of their own, so that no two draws break the ties of rows on a grid alike.
  const chosen = shuffled(random(seed, 'landmarks', draw), distinct.length)
    .subarray(0, count)
    .map((at) => distinct[at])
  const drawn = rowsAt(rows.matrix, chosen)
  const start = isSparse(drawn) ? toDense(drawn) : drawn
  start.data.forEach((value, at) => {
    const row = chosen[Math.floor(at / start.columns)]
    if (Number.isNaN(value)) start.data[at] = fill(row, at % start.columns)
  })
  const lattice = { cell: 'rectangular', shape: 'sheet', rows: 1, columns: start.rows } as const
  // Each unit on its own, so that a batch epoch is a step of Lloyd's.
  const session = await backend.open({ lattice, metric, kernel: 'bubble' }, rows, start)
  try {
    for (let step = 0; step < STEPS; step++) await session.epoch({ rule: 'batch', radius: 0.5 }, watch)
    const codebook = await session.codebook()
    return { codebook, nearest: await session.nearest(Math.min(NEAREST, start.rows), undefined, watch) }
  } finally {
    session.close()
  }
}
