import type { Matches, Quality, Samples, Som } from '@som/core'

/** What a report is about. */
export interface ReportSubject {
  readonly som: Som
  /** The rows in the user's units, with the map's features by name, and ids and labels where there are any. */
  readonly samples: Samples
  /** What they matched. */
  readonly matches: Matches
  readonly quality: Quality
  /** What the rows are called: their file. */
  readonly source: string
  /** Above the report: `A map of <source>`. */
  readonly title?: string
}
