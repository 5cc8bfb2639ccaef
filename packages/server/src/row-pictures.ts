import { hits, type Matches, type Rows, type Samples, type Som, unitQuantizationError } from '@som/core'
import {
  classPiesPlot,
  hitsPlot,
  labelsPlot,
  pMatrixPlot,
  smoothedHitsPlot,
  trajectoryPlot,
  unitValuesPlot,
  uStarMatrixPlot,
} from '@som/plot'

/** Rows on a map. */
export interface PicturedRows {
  readonly som: Som
  readonly samples: Samples
  readonly rows: Rows
  readonly matches: Matches
}

/** Pictures of rows on the map, by the names of their paths. */
const ROW_PICTURES: Readonly<Record<string, (rows: PicturedRows) => string>> = {
  labels: (rows) => labelsPlot(rows.som, labelled(rows)),
  'class-pies': (rows) => classPiesPlot(rows.som, labelled(rows)),
  hits: ({ som, matches }) => hitsPlot(som, { hits: hits(som, matches) }),
  'smoothed-hits': ({ som, rows }) => smoothedHitsPlot(som, rows),
  'p-matrix': ({ som, rows }) => pMatrixPlot(som, rows),
  'u-star-matrix': ({ som, rows }) => uStarMatrixPlot(som, rows),
  quality: ({ som, matches }) =>
    unitValuesPlot(som, unitQuantizationError(som, matches), {
      title: 'Quantization error',
      caption: 'Mean distance of the rows of each unit (preprocessed units)',
    }),
  trajectory: ({ som, matches }) =>
    trajectoryPlot(
      som,
      matches.unit.filter((unit) => unit >= 0),
    ),
}

export const ROW_PICTURE_NAMES: readonly string[] = Object.keys(ROW_PICTURES)

/** Whether a picture of rows shows their labels. */
export const needsLabels = (name: string): boolean => name === 'labels' || name === 'class-pies'

/**
 * A picture of rows as SVG; null where there is none of this name. Throws a RangeError for rows that it cannot show.
 */
export function rowPictureOf(name: string, rows: PicturedRows): string | null {
  return Object.hasOwn(ROW_PICTURES, name) ? ROW_PICTURES[name](rows) : null
}

const labelled = ({ samples: { labels = [] }, matches }: PicturedRows) => ({ units: matches.unit, labels })
