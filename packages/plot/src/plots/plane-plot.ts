import { checkNames, checkSize } from '../check.ts'
import { classColours, classLevel, classSwatches } from '../figure/class-swatches.ts'
import { colourBar } from '../figure/colour-bar.ts'
import { type ColourScale, colourScale } from '../figure/colour-scale.ts'
import { MISSING } from '../figure/ink.ts'
import { mapFigure, note } from '../figure/map-figure.ts'
import { prefixNotes, shortNames } from '../figure/short-names.ts'
import { join, px, svgDocument } from '../figure/svg.ts'
import { swatches } from '../figure/swatches.ts'
import { type ClassCounts, classCounts } from '../numbers/class-counts.ts'
import { type PlaneGrid, planeGrid } from '../numbers/plane-grid.ts'
import { COLOUR_NAMES, type ColourOptions, scaled } from './plot-options.ts'

/** Rows in a plane (`embed` of core), and what colours them: their classes, values, or how many there are. */
export interface PlaneRows {
  /** Rows × 2: x to the right, y down. Rows whose place is NaN are left out. */
  readonly places: ArrayLike<number>
  /** One per row; an empty one means none. */
  readonly labels?: readonly string[]
  /** One number per row, in place of classes. */
  readonly values?: ArrayLike<number>
  /** What the values are. */
  readonly name?: string
}

/** Longest side in px where none is given: rows need more room than units. */
const SIZE = 600
/** Up to so many rows are dots; more are pixels. */
const MOST_DOTS = 5000
/** Side of a pixel in px. */
const PIXEL = 2
const DOT = 4

/**
 * Rows in the plane of a map. Up to 5,000 are dots, each in its colour. More, up to many millions, are pixels: in the
 * colour of how many rows lie there, of their most frequent class, or of their mean value. Throws where rows, classes
 * and values do not go together.
 */
export function planePlot(rows: PlaneRows, options: ColourOptions = {}): string {
  checkNames(options, COLOUR_NAMES)
  const size = checkSize(options.size ?? SIZE)
  const { labels, values } = rows
  const count = rows.places.length / 2
  for (const [name, one] of Object.entries({ labels, values }))
    if (one !== undefined && one.length !== count)
      throw new RangeError(`${name}: expected one for each of ${count} rows, found ${one.length}`)
  const grid = planeGrid(rows.places, Math.floor(size / PIXEL))
  const isDotted = count <= MOST_DOTS
  const { levels, colours, below, title } = coloured(rows, grid, isDotted, options)
  const map = isDotted ? dotsOf(grid, levels, colours) : pixelsOf(grid, levels, colours)
  const placed = grid.counts.reduce((sum, each) => sum + each, 0)
  const without = count - placed
  const shown = options.title ?? title
  const figure = mapFigure({
    title: shown,
    // It does not wrap, whatever the map does.
    lattice: { cell: 'rectangular', shape: 'sheet', rows: 1, columns: 1 },
    tiling: { width: grid.columns * PIXEL, height: grid.rows * PIXEL },
    map,
    below: [
      ...below,
      note(`${placed} rows; near ones are alike, and the axes have no meaning`),
      ...(without > 0
        ? [note(`${without === 1 ? '1 row without any value is' : `${without} rows without any value are`} left out`)]
        : []),
    ],
  })
  return svgDocument(figure, shown)
}

interface Coloured {
  /** A colour's place for each row, or for each cell of the grid; -1 for a row without a class or a value. */
  readonly levels: ArrayLike<number>
  readonly colours: readonly string[]
  readonly below: Parameters<typeof mapFigure>[0]['below']
  readonly title: string
}

function coloured(rows: PlaneRows, grid: PlaneGrid, isDotted: boolean, options: ColourOptions): Coloured {
  if (rows.labels !== undefined) return byClass(rows.labels, grid, isDotted)
  const bar = (scale: ColourScale, caption: string) => (width: number) =>
    colourBar(scale, caption, width, grid.columns * PIXEL)
  if (rows.values !== undefined) {
    const values = isDotted ? rows.values : meansOf(grid, rows.values)
    const scale = scaleOf(values, options)
    const caption = isDotted
      ? `${rows.name ?? 'value'} of each row`
      : `Mean ${rows.name ?? 'value'} of the rows of each pixel`
    return {
      levels: Array.from(values, scale.levelOf),
      colours: scale.palette,
      below: [bar(scale, caption)],
      title: rows.name ?? 'Rows on a plane',
    }
  }
  const title = 'Rows on a plane'
  if (isDotted) return { levels: new Int32Array(grid.cell.length), colours: [ROWS], below: [], title }
  const counts = grid.counts.map((each) => (each > 0 ? each : Number.NaN))
  const scale = scaleOf(counts, { scale: 'log', ...options })
  return {
    levels: Array.from(counts, scale.levelOf),
    colours: scale.palette,
    below: [bar(scale, 'Rows per pixel')],
    title,
  }
}

