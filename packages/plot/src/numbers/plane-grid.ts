import { extentOf } from './extent.ts'

/** Places in a plane as cells of a grid: square ones, `across` of them along the longer side. */
export interface PlaneGrid {
  readonly rows: number
  readonly columns: number
  /** The cell of each place, row by row from the upper left; -1 for one that is not finite. */
  readonly cell: Int32Array
  /** Places per cell. */
  readonly counts: Float64Array
  /** Each place in cells from the upper left corner: x, y. */
  readonly at: Float64Array
}

/** The grid over places (x, y of each, y down), all of which it covers. */
export function planeGrid(places: ArrayLike<number>, across: number): PlaneGrid {
  const count = places.length / 2
  const axis = (offset: number): Float64Array => Float64Array.from({ length: count }, (_, i) => places[2 * i + offset])
  const [xs, ys] = [extentOf(axis(0)), extentOf(axis(1))]
  const span = Math.max(xs.greatest - xs.least, ys.greatest - ys.least)
  const scale = span > 0 ? across / span : 0
  const side = (extent: number): number => (scale > 0 ? Math.min(across, Math.floor(extent * scale) + 1) : across)
  const [columns, rows] = [side(xs.greatest - xs.least), side(ys.greatest - ys.least)]
  const cell = new Int32Array(count).fill(-1)
  const counts = new Float64Array(rows * columns)
  const at = new Float64Array(2 * count).fill(Number.NaN)
  for (let i = 0; i < count; i++) {
    const [x, y] = [places[2 * i], places[2 * i + 1]]
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue
    // Places without any extent lie in the middle.
    at[2 * i] = scale > 0 ? (x - xs.least) * scale : columns / 2
    at[2 * i + 1] = scale > 0 ? (y - ys.least) * scale : rows / 2
    const column = Math.min(columns - 1, Math.floor(at[2 * i]))
    const row = Math.min(rows - 1, Math.floor(at[2 * i + 1]))
    cell[i] = row * columns + column
    counts[cell[i]]++
  }
  return { rows, columns, cell, counts, at }
}
