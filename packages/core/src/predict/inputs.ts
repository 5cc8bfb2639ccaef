import { isSparse, type Matrix, type SparseMatrix } from '../rows/matrix.ts'
import type { Targets } from './targets.ts'

/** What the models of a map take of rows: 1 for the constant, each feature on its own scale, and perhaps its square. */
export interface Inputs {
  readonly width: number
  /** Writes the inputs of row `i` into `into`. */
  read(i: number, into: Float64Array): void
}

/** The number of inputs of a model: 1 + features, and the squares of features if it has them. */
export const inputWidth = (features: number, squares: boolean): number => 1 + features * (squares ? 2 : 1)

/**
 * The inputs of the rows of a matrix: standardised features x, then (x² − 1) / 2 if there are squares, so that both
 * have the mean 0 and like spreads. A missing value is 0, the mean, in both. Squares stop growing at four standard
 * deviations: a row far outside would otherwise be predicted by them alone.
 */
export function inputsOf(
  matrix: Matrix | SparseMatrix,
  { centre, scale }: Pick<Targets, 'centre' | 'scale'>,
  squares: boolean,
): Inputs {
  const read = reader(matrix)
  const { columns } = matrix
  return {
    width: inputWidth(columns, squares),
    read(i, into) {
      read(i, into)
      into[0] = 1
      for (let f = 0; f < columns; f++) {
        const value = into[f + 1]
        const x = (value - centre[f]) * scale[f]
        const isMissing = Number.isNaN(value)
        into[f + 1] = isMissing ? 0 : x
        // A feature without spread has nothing to square.
        if (squares) into[columns + f + 1] = isMissing || scale[f] === 0 ? 0 : (Math.min(x * x, MOST_SQUARE) - 1) / 2
      }
    },
  }
}

const MOST_SQUARE = 16

/**
 * Mean and 1 / standard deviation of each feature over the rows of some weight; the scale is 0 where nothing varies.
 */
export function standardOf(
  matrix: Matrix | SparseMatrix,
  weights: Float32Array | undefined,
): Pick<Targets, 'centre' | 'scale'> {
  const width = matrix.columns
  const read = reader(matrix)
  const row = new Float64Array(width + 1)
  const [centre, scale, total] = [new Float64Array(width), new Float64Array(width), new Float64Array(width)]
  const each = (add: (f: number, x: number, weight: number) => void): void => {
    for (let i = 0; i < matrix.rows; i++) {
      const weight = weights?.[i] ?? 1
      if (weight === 0) continue
      read(i, row)
      for (let f = 0; f < width; f++) if (!Number.isNaN(row[f + 1])) add(f, row[f + 1], weight)
    }
  }
  each((f, x, weight) => {
    total[f] += weight
    centre[f] += weight * x
  })
  for (let f = 0; f < width; f++) centre[f] = total[f] > 0 ? centre[f] / total[f] : 0
  each((f, x, weight) => {
    scale[f] += weight * (x - centre[f]) * (x - centre[f])
  })
  for (let f = 0; f < width; f++) {
    const deviation = total[f] > 0 ? Math.sqrt(scale[f] / total[f]) : 0
    scale[f] = deviation > ROUNDING * Math.abs(centre[f]) ? 1 / deviation : 0
  }
  return { centre, scale }
}

/** A spread below this share of the mean is that of rounding to f32. */
const ROUNDING = 2 ** -24

/** Reads row `i` in f64 from place 1 on. */
function reader(matrix: Matrix | SparseMatrix): Inputs['read'] {
  const { columns } = matrix
  if (!isSparse(matrix)) {
    const { data } = matrix
    return (i, into) => {
      for (let f = 0; f < columns; f++) into[f + 1] = data[i * columns + f]
    }
  }
  const { offsets, indices, values } = matrix
  return (i, into) => {
    into.fill(0)
    for (let p = offsets[i]; p < offsets[i + 1]; p++) into[indices[p] + 1] = values[p]
  }
}
