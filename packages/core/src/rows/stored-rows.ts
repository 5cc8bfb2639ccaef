import type { Rows } from '../backend/backend.ts'
import type { FeatureSource } from './feature-source.ts'
import type { Matrix } from './matrix.ts'

/** Samples that are read part by part in every pass: for data larger than memory. */
export interface SampleParts {
  /** One unique name per feature. */
  readonly features: readonly string[]
  readonly sources?: readonly (FeatureSource | undefined)[]
  /** As that of `Samples`. */
  readonly decimal?: ','
  readonly rows: number
  /**
   * The rows in order, for any number of passes: rows × features of each part, NaN for a missing value. A part is valid
   * until the next is requested.
   */
  parts(): AsyncIterable<SamplePart>
}

export interface SamplePart {
  readonly rows: number
  readonly data: Float32Array | Float64Array
  /** One finite weight of at least 0 per row: in every part, or in no part. */
  readonly weights?: Float32Array
}

/** Preprocessed rows stored outside memory. */
export interface StoredRows {
  readonly rows: number
  readonly columns: number
  /** The rows in order, for any number of passes. A part is valid until the next is requested. */
  parts(): AsyncIterable<Rows>
  /** Rows in the order given. */
  pick(chosen: Uint32Array): Matrix
}

/** Stores preprocessed rows, part by part, in order. */
export interface RowsStore {
  put(part: Rows): Promise<void>
  /** Ends writing; returns the stored rows. */
  done(): Promise<StoredRows>
}
