import { chooseRows, type Matrix } from './matrix.ts'
import { type Moments, momentsOf } from './moments.ts'
import { weightsAt } from './transform.ts'
import { countOf } from './used-rows.ts'

/** What the start and the size need from preprocessed rows, wherever those are stored. */
export interface RowsLook {
  readonly rows: number
  readonly columns: number
  /** The effective number of rows, by their weights. */
  readonly count: number
  /** Rows in the order given, copied. */
  pick(chosen: Uint32Array): Matrix
  /** The weights of rows in the order given; undefined if each is 1. */
  weightsOf(chosen: Uint32Array): Float32Array | undefined
  /** Mean of each feature, ignoring missing values. */
  means(): Float64Array
  /** Minimum and maximum of each feature. */
  ranges(): { readonly least: Float64Array; readonly most: Float64Array }
}

/** Rows in memory. */
export function lookAt(rows: Matrix, weights?: Float32Array, chunkRows?: number): RowsLook {
  let moments: Moments | undefined
  const look = (): Moments => {
    if (moments === undefined) {
      const tally = momentsOf(rows.columns, chunkRows)
      tally.add(rows.data, weights)
      moments = tally.done()
    }
    return moments
  }
  return lookOf({ ...rows, pick: (chosen) => chooseRows(rows, chosen) }, weights, look)
}

/** Rows from which some can be picked, and whose moments are known or can be computed. */
export function lookOf(
  { rows, columns, pick }: Pick<RowsLook, 'rows' | 'columns' | 'pick'>,
  weights: Float32Array | undefined,
  moments: () => Moments,
): RowsLook {
  return {
    rows,
    columns,
    count: countOf(rows, weights),
    pick,
    weightsOf: (chosen) => weights && weightsAt(weights, chosen),
    means: () => moments().means,
    ranges: moments,
  }
}
