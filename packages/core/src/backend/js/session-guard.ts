import { isLayered, wrongLayers } from '../../map/distance.ts'
import { unitCount } from '../../map/lattice.ts'
import { isSparse, type Matrix } from '../../rows/matrix.ts'
import { MOST_NEAREST, type Rows, type Task } from '../backend.ts'

/** Throws if the arguments of `open` do not fit together. */
export function checkShapes(task: Task, samples: Rows, codebook: Matrix): void {
  const units = unitCount(task.lattice)
  if (codebook.rows !== units) throw new RangeError(`codebook: expected ${units} rows, found ${codebook.rows}`)
  if (codebook.columns < 1) throw new RangeError('codebook: expected at least 1 feature, found 0')
  if (codebook.data.length !== codebook.rows * codebook.columns) {
    throw new RangeError(
      `codebook: expected ${codebook.rows * codebook.columns} numbers, found ${codebook.data.length}`,
    )
  }
  const wrong = isLayered(task.metric) ? wrongLayers(task.metric, codebook.columns) : null
  if (wrong !== null) throw new RangeError(`metric: ${wrong}`)
  checkRows(samples, codebook.columns)
}

/** Throws if the samples are not rows of `features` features. */
export function checkRows(samples: Rows, features: number): void {
  const { matrix, weights } = samples
  if (matrix.columns !== features) {
    throw new RangeError(`samples: expected ${features} features, found ${matrix.columns}`)
  }
  if (weights !== undefined && weights.length !== matrix.rows) {
    throw new RangeError(`weights: expected ${matrix.rows}, one per sample, found ${weights.length}`)
  }
  if (isSparse(matrix)) {
    if (matrix.offsets.length !== matrix.rows + 1) {
      throw new RangeError(`samples: expected ${matrix.rows + 1} offsets, found ${matrix.offsets.length}`)
    }
  } else if (matrix.data.length !== matrix.rows * matrix.columns) {
    throw new RangeError(`samples: expected ${matrix.rows * matrix.columns} numbers, found ${matrix.data.length}`)
  }
}

/** Throws unless `k` is a number of nearest units that a session finds. */
export function checkNearest(k: number): void {
  if (Number.isInteger(k) && k >= 1 && k <= MOST_NEAREST) return
  throw new RangeError(`k: expected an integer from 1 to ${MOST_NEAREST}, found ${k}`)
}
