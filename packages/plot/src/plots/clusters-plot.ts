import { clusterNames, clusterNumbers, type Som, UNCLUSTERED } from '@som/core'
import { checkMap, checkNames, checkPerUnit } from '../check.ts'
import { borders } from '../figure/borders.ts'
import { categoryColour, MOST_CATEGORIES } from '../figure/category-colours.ts'
import { cellsOfColours } from '../figure/cells.ts'
import { inkOn, OTHER } from '../figure/colour.ts'
import { mapFigure, note } from '../figure/map-figure.ts'
import { prefixNotes, shortNames } from '../figure/short-names.ts'
import { svgDocument, textAt } from '../figure/svg.ts'
import { type Swatch, swatches } from '../figure/swatches.ts'
import { textWidth } from '../figure/text-width.ts'
import { cellCentre, cellWidth, type Tiling, tilingOf } from '../figure/tiling.ts'
import { PLOT_NAMES, type PlotOptions } from './plot-options.ts'

export interface ClustersOptions extends PlotOptions {
  /** Name of each cluster, in the order of their places: `cluster 1`, `cluster 2`, … */
  readonly names?: readonly string[]
}

/**
 * Clusters of units with borders between them. `clusters` has the place of each unit's cluster, as `Clusters.of` of
 * core: whole numbers from 0. A unit with a negative one is unclustered, and grey. What is written counts from 1.
 */
export function clustersPlot(
  som: Pick<Som, 'lattice'>,
  clusters: ArrayLike<number>,
  options: ClustersOptions = {},
): string {
  checkMap(som, 'lattice')
  checkNames(options, [...PLOT_NAMES, 'names'])
  const { lattice } = som
  checkPerUnit('clusters', lattice, clusters)
  const tiling = tilingOf(lattice, options.size)
  const groups = Array.from(clusters, (place) => (place >= 0 ? Math.floor(place) : -1))
  const places = [...new Set(groups)].filter((place) => place >= 0).sort((a, b) => a - b)
  const position = new Map(places.map((place, i) => [place, i]))
  const levels = groups.map((place) => position.get(place) ?? places.length)
  const colours = places.map(categoryColour)
  const numbers = clusterNumbers({ of: Int32Array.from(places) })
  const names = clusterNames({ count: (places.at(-1) ?? -1) + 1, names: options.names })
  const sizes = new Map<number, number>()
  for (const place of groups) sizes.set(place, (sizes.get(place) ?? 0) + 1)
  const short = shortNames(places.map((place) => names[place]))
  const wholes = places.map((place) => `${names[place]} (${sizes.get(place)})`)
  const entries: Swatch[] = places.map((place, i) => ({
    colour: colours[i],
    text: `${short.texts[i]} (${sizes.get(place)})`,
    whole: wholes[i],
  }))
  const tooltips = places.map((place, i) => tooltip(String(numbers[i]), names[place]))
  const title = options.title ?? 'Clusters'
  const left = sizes.get(-1)
  if (left !== undefined) entries.push({ colour: OTHER, text: `${UNCLUSTERED} (${left})` })
  const notes = ['In brackets: units of the cluster', ...prefixNotes(short)]
  if (places.length > MOST_CATEGORIES)
    notes.push('Colours come round again; the numbers tell clusters of one colour apart')
  const map =
    cellsOfColours(tiling, levels, [...colours, OTHER], [...tooltips, UNCLUSTERED]) +
    borders(lattice, tiling, groups) +
    places.map((place, i) => numberOn(tiling, groups, place, String(numbers[i]), colours[i])).join('')
  const below = [(width: number) => swatches(entries, width), ...notes.map(note)]
  return svgDocument(mapFigure({ title, lattice, tiling, map, below }), title)
}

const NUMBER_SIZE = 13

/** The number of a cluster and what it is called, which may say the number too. */
const tooltip = (number: string, name: string): string => (name === `cluster ${number}` ? name : `${number}: ${name}`)

/** The number, on the unit of the cluster that lies nearest to the middle of its units. */
function numberOn(tiling: Tiling, groups: readonly number[], place: number, number: string, colour: string): string {
  const centres = groups.flatMap((group, unit) => (group === place ? [cellCentre(tiling, unit)] : []))
  // About as wide as high: numbers of small clusters would hide one another.
  if (cellWidth(tiling) * Math.sqrt(centres.length) < textWidth(number, NUMBER_SIZE)) return ''
  const x = centres.reduce((sum, at) => sum + at.x, 0) / centres.length
  const y = centres.reduce((sum, at) => sum + at.y, 0) / centres.length
  const away = (at: { x: number; y: number }): number => (at.x - x) ** 2 + (at.y - y) ** 2
  const at = centres.reduce((nearest, centre) => (away(centre) < away(nearest) ? centre : nearest))
  return textAt(at.x, at.y + 4.5, number, {
    size: NUMBER_SIZE,
    anchor: 'middle',
    bold: true,
    fill: inkOn(colour),
    rim: colour,
  })
}
