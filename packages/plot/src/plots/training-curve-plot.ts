import type { EpochRecord, Som } from '@som/core'
import { checkMap, checkNames, checkSize } from '../check.ts'
import { type Curve, curveFigure } from '../figure/curve-figure.ts'
import { SOFT } from '../figure/ink.ts'
import { type Figure, placed, svgDocument, textAt } from '../figure/svg.ts'
import { BOLD, wrapText } from '../figure/text-width.ts'
import { PLOT_NAMES } from './plot-options.ts'

export interface TrainingCurveOptions {
  /** Above the plot, in place of its own title. */
  readonly title?: string
  /** Width of the curves in px: 440. */
  readonly size?: number
}

/** A value of each epoch as a curve; left out if it never changes or was not recorded. */
const CURVES: readonly {
  readonly name: string
  readonly of: (record: EpochRecord) => number
  readonly always: boolean
}[] = [
  { name: 'quantization error (preprocessed units)', of: (record) => record.quantizationError, always: true },
  { name: 'neighbourhood radius (units of the lattice)', of: (record) => record.radius, always: true },
  { name: 'learning rate', of: (record) => record.learningRate, always: false },
  {
    name: "movement of the prototypes (relative to the data's spread)",
    of: (record) => record.movement ?? Number.NaN,
    always: false,
  },
]

/** Quantization error, radius, learning rate and movement over the epochs, stacked on a common axis. */
export function trainingCurvePlot(som: Pick<Som, 'training'>, options: TrainingCurveOptions = {}): string {
  checkMap(som, 'training')
  checkNames(options, PLOT_NAMES)
  const { history } = som.training
  const title = options.title ?? 'Training'
  const size = checkSize(options.size ?? 440)
  const epochs = history.map((record) => record.epoch)
  const curves: Curve[] = CURVES.flatMap(({ name, of, always }) => {
    const values = history.map(of)
    const varies = values.some((value) => Number.isFinite(value) && value !== values[0])
    return always || varies ? [{ name, x: epochs, y: values }] : []
  })
  const figures =
    history.length === 0 ? [] : curves.map((curve, i) => curveFigure(curve, size, i === curves.length - 1))
  return svgDocument(stacked(title, figures, size), title)
}

function stacked(title: string, figures: readonly Figure[], size: number): Figure {
  const width = figures.reduce((most, figure) => Math.max(most, figure.width), size)
  const [line = ''] = wrapText(title, width - 32, BOLD * 15, 1)
  let body = textAt(width / 2, 31, line, { size: 15, anchor: 'middle', bold: true })
  let y = 46
  if (figures.length === 0) {
    body += textAt(width / 2, y + 20, 'No epoch was recorded', { anchor: 'middle', fill: SOFT })
    y += 36
  }
  for (const figure of figures) {
    body += placed(figure, 0, y)
    y += figure.height
  }
  return { width, height: y + 8, body }
}