/** The colour of rows of which nothing else is shown. */
const ROWS = '#0072b2'

function scaleOf(values: ArrayLike<number>, options: ColourOptions): ColourScale {
  const { colours, ...scaling } = scaled(options, 'viridis')
  return colourScale(values, colours, scaling)
}

function byClass(labels: readonly string[], grid: PlaneGrid, isDotted: boolean): Coloured {
  const { rows, columns, cell } = grid
  const lattice = { cell: 'rectangular', shape: 'sheet', rows, columns } as const
  const counts: ClassCounts = classCounts(lattice, { units: cell, labels })
  const short = shortNames(counts.classes)
  const index = new Map(counts.classes.map((name, i) => [name, classLevel(i)]))
  return {
    levels: isDotted
      ? labels.map((label) => index.get(label) ?? -1)
      : counts.perUnit.map((classes) => (classes.length === 0 ? -1 : classLevel(classes[0].index))),
    colours: classColours(counts.classes.length),
    below: [
      (width: number) => swatches(classSwatches(counts, short), width),
      ...prefixNotes(short).map(note),
      ...(isDotted ? [] : [note('Each pixel has the colour of the most frequent class of its rows')]),
    ],
    title: 'Rows on a plane',
  }
}

function meansOf({ cell, counts }: PlaneGrid, values: ArrayLike<number>): Float64Array {
  const [sums, found] = [new Float64Array(counts.length), new Float64Array(counts.length)]
  for (let i = 0; i < cell.length; i++) {
    if (cell[i] < 0 || !Number.isFinite(values[i])) continue
    sums[cell[i]] += values[i]
    found[cell[i]]++
  }
  return sums.map((sum, at) => (found[at] > 0 ? sum / found[at] : Number.NaN))
}

/** A dot per row, one path for each colour; those without one first, so that they cover none. */
function dotsOf({ at, cell }: PlaneGrid, levels: ArrayLike<number>, colours: readonly string[]): string {
  const paths = new Map<number, string[]>()
  for (let i = 0; i < cell.length; i++) {
    if (cell[i] < 0) continue
    const path = paths.get(levels[i]) ?? []
    if (path.length === 0) paths.set(levels[i], path)
    path.push(`M${join(at[2 * i] * PIXEL, at[2 * i + 1] * PIXEL)}h0`)
  }
  const all = [...paths].sort(([a], [b]) => a - b)
  const drawn = all.map(
    ([level, path]) => `<path stroke="${level < 0 ? MISSING : colours[level]}" d="${path.join('')}"/>\n`,
  )
  return `<g fill="none" stroke-width="${px(DOT)}" stroke-linecap="round" stroke-opacity=".8">\n${drawn.join('')}</g>\n`
}

/** Pixels in runs of one colour, one path for each; those without rows are left out. */
function pixelsOf({ rows, columns, counts }: PlaneGrid, levels: ArrayLike<number>, colours: readonly string[]): string {
  const paths = new Map<number, string[]>()
  for (let row = 0; row < rows; row++) {
    for (let from = 0, to = 0; from < columns; from = to) {
      const first = row * columns + from
      to = from + 1
      while (
        to < columns &&
        levels[row * columns + to] === levels[first] &&
        counts[row * columns + to] > 0 === counts[first] > 0
      )
        to++
      if (counts[first] === 0) continue
      const path = paths.get(levels[first]) ?? []
      if (path.length === 0) paths.set(levels[first], path)
      path.push(`M${from} ${row}h${to - from}v1h${from - to}z`)
    }
  }
  const all = [...paths].sort(([a], [b]) => a - b)
  const drawn = all.map(
    ([level, path]) => `<path fill="${level < 0 ? MISSING : colours[level]}" d="${path.join('')}"/>\n`,
  )
  return `<g transform="scale(${PIXEL})" shape-rendering="crispEdges">\n${drawn.join('')}</g>\n`
}
