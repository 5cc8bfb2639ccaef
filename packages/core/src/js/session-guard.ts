import type { Rows, Task, Watch } from '../backend.ts'
import { unitCount } from '../lattice.ts'
import { isSparse, type Matrix } from '../matrix.ts'

/** Throws when what a caller hands to `open` cannot belong together. */
export function checkShapes(task: Task, samples: Rows, codebook: Matrix): void {
  const units = unitCount(task.lattice)
  if (codebook.rows !== units) throw new RangeError(`codebook: expected ${units} rows, found ${codebook.rows}`)
  if (codebook.columns < 1) throw new RangeError('codebook: expected at least 1 feature, found 0')
  if (codebook.data.length !== codebook.rows * codebook.columns) {
    throw new RangeError(
      `codebook: expected ${codebook.rows * codebook.columns} numbers, found ${codebook.data.length}`,
    )
  }
  checkRows(samples, codebook.columns)
}

/** Throws when samples are not rows of `features` features. */
export function checkRows(samples: Rows, features: number): void {
  const { matrix, weights } = samples
  if (matrix.columns !== features) {
    throw new RangeError(`samples: expected ${features} features, found ${matrix.columns}`)
  }
  if (weights !== undefined && weights.length !== matrix.rows) {
    throw new RangeError(`weights: expected ${matrix.rows}, one a sample, found ${weights.length}`)
  }
  if (isSparse(matrix)) {
    if (matrix.offsets.length !== matrix.rows + 1) {
      throw new RangeError(`samples: expected ${matrix.rows + 1} offsets, found ${matrix.offsets.length}`)
    }
  } else if (matrix.data.length !== matrix.rows * matrix.columns) {
    throw new RangeError(`samples: expected ${matrix.rows * matrix.columns} numbers, found ${matrix.data.length}`)
  }
}

/** How much arithmetic runs between two looks at the clock, the signal and the event loop: about 20 ms. */
const WORK_BETWEEN_PAUSES = 2e7

/** Lets the event loop turn now and then during long work. */
export interface Pacer {
  /** Counts work done, in multiply-adds. True when it is time to `pause`. */
  due(work: number): boolean
  /** Tells progress, lets waiting events run, and throws the signal's reason when it has aborted. */
  pause(share: number): Promise<void>
}

export function pacer(watch: Watch | undefined): Pacer {
  watch?.signal?.throwIfAborted()
  let done = 0
  return {
    due(work) {
      done += work
      if (done < WORK_BETWEEN_PAUSES) return false
      done = 0
      return true
    },
    async pause(share) {
      watch?.progress?.(share)
      await new Promise((resolve) => setTimeout(resolve, 0))
      watch?.signal?.throwIfAborted()
    },
  }
}
