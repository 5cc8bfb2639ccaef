import type { Lattice } from '@som/core'
import { cells } from './cells.ts'
import type { ColourMap } from './colour.ts'
import { colourBar } from './colour-bar.ts'
import { type ColourScale, colourScale, type ScaleOptions } from './colour-scale.ts'
import { mapFigure, note } from './map-figure.ts'
import type { Figure } from './svg.ts'
import { type Tiling, tilingOf } from './tiling.ts'

/** One number per cell, shown as colours. */
export interface ValueFigure extends ScaleOptions {
  readonly title: string
  /** The whole of a title that is short. */
  readonly whole?: string
  /** What the numbers mean, with their unit. */
  readonly caption: string
  readonly lattice: Lattice
  /** One number per cell of the tiling; cells that are not finite are drawn empty. */
  readonly values: ArrayLike<number>
  readonly colours: ColourMap
  readonly size?: number
  /** By default the units themselves. */
  readonly tiling?: Tiling
  /** In the range of the colours, whatever the values are. */
  readonly include?: number
  /** Drawn over the cells. */
  readonly over?: (scale: ColourScale) => string
  /** The meaning of a cell without a value: `no value`. */
  readonly empty?: string
  /** More bars of colours, for what is drawn over the cells: they stand first. */
  readonly bars?: readonly ((width: number) => Figure)[]
  readonly notes?: readonly string[]
  /** Whether it is one of many in a `figureGrid`. */
  readonly panel?: boolean
}

/** Cells coloured by value, with a title and a bar of the colours. */
export function valueFigure(parts: ValueFigure): Figure {
  const { lattice, values } = parts
  const tiling = parts.tiling ?? tilingOf(lattice, parts.size)
  const scale = colourScale(values, parts.colours, {
    scale: parts.scale,
    range: parts.range,
    include: parts.include,
    name: parts.whole ?? parts.title,
  })
  const empty = Array.prototype.some.call(values, (value: number) => !Number.isFinite(value))
  const notes = [...(parts.notes ?? []), ...(empty ? [`Pale grey cells: ${parts.empty ?? 'no value'}`] : [])]
  return mapFigure({
    title: parts.title,
    whole: parts.whole,
    lattice,
    tiling,
    map: cells(tiling, values, scale) + (parts.over?.(scale) ?? ''),
    below: [...(parts.bars ?? []), (width) => colourBar(scale, parts.caption, width, tiling.width), ...notes.map(note)],
    panel: parts.panel,
  })
}
