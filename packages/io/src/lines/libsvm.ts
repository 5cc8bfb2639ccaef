import type { SparseMatrix } from '@som/core'
import { ProblemError } from '../problem.ts'
import { linesOf } from './lines.ts'

/** Sparse rows, with the target before each. */
export interface SparseTable {
  /** `names` come from the indices in the file: `feature 1`, …, or from `feature 0`. */
  readonly matrix: SparseMatrix & { readonly names: readonly string[] }
  readonly targets: readonly string[]
}

/** Which indices the rows use. */
export interface IndexChoice {
  /** The feature names of the map that will read the rows. */
  readonly features?: readonly string[]
  /** The lowest allowed index. */
  readonly base?: 0 | 1
}

/** The index in a name that was made from one. */
function indexOf(name: string): number | undefined {
  const [, index] = /^feature (\d+)$/.exec(name) ?? []
  return index === undefined ? undefined : Number(index)
}

/** More columns than any published libsvm data set that a map could be trained on. */
const MOST_COLUMNS = 2 ** 21

/**
 * libsvm's rows: `target index:value index:value …` with ascending indices; an absent index means 0. `qid:` and
 * anything after `#` are ignored. Columns are named after their indices, and a map keeps these names: rows for a map
 * are read by its `features` and have its width, whichever indices occur in them. Without a map the indices begin at
 * `base`; by default at 0 if some index is 0, otherwise at 1. C.-C. Chang, C.-J. Lin, LIBSVM: a library for support
 * vector machines, ACM TIST 2(3), 2011. Throws a ProblemError.
 */
export async function readLibsvm(
  path: string,
  { features, base }: IndexChoice = {},
  shown: string = path,
): Promise<SparseTable> {
  const offsets: number[] = [0]
  const indices: number[] = []
  const values: number[] = []
  const targets: string[] = []
  const known = features?.flatMap((name) => indexOf(name) ?? []) ?? []
  let widest = known.reduce((most, i) => Math.max(most, i), -1)
  let isEmpty = true
  let least = Math.min(
    base ?? 1,
    known.reduce((first, i) => Math.min(first, i), 1),
  )
  for await (const { text, line } of linesOf(path, shown)) {
    const [target, ...pairs] = text.split('#')[0].trim().split(/\s+/)
    if (target === '') continue
    let before = -1
    for (const pair of pairs) {
      if (pair.startsWith('qid:')) continue
      const [, index, number] = /^(\d+):(\S+)$/.exec(pair) ?? []
      const [i, x] = [Number(index), Number(number)]
      const fine = index !== undefined && i > before && Number.isFinite(Math.fround(x))
      if (fine && i >= MOST_COLUMNS)
        throw new ProblemError('not-a-table', shown, `line ${line}: expected indices below ${MOST_COLUMNS}, found ${i}`)
      if (fine && i < (base ?? 0))
        throw new ProblemError('not-a-table', shown, `line ${line}: expected indices of at least ${base}, found ${i}`)
      if (!fine || target.includes(':')) {
        throw new ProblemError(
          'not-a-table',
          shown,
          `line ${line}: expected "target index:value …" with ascending indices and finite values, found ${JSON.stringify(pair.slice(0, 40))}`,
        )
      }
      before = i
      isEmpty = false
      least = Math.min(least, i)
      widest = Math.max(widest, i)
      indices.push(i)
      values.push(x)
    }
    targets.push(target)
    offsets.push(values.length)
  }
  if (isEmpty) throw new ProblemError('not-a-table', shown, 'expected at least one row with a value, found none')
  const names = Array.from({ length: widest - least + 1 }, (_, f) => `feature ${least + f}`)
  const matrix = {
    names,
    rows: targets.length,
    columns: widest - least + 1,
    offsets: Uint32Array.from(offsets),
    indices: Uint32Array.from(indices, (i) => i - least),
    values: Float32Array.from(values),
  }
  return { matrix, targets }
}
