import { defaultNeighbours, metricName, type Neighbours, type Som, uMatrix } from '@som/core'
import type { ColourOptions } from './plot-options.ts'
import { svgDocument } from './svg.ts'
import { valueFigure } from './value-figure.ts'

export interface UMatrixOptions extends ColourOptions {
  /** Who counts as a neighbour: 8 on a rectangular lattice, 6 on a hexagonal one. */
  readonly neighbours?: Neighbours
}

/**
 * The U-matrix: each unit in the colour of its mean distance to its neighbours, in the map's metric. Ridges part clusters, valleys are clusters.
 * A. Ultsch, H. P. Siemon, Kohonen's self organizing feature maps for exploratory data analysis, INNC 1990.
 */
export function uMatrixPlot(som: Pick<Som, 'lattice' | 'metric' | 'codebook'>, options: UMatrixOptions = {}): string {
  const neighbours = options.neighbours ?? defaultNeighbours(som.lattice)
  const title = options.title ?? 'U-matrix'
  const figure = valueFigure({
    title,
    caption: `Mean distance to the ${neighbours} neighbours (${metricName(som.metric)}, preprocessed units)`,
    lattice: som.lattice,
    values: uMatrix(som, { neighbours }),
    colours: options.colours ?? 'cividis',
    size: options.size,
  })
  return svgDocument(figure, title)
}
