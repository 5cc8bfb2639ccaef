import Result from 'true-myth/result'
import { type Codebook, numbered } from './codebook.ts'

/**
 * The Databionic ESOM tools' .wts: `% rows columns`, `% dimension`, then one prototype per line, row by row. somoclu
 * writes the same.
 */
export function encodeWeights({ lattice, features, values }: Codebook): string {
  const lines = Array.from({ length: lattice.rows * lattice.columns }, (_, unit) =>
    Array.from(values.subarray(unit * features.length, (unit + 1) * features.length), String).join('\t'),
  )
  return `% ${lattice.rows} ${lattice.columns}\n% ${features.length}\n${lines.join('\n')}\n`
}

/** ESOM's .umx: `% rows columns`, then one height per unit, one line per row. */
export function encodeHeights({ lattice }: Pick<Codebook, 'lattice'>, heights: ArrayLike<number>): string {
  const lines = Array.from({ length: lattice.rows }, (_, row) =>
    Array.from({ length: lattice.columns }, (_, column) => String(heights[row * lattice.columns + column])).join('\t'),
  )
  return `% ${lattice.rows} ${lattice.columns}\n${lines.join('\n')}\n`
}

/**
 * ESOM's .bm: `% rows columns`, `% samples`, then `sample row column` of each sample's best-matching unit, with samples
 * from 1; samples without one are omitted.
 */
export function encodeBestMatches({ lattice }: Pick<Codebook, 'lattice'>, units: ArrayLike<number>): string {
  const lines = Array.from(
    units,
    (unit, i) => [i + 1, Math.floor(unit / lattice.columns), unit % lattice.columns] as const,
  )
  const known = lines.filter((_, i) => units[i] >= 0)
  return `% ${lattice.rows} ${lattice.columns}\n% ${known.length}\n${known.map((line) => line.join('\t')).join('\n')}\n`
}

/**
 * Reads a .wts file from the ESOM tools or somoclu; returns a message if it is invalid. The format does not say which
 * cells or shape the map has.
 */
export function decodeWeights(text: string): Result<Codebook, string> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const heads = lines
    .filter((line) => line.startsWith('%'))
    .map((line) => line.slice(1).trim().split(/\s+/).map(Number))
  const [[rows = 0, columns = 0] = [], [width = 0] = []] = heads
  if (!(rows > 0 && columns > 0 && width > 0))
    return Result.err('expected "% rows columns" and "% dimension" first, found neither')
  const rest = lines.filter((line) => !line.startsWith('%'))
  if (rest.length !== rows * columns)
    return Result.err(`expected ${rows} x ${columns} prototypes, found ${rest.length}`)
  const values = rest.flatMap((line) => line.trim().split(/\s+/).map(Number))
  if (values.length !== rest.length * width || !values.every(Number.isFinite)) {
    return Result.err(`expected ${width} numbers in every line`)
  }
  return Result.ok({
    lattice: { cell: 'rectangular', shape: 'sheet', rows, columns },
    features: numbered(width),
    values: Float64Array.from(values),
    kernel: 'gaussian',
  })
}
