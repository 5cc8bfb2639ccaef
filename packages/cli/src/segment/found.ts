import type { Samples } from '@som/core'
import type { Segmentation } from '@som/recipes'
import type { Taken } from './columns.ts'
import type { Learning } from './settings.ts'

/** The segments found, and their source. */
export interface Found {
  readonly settings: Learning
  /** The name of the table. */
  readonly source: string
  readonly samples: Samples
  readonly taken: Taken
  readonly segmentation: Segmentation
  readonly notes: readonly string[]
}
