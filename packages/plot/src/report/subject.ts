import type { Matches, Quality, Samples, Som, TargetPrediction } from '@som/core'

/** The subject of a report. */
export interface ReportSubject {
  readonly som: Som
  /** The rows in the user's units, with the map's features by name, and ids and labels if there are any. */
  readonly samples: Samples
  /** Their matches. */
  readonly matches: Matches
  readonly quality: Quality
  /** What the map predicts at each unit, from `unitPredictions`, to be shown. */
  readonly predictions?: readonly TargetPrediction[]
  /** Their places, rows × 2, where the map has a plane (`embed`): to be shown. */
  readonly places?: Float32Array
  /** The name of the rows: their file. */
  readonly source: string
  /** Above the report: `A map of <source>`. */
  readonly title?: string
}
