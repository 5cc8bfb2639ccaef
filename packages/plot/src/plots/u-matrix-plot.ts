import { defaultNeighbours, metricName, type Neighbours, type Som, uMatrix } from '@som/core'
import { checkMap, checkNames } from '../check.ts'
import { betweenUnits } from '../figure/between-units.ts'
import { dots } from '../figure/dots.ts'
import { svgDocument } from '../figure/svg.ts'
import { cellCentre, cellRadius } from '../figure/tiling.ts'
import { valueFigure } from '../figure/value-figure.ts'
import { COLOUR_NAMES, type ColourOptions, scaled } from './plot-options.ts'

export interface UMatrixOptions extends ColourOptions {
  /** Which units count as neighbours: 8 on a rectangular lattice, 6 on a hexagonal one. */
  readonly neighbours?: Neighbours
  /**
   * Whether the cells between units are drawn too, each the distance of two units; the neighbours are then those at the
   * sides.
   */
  readonly between?: boolean
}

/**
 * The U-matrix: each unit in the colour of its mean distance to its neighbours, in the map's metric. Ridges separate
 * clusters, valleys are clusters. A. Ultsch, H. P. Siemon, Kohonen's self organizing feature maps for exploratory data
 * analysis, INNC 1990.
 */
export function uMatrixPlot(som: Pick<Som, 'lattice' | 'metric' | 'codebook'>, options: UMatrixOptions = {}): string {
  checkMap(som, 'lattice', 'metric', 'codebook')
  checkNames(options, [...COLOUR_NAMES, 'neighbours', 'between'])
  if (options.between) return betweenPlot(som, options)
  const neighbours = options.neighbours ?? defaultNeighbours(som.lattice)
  const title = options.title ?? 'U-matrix'
  const figure = valueFigure({
    title,
    caption: `Mean distance to the ${neighbours} neighbours (${metricName(som.metric)}, preprocessed units)`,
    lattice: som.lattice,
    values: uMatrix(som, { neighbours }),
    ...scaled(options, 'cividis'),
    size: options.size,
  })
  return svgDocument(figure, title)
}

/** Dots mark the units if cells are at least this wide (px). */
const DOTTED = 8

function betweenPlot(som: Pick<Som, 'lattice' | 'metric' | 'codebook'>, options: UMatrixOptions): string {
  const { tiling, heights, units } = betweenUnits(som, options.size)
  const title = options.title ?? 'U-matrix'
  const figure = valueFigure({
    title,
    caption: `Distance between neighbouring units (${metricName(som.metric)}, preprocessed units)`,
    lattice: som.lattice,
    tiling,
    values: heights,
    ...scaled(options, 'cividis'),
    over: () => (2 * cellRadius(tiling) < DOTTED ? '' : dots(Array.from(units, (cell) => cellCentre(tiling, cell)))),
    notes: ['On a unit: the mean of the cells at its sides'],
  })
  return svgDocument(figure, title)
}
