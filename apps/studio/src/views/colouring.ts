import { computed } from '@preact/signals'
import { categoryColours, coloursOf, levelsOf, majorityOf, rangeOf } from '@som/map-view'
import { clusterOfRows, layerKey, live, measured, run, table } from '../state/store.ts'
import { classColumns, layerOf, piesKey } from './layers.ts'

/** How units and rows are coloured in the views beside the map. */
export interface Colouring {
  /** What the colours are of, in words. */
  readonly by: string
  /** The last one is that of what has no colour of its own. */
  readonly colours: readonly string[]
  readonly ofUnit: (unit: number) => number
  readonly ofRow: (row: number) => number
}

const NONE = '#9a9a9a'

/**
 * By the layer of the large map where that is of classes or of a feature; else by cluster, since heights and errors say
 * nothing about which units belong together.
 */
export const colouring = computed<Colouring>(() => {
  const { value: current } = run
  // The colours of a map in training say nothing yet.
  if (current === null || live.value !== null) return PLAIN
  const { som, clusters, unit } = current
  const beside = { clusters, rows: current, table: table.value, measured: measured.value, newRows: null }
  const classes = classColumns(beside).find(({ name }) => piesKey(name) === layerKey.value)
  const layer = layerOf(layerKey.value, som, beside)
  if (classes !== undefined && layer.pies !== null) {
    const most = majorityOf(layer.pies, som.codebook.rows)
    const placeOf = classes.levels.map((level) => layer.names.indexOf(level))
    const { codes } = classes
    return {
      ...plain(classes.name, classes.levels.length),
      ofUnit: (at) => orNone(most[at], classes.levels.length),
      ofRow: (row) => orNone(placeOf[codes?.[row] ?? -1] ?? -1, classes.levels.length),
    }
  }
  if (layer.key.startsWith('plane ') && typeof layer.colours === 'string') {
    const palette = coloursOf(layer.colours)
    const levels = levelsOf(layer.values, rangeOf(layer.values), palette.length)
    const ofUnit = (at: number): number => orNone(levels[at] ?? -1, palette.length)
    return { by: layer.name, colours: [...palette, NONE], ofUnit, ofRow: (row) => ofUnit(unit[row]) }
  }
  if (clusters === null) return PLAIN
  const ofRows = clusterOfRows.value
  return {
    ...plain('cluster', clusters.count),
    ofUnit: (at) => orNone(clusters.of[at] ?? -1, clusters.count),
    ofRow: (row) => orNone(ofRows?.[row] ?? -1, clusters.count),
  }
})

/** Colours of so many groups, of which everything is in the first. */
function plain(by: string, count: number): Colouring {
  return { by, colours: [...categoryColours(count), NONE], ofUnit: () => 0, ofRow: () => 0 }
}

const PLAIN = plain('cluster', 1)

const orNone = (place: number, none: number): number => (place < 0 ? none : place)
