import {
  fromPreprocessed,
  hits,
  isSparse,
  type Matches,
  type Rows,
  type Som,
  type TargetPrediction,
  unitQuantizationError,
} from '@som/core'
import { unitPredictions } from './numbers/unit-predictions.ts'
import { classPiesPlot } from './plots/class-pies-plot.ts'
import { clustersPlot } from './plots/clusters-plot.ts'
import { componentPlanePlot } from './plots/component-plane-plot.ts'
import { componentPlanesPlot } from './plots/component-planes-plot.ts'
import { gradientFieldPlot } from './plots/gradient-field-plot.ts'
import { hitsPlot } from './plots/hits-plot.ts'
import { labelsPlot } from './plots/labels-plot.ts'
import { pMatrixPlot } from './plots/p-matrix-plot.ts'
import { planePlot } from './plots/plane-plot.ts'
import type { ColourOptions } from './plots/plot-options.ts'
import { predictionsPlot } from './plots/predictions-plot.ts'
import { projectionPlot } from './plots/projection-plot.ts'
import { smoothedHitsPlot } from './plots/smoothed-hits-plot.ts'
import { trainingCurvePlot } from './plots/training-curve-plot.ts'
import { trajectoryPlot } from './plots/trajectory-plot.ts'
import { uMatrixPlot } from './plots/u-matrix-plot.ts'
import { uStarMatrixPlot } from './plots/u-star-matrix-plot.ts'
import { unitValuesPlot } from './plots/unit-values-plot.ts'
import { componentPlaneText } from './terminal/component-plane-text.ts'
import type { TerminalOptions } from './terminal/terminal-map.ts'
import { uMatrixText } from './terminal/u-matrix-text.ts'

/** What a picture of a map may show. */
export interface Pictured {
  readonly som: Som
  readonly options?: ColourOptions
  /** For the plane of one feature. */
  readonly feature?: string
  /** For predictions: the name of the target; the first one by default. */
  readonly target?: string
  /** Whether a U-matrix has the cells between units too. */
  readonly between?: boolean
}

/** What a picture of rows on a map shows. */
export interface PicturedRows extends Pictured {
  readonly rows: Rows
  readonly matches: Matches
  /** One per row. */
  readonly labels?: readonly string[]
  /** For a picture of the plane, rows × 2 (`embed` of core). */
  readonly places?: Float32Array
}

interface AnyPicture {
  /** Whether it shows values as colours, so that `scale`, `range` and `colours` are options of it. */
  readonly hasColours: boolean
  /** Whether it is of one feature, which is then named. */
  readonly isOfFeature?: true
  /** Whether it is of one target, which may be named. */
  readonly isOfTarget?: true
  /** Whether it shows the labels of rows, which are then given. */
  readonly hasLabels?: true
  /** Whether it shows rows in the plane of the map, whose `places` are then given; by a feature or labels, if any. */
  readonly onPlane?: true
  /** What a map lacks that the picture would show; null where nothing is. */
  readonly lacks?: (som: Som) => string | null
  /** In characters, for a terminal. */
  readonly text?: (pictured: Pictured, options: TerminalOptions) => string
}

/** A kind of picture: of the map alone, of rows on it, or of either. Throws a RangeError for what it cannot show. */
export type Picture = AnyPicture &
  (
    | { readonly of: 'map' | 'either'; readonly svg: (pictured: Pictured | PicturedRows) => string | Promise<string> }
    | { readonly of: 'rows'; readonly svg: (pictured: PicturedRows) => string }
  )

const labelled = ({ matches, labels = [] }: PicturedRows) => ({ units: matches.unit, labels })
const matchesIn = (pictured: Pictured | PicturedRows): Matches | undefined =>
  'matches' in pictured ? pictured.matches : undefined

