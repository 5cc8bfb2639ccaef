import { type Matches, type MatchRuntime, matchPrepared, type Rows, type Som, unitQuantizationError } from '@som/core'
import {
  type ColourOptions,
  classPiesPlot,
  clustersPlot,
  componentPlanePlot,
  componentPlanesPlot,
  componentPlaneText,
  gradientFieldPlot,
  hitsPlot,
  labelsPlot,
  pMatrixPlot,
  projectionPlot,
  smoothedHitsPlot,
  type TerminalOptions,
  trainingCurvePlot,
  trajectoryPlot,
  uMatrixPlot,
  uMatrixText,
  unitValuesPlot,
  uStarMatrixPlot,
} from '@som/plot'

/** The input of a plot. */
export interface Subject {
  readonly som: Som
  readonly options: ColourOptions
  readonly feature: string
  readonly between: boolean
  /** The rows matched to the map, for kinds that need them. */
  readonly rows: Rows
  readonly labels: readonly string[]
  readonly runtime: MatchRuntime
}

export interface Kind {
  /** Whether it has no values as colours, so that how they become colours is not a question. */
  readonly plain?: true
  /** Whether the kind needs a table, and a column of labels in it. */
  readonly needs?: 'rows' | 'labels' | 'feature' | 'clusters'
  readonly svg: (subject: Subject) => string | Promise<string>
  readonly text?: (subject: Subject, options: TerminalOptions) => string
}

const matchesOf = ({ som, rows, runtime }: Subject): Promise<Matches> => matchPrepared(som, rows, runtime)

/** Every kind of plot, by its name on the command line. A new plot is a row here. */
export const KINDS: Readonly<Record<string, Kind>> = {
  'u-matrix': {
    svg: ({ som, options, between }) => uMatrixPlot(som, { ...options, between }),
    text: ({ som }, options) => uMatrixText(som, options),
  },
  'component-plane': {
    needs: 'feature',
    svg: ({ som, feature, options }) => componentPlanePlot(som, feature, options),
    text: ({ som, feature }, options) => componentPlaneText(som, feature, options),
  },
  'component-planes': {
    svg: ({ som, options }) => componentPlanesPlot(som, { ...options, order: 'correlation' }),
    text: ({ som }, options) => som.features.map(({ name }) => componentPlaneText(som, name, options)).join('\n'),
  },
  hits: { svg: ({ som, options }) => hitsPlot(som, options) },
  clusters: {
    plain: true,
    needs: 'clusters',
    svg: ({ som, options }) => clustersPlot(som, som.clusters?.of ?? [], { ...options, names: som.clusters?.names }),
  },
  'gradient-field': { svg: ({ som, options }) => gradientFieldPlot(som, options) },
  projection: { svg: ({ som, options }) => projectionPlot(som, options) },
  'training-curve': { plain: true, svg: ({ som, options }) => trainingCurvePlot(som, options) },
  labels: {
    plain: true,
    needs: 'labels',
    svg: async (subject) => {
      const { unit: units } = await matchesOf(subject)
      return labelsPlot(subject.som, { units, labels: subject.labels }, subject.options)
    },
  },
  'class-pies': {
    plain: true,
    needs: 'labels',
    svg: async (subject) => {
      const { unit: units } = await matchesOf(subject)
      return classPiesPlot(subject.som, { units, labels: subject.labels }, subject.options)
    },
  },
  quality: {
    needs: 'rows',
    svg: async (subject) => {
      const { som, rows, options } = subject
      const values = unitQuantizationError(som, await matchesOf(subject), rows)
      return unitValuesPlot(som, values, {
        title: 'Quantization error',
        caption: 'Mean distance of the rows of each unit (preprocessed units)',
        ...options,
      })
    },
  },
  'p-matrix': { needs: 'rows', svg: ({ som, rows, options }) => pMatrixPlot(som, rows, options) },
  'u-star-matrix': { needs: 'rows', svg: ({ som, rows, options }) => uStarMatrixPlot(som, rows, options) },
  'smoothed-hits': { needs: 'rows', svg: ({ som, rows, options }) => smoothedHitsPlot(som, rows, options) },
  trajectory: {
    needs: 'rows',
    svg: async (subject) => {
      const { unit } = await matchesOf(subject)
      return trajectoryPlot(subject.som, unit, subject.options)
    },
  },
}
