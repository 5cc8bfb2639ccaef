import type { Matrix } from '../rows/matrix.ts'

/** How landmarks were laid out: by the rows that they share, by how near they are, by Sammon, or as on the lattice. */
export const LAYOUTS = ['rows', 'units', 'sammon', 'lattice'] as const
export type Layout = (typeof LAYOUTS)[number]

/**
 * A plane for rows: landmarks among the rows, a place for each of them, and what pushes rows away from crowds.
 * `docs/design/embedding.md` says how it is made.
 */
export interface Embedding {
  readonly layout: Layout
  /** Rows of the fit that had a value in some feature; 0 where there were none. */
  readonly rows: number
  /** Landmarks × features, in preprocessed units. */
  readonly landmarks: Matrix
  /** Landmarks × 2: x to the right, y down. */
  readonly places: Float32Array
  readonly repulsion: RepulsionTable
}

/**
 * What repels a row at each node of a square grid over the plane: for a place y and landmarks at u with masses h that
 * add up to 1, Σ h q and the two parts of Σ h q² (y − u), q = 1 / (1 + |y − u|²). Between nodes it is interpolated.
 */
export interface RepulsionTable {
  /** The first node. */
  readonly x: number
  readonly y: number
  /** The distance between nodes. */
  readonly cell: number
  readonly rows: number
  readonly columns: number
  /** Rows × columns × 3. */
  readonly values: Float32Array
}
