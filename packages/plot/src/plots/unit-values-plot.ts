import type { Som } from '@som/core'
import { checkMap, checkNames, checkPerUnit } from '../check.ts'
import { svgDocument } from '../figure/svg.ts'
import { valueFigure } from '../figure/value-figure.ts'
import { COLOUR_NAMES, type ColourOptions, scaled } from './plot-options.ts'

export interface UnitValuesOptions extends ColourOptions {
  /** What the numbers mean, with their unit. */
  readonly caption?: string
}

/** Any number per unit, such as a quality measure, as colours. NaN leaves a unit empty. */
export function unitValuesPlot(
  som: Pick<Som, 'lattice'>,
  values: ArrayLike<number>,
  options: UnitValuesOptions = {},
): string {
  checkMap(som, 'lattice')
  checkNames(options, [...COLOUR_NAMES, 'caption'])
  checkPerUnit('values', som.lattice, values)
  const title = options.title ?? 'Value per unit'
  const figure = valueFigure({
    title,
    caption: options.caption ?? '',
    lattice: som.lattice,
    values,
    ...scaled(options, 'viridis'),
    size: options.size,
  })
  return svgDocument(figure, title)
}
