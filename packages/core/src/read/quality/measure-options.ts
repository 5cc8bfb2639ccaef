import type { Rows } from '../../backend/backend.ts'
import type { Neighbours } from '../../map/neighbours.ts'

/**
 * What measures of a map on matches take: one weight for each row, and which units count as neighbours
 * (`defaultNeighbours` where it is not given).
 */
export interface MeasureOptions {
  readonly weights?: Float32Array
  readonly neighbours?: Neighbours
}

/** What measures take that look at the rows themselves: the preprocessed rows that were matched, with their weights. */
export interface RowsOptions {
  readonly rows: Rows
}
