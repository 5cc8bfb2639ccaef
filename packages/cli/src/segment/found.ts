import type { Samples } from '@som/core'
import type { Segmentation } from '@som/recipes'
import type { Taken } from './columns.ts'
import type { Learning } from './settings.ts'

/** Segments that were found, and where they come from. */
export interface Found {
  readonly settings: Learning
  /** What the table is called. */
  readonly source: string
  readonly samples: Samples
  readonly taken: Taken
  readonly segmentation: Segmentation
  readonly notes: readonly string[]
}
