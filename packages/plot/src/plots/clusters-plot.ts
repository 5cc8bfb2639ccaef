import type { Som } from '@som/core'
import { checkPerUnit } from '../check.ts'
import { borders } from '../figure/borders.ts'
import { cellsOfColours } from '../figure/cells.ts'
import { CATEGORIES, categoryColour, inkOn } from '../figure/colour.ts'
import { mapFigure, note } from '../figure/map-figure.ts'
import { svgDocument, textAt } from '../figure/svg.ts'
import { type Swatch, swatches } from '../figure/swatches.ts'
import { cellCentre, cellWidth, type Tiling, tilingOf } from '../figure/tiling.ts'
import type { PlotOptions } from './plot-options.ts'

export interface ClustersOptions extends PlotOptions {
  /** Name of each cluster, by its id: `cluster 0`, `cluster 1`, … */
  readonly names?: readonly string[]
}

/** Clusters of units with borders between them. `clusters` has an id a unit, whole numbers from 0; a unit with a negative one is in none. */
export function clustersPlot(
  som: Pick<Som, 'lattice'>,
  clusters: ArrayLike<number>,
  options: ClustersOptions = {},
): string {
  const { lattice } = som
  checkPerUnit('clusters', lattice, clusters)
  const tiling = tilingOf(lattice, options.size)
  const groups = Array.from(clusters, (id) => (id >= 0 ? Math.floor(id) : -1))
  const ids = [...new Set(groups)].filter((id) => id >= 0).sort((a, b) => a - b)
  const position = new Map(ids.map((id, i) => [id, i]))
  const levels = groups.map((id) => position.get(id) ?? -1)
  const colours = ids.map((_, i) => categoryColour(i))
  const sizes = new Map<number, number>()
  for (const id of groups) sizes.set(id, (sizes.get(id) ?? 0) + 1)
  const entries: Swatch[] = ids.map((id, i) => ({
    colour: colours[i],
    text: `${options.names?.[id] ?? `cluster ${id}`} (${sizes.get(id)})`,
  }))
  const title = options.title ?? 'Clusters'
  const notes = ['In brackets: units of the cluster']
  if (groups.includes(-1)) notes.push('Pale grey cells: in no cluster')
  if (ids.length > CATEGORIES.length)
    notes.push('Colours come round again; the numbers tell clusters of one colour apart')
  const map =
    cellsOfColours(tiling, levels, colours) +
    borders(lattice, tiling, groups) +
    ids.map((id, i) => idOf(tiling, groups, id, colours[i])).join('')
  const below = [(width: number) => swatches(entries, width), ...notes.map(note)]
  return svgDocument(mapFigure({ title, lattice, tiling, map, below }), title)
}

/** The id, on the unit of the cluster that lies nearest to the middle of its units. */
function idOf(tiling: Tiling, groups: readonly number[], id: number, colour: string): string {
  if (cellWidth(tiling) < 3) return ''
  const centres = groups.flatMap((group, unit) => (group === id ? [cellCentre(tiling, unit)] : []))
  const x = centres.reduce((sum, at) => sum + at.x, 0) / centres.length
  const y = centres.reduce((sum, at) => sum + at.y, 0) / centres.length
  const away = (at: { x: number; y: number }): number => (at.x - x) ** 2 + (at.y - y) ** 2
  const at = centres.reduce((nearest, centre) => (away(centre) < away(nearest) ? centre : nearest))
  return textAt(at.x, at.y + 4.5, String(id), {
    size: 13,
    anchor: 'middle',
    bold: true,
    fill: inkOn(colour),
    rim: colour,
  })
}
