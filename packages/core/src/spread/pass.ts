import type { Task } from '../backend/backend.ts'
import type { ChunkNode } from '../chunks/merge-tree.ts'
import type { Numbers } from '../chunks/packed.ts'
import type { Preparation } from '../rows/fit-features.ts'
import type { FeaturePreprocessing } from '../rows/preprocessing.ts'
import type { Feature } from '../som.ts'

/** What every pass says about the rows: their columns, and how many a chunk has. */
interface OfRows {
  readonly columns: readonly string[]
  readonly chunkRows: number
}

/** Features that are fitted; the numbers of their preprocessing come as `numbers[0]`, since JSON has no -0. */
interface OfFeatures extends OfRows {
  readonly features: readonly Feature[]
}

/** Statistics for the preprocessing: of the values or, where `numbers` has what was found, of their deviations. */
interface FitPass extends OfRows {
  readonly ask: 'fit'
  readonly how: Omit<Preparation, 'layers'>
  readonly numbers: Numbers
}

/** Statistics and fingerprints of the preprocessed rows. */
interface KeepPass extends OfFeatures {
  readonly ask: 'keep'
  readonly numbers: Numbers
}

/** Some of the preprocessed rows: those numbered in `numbers[1]`. */
interface RowsPass extends OfFeatures {
  readonly ask: 'rows'
  readonly numbers: Numbers
}

/** Sums of an epoch, or a tally of the matches, for the codebook in `numbers[1]`. */
interface MapPass extends OfFeatures {
  readonly ask: 'sums' | 'tally'
  readonly task: Task
  readonly numbers: Numbers
}

/**
 * A question about rows that workers hold. All but its numbers is plain JSON. A worker answers it for the chunks that
 * it holds, and the answers of all workers together are that of one worker with all rows.
 */
export type Pass = FitPass | KeepPass | RowsPass | MapPass

/** Part of the answer to a pass. */
export interface Found extends ChunkNode<Numbers> {
  /** What it is, where a pass finds several things. */
  readonly name: FoundName
}

export type FoundName = 'fit' | 'moments' | 'words' | 'rows' | 'sums' | 'tally' | 'distances'

const FIELDS = ['cofactor', 'centre', 'scale', 'factor'] as const satisfies readonly (keyof FeaturePreprocessing)[]

/** The numbers of the preprocessing of features, to the bit. */
export const numbersOfFeatures = (features: readonly Feature[]): Float64Array =>
  Float64Array.from(features.flatMap(({ preprocessing }) => FIELDS.map((field) => preprocessing[field])))

/** The features of a pass, with the numbers of their preprocessing. */
export const featuresOf = ({ features, numbers: [numbers] }: KeepPass | RowsPass | MapPass): Feature[] =>
  features.map((feature, f) => {
    const own = Object.fromEntries(FIELDS.map((field, i) => [field, numbers[f * FIELDS.length + i]]))
    return { ...feature, preprocessing: { ...feature.preprocessing, ...own } }
  })

/** What of the nodes has this name. */
export const named = (found: readonly Found[], name: FoundName): Found[] => found.filter((node) => node.name === name)
