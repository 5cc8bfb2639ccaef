import { componentPlane, type Som } from '@som/core'
import { checkMap, checkNames } from '../check.ts'
import { figureGrid } from '../figure/figure-grid.ts'
import { seamNote } from '../figure/map-figure.ts'
import { prefixNotes, shortNames } from '../figure/short-names.ts'
import { svgDocument } from '../figure/svg.ts'
import { valueFigure } from '../figure/value-figure.ts'
import { correlationOrder } from '../numbers/correlation-order.ts'
import { COLOUR_NAMES, type ColourOptions, scaled } from './plot-options.ts'

export interface ComponentPlanesOptions extends ColourOptions {
  /** The features to show: all. */
  readonly features?: readonly string[]
  /** `given`, or `correlation`: planes that look alike, or like each other's negative, side by side. */
  readonly order?: 'given' | 'correlation'
  /** How many planes per row: by default enough to make the whole about square. */
  readonly across?: number
}

/**
 * All component planes side by side, each in its feature's own units with its own colours. Throws if the map has no
 * such feature.
 */
export function componentPlanesPlot(
  som: Pick<Som, 'lattice' | 'features' | 'codebook'>,
  options: ComponentPlanesOptions = {},
): string {
  checkMap(som, 'lattice', 'features', 'codebook')
  checkNames(options, [...COLOUR_NAMES, 'features', 'order', 'across'])
  const names = options.features ?? som.features.map((feature) => feature.name)
  const short = shortNames(names)
  const planes = names.map((name) => ({ name, values: componentPlane(som, name) }))
  const order = options.order === 'correlation' ? correlationOrder(planes.map((plane) => plane.values)) : planes.keys()
  const title = options.title ?? 'Component planes'
  const figures = Array.from(order, (i) =>
    valueFigure({
      title: short.texts[i],
      whole: planes[i].name,
      caption: '',
      lattice: som.lattice,
      values: planes[i].values,
      ...scaled(options, 'viridis'),
      size: options.size ?? 220,
      panel: true,
    }),
  )
  const notes = ['Each plane in the units of its own feature', ...prefixNotes(short), seamNote(som.lattice)].filter(
    (note) => note !== '',
  )
  return svgDocument(figureGrid({ title, notes, figures, across: options.across }), title)
}
