import type { Rows } from '../backend/backend.ts'
import type { FeatureSource } from './feature-source.ts'
import type { Matrix } from './matrix.ts'

/** Samples that are read anew in every pass, part after part: more than memory holds. */
export interface SampleParts {
  /** One name a feature, unique. */
  readonly features: readonly string[]
  readonly sources?: readonly (FeatureSource | undefined)[]
  readonly rows: number
  /** The rows in order, as often as asked: rows × features of each part, NaN where a value is missing. A part is good until the next is asked for. */
  parts(): AsyncIterable<SamplePart>
}

export interface SamplePart {
  readonly rows: number
  readonly data: Float64Array
  /** One finite weight of at least 0 a row: in every part, or in none. */
  readonly weights?: Float32Array
}

/** Preprocessed rows kept outside of memory. */
export interface StoredRows {
  readonly rows: number
  readonly columns: number
  /** The rows in order, as often as asked. A part is good until the next is asked for. */
  parts(): AsyncIterable<Rows>
  /** Rows in the order given. */
  pick(chosen: Uint32Array): Matrix
}

/** Where preprocessed rows are put, part after part, in order. */
export interface RowsStore {
  put(part: Rows): Promise<void>
  /** No more come: what was put. */
  done(): Promise<StoredRows>
}
