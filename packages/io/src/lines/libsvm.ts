import type { SparseMatrix } from '@som/core'
import { ProblemError } from '../problem.ts'
import { linesOf } from './lines.ts'

/** Rows of which most numbers are zero, with the target that stands before each. */
export interface SparseTable {
  readonly matrix: SparseMatrix
  readonly targets: readonly string[]
}

const MOST_COLUMNS = 2 ** 31 - 1

/**
 * libsvm's rows: `target index:value index:value …` with ascending indices, counted from 1, or from 0 where one is 0; `qid:` and what stands behind `#` are passed over.
 * C.-C. Chang, C.-J. Lin, LIBSVM: a library for support vector machines, ACM TIST 2(3), 2011. Throws a ProblemError.
 */
export async function readLibsvm(path: string): Promise<SparseTable> {
  const offsets: number[] = [0]
  const indices: number[] = []
  const values: number[] = []
  const targets: string[] = []
  let widest = -1
  let least = 1
  for await (const { text, line } of linesOf(path, path)) {
    const [target, ...pairs] = text.split('#')[0].trim().split(/\s+/)
    if (target === '') continue
    let before = -1
    for (const pair of pairs) {
      if (pair.startsWith('qid:')) continue
      const [, index, number] = /^(\d+):(\S+)$/.exec(pair) ?? []
      const [i, x] = [Number(index), Number(number)]
      const fine = index !== undefined && i > before && i <= MOST_COLUMNS && Number.isFinite(Math.fround(x))
      if (!fine || target.includes(':')) {
        throw new ProblemError(
          'not-a-table',
          path,
          `line ${line}: expected "target index:value …" with ascending indices and finite values, found ${JSON.stringify(pair.slice(0, 40))}`,
        )
      }
      before = i
      least = Math.min(least, i)
      widest = Math.max(widest, i)
      indices.push(i)
      values.push(x)
    }
    targets.push(target)
    offsets.push(values.length)
  }
  if (widest < 0) throw new ProblemError('not-a-table', path, 'expected at least one row with a value, found none')
  const matrix = {
    rows: targets.length,
    columns: widest - least + 1,
    offsets: Uint32Array.from(offsets),
    indices: Uint32Array.from(indices, (i) => i - least),
    values: Float32Array.from(values),
  }
  return { matrix, targets }
}