/** Every kind of picture, by its name in commands and addresses. A new plot is a row here. */
export const PICTURES: Readonly<Record<string, Picture>> = {
  'u-matrix': {
    of: 'map',
    hasColours: true,
    svg: ({ som, options, between = false }) => uMatrixPlot(som, { ...options, between }),
    text: ({ som }, options) => uMatrixText(som, options),
  },
  'component-plane': {
    of: 'map',
    hasColours: true,
    isOfFeature: true,
    svg: ({ som, feature = '', options }) => componentPlanePlot(som, feature, options),
    text: ({ som, feature = '' }, options) => componentPlaneText(som, feature, options),
  },
  'component-planes': {
    of: 'map',
    hasColours: true,
    svg: ({ som, options }) => componentPlanesPlot(som, { ...options, order: 'correlation' }),
    text: ({ som }, options) => som.features.map(({ name }) => componentPlaneText(som, name, options)).join('\n'),
  },
  hits: {
    of: 'either',
    hasColours: true,
    lacks: ({ seen }) => (seen === null ? 'hits: its training is unfinished' : null),
    svg: (pictured) => {
      const { som, options } = pictured
      const matches = matchesIn(pictured)
      return hitsPlot(som, { ...options, ...(matches && { hits: hits(som, matches) }) })
    },
  },
  clusters: {
    of: 'map',
    hasColours: false,
    lacks: ({ clusters }) => (clusters === undefined ? 'clusters' : null),
    svg: ({ som, options }) => clustersPlot(som, som.clusters?.of ?? [], { ...options, names: som.clusters?.names }),
  },
  predictions: {
    of: 'map',
    hasColours: true,
    isOfTarget: true,
    lacks: ({ targets }) => (targets === undefined ? 'targets' : null),
    svg: async ({ som, target, options }) => predictionsPlot(som, await predictionsOf(som, target), options),
  },
  'gradient-field': { of: 'map', hasColours: true, svg: ({ som, options }) => gradientFieldPlot(som, options) },
  projection: { of: 'map', hasColours: true, svg: ({ som, options }) => projectionPlot(som, options) },
  'training-curve': {
    of: 'map',
    hasColours: false,
    lacks: ({ training }) => (training.history.length > 1 ? null : 'curve: it was trained for less than two epochs'),
    svg: ({ som, options }) => trainingCurvePlot(som, options),
  },
  labels: {
    of: 'rows',
    hasColours: false,
    hasLabels: true,
    svg: (pictured) => labelsPlot(pictured.som, labelled(pictured), pictured.options),
  },
  'class-pies': {
    of: 'rows',
    hasColours: false,
    hasLabels: true,
    svg: (pictured) => classPiesPlot(pictured.som, labelled(pictured), pictured.options),
  },
  quality: {
    of: 'rows',
    hasColours: true,
    svg: ({ som, rows, matches, options }) =>
      unitValuesPlot(som, unitQuantizationError(som, matches, { weights: rows.weights }), {
        title: 'Quantization error',
        caption: 'Mean distance of the rows of each unit (preprocessed units)',
        ...options,
      }),
  },
  'p-matrix': { of: 'rows', hasColours: true, svg: ({ som, rows, options }) => pMatrixPlot(som, rows, options) },
  'u-star-matrix': {
    of: 'rows',
    hasColours: true,
    svg: ({ som, rows, options }) => uStarMatrixPlot(som, rows, options),
  },
  'smoothed-hits': {
    of: 'rows',
    hasColours: true,
    svg: ({ som, rows, options }) => smoothedHitsPlot(som, rows, options),
  },
  trajectory: {
    of: 'rows',
    hasColours: true,
    svg: ({ som, matches, options }) => trajectoryPlot(som, matches.unit, options),
  },
  plane: {
    of: 'rows',
    hasColours: true,
    onPlane: true,
    lacks: ({ embedding }) => (embedding === undefined ? 'plane' : null),
    svg: ({ som, rows, places = new Float32Array(), labels, feature, options }) => {
      const values = feature === undefined ? undefined : featureValues(som, rows, feature)
      return planePlot({ places, ...(labels && { labels }), ...(values && { values, name: feature }) }, options)
    },
  },
}

/** What a map predicts of a target at each of its units. */
async function predictionsOf(som: Som, name: string | undefined): Promise<TargetPrediction> {
  const targets = await unitPredictions(som)
  const found = name === undefined ? targets[0] : targets.find((target) => target.name === name)
  if (found !== undefined) return found
  const known = targets.map((target) => target.name).join(', ')
  throw new RangeError(`target: expected one of ${known}, found ${JSON.stringify(name)}`)
}

/** The values of a feature in the user's units, one per row; NaN where it is missing. */
function featureValues({ features }: Som, { matrix }: Rows, name: string): Float64Array {
  const f = features.findIndex((one) => one.name === name)
  if (f < 0) throw new RangeError(`feature: expected one of the map, found ${JSON.stringify(name)}`)
  const dense = isSparse(matrix) ? null : matrix
  const values = new Float64Array(matrix.rows)
  for (let i = 0; i < matrix.rows; i++) values[i] = dense === null ? 0 : dense.data[i * matrix.columns + f]
  if (isSparse(matrix))
    for (let i = 0; i < matrix.rows; i++)
      for (let p = matrix.offsets[i]; p < matrix.offsets[i + 1]; p++)
        if (matrix.indices[p] === f) values[i] = matrix.values[p]
  return values.map((value) => fromPreprocessed(features[f].preprocessing, value))
}

/** A picture by its name; null where there is none. */
export const pictureNamed = (name: string): Picture | null => (Object.hasOwn(PICTURES, name) ? PICTURES[name] : null)
