import Result from 'true-myth/result'
import { csvCell } from '../csv/record.ts'
import { type Codebook, numbered } from './codebook.ts'
import { decodeNpy, encodeNpy } from './npy.ts'

/** Prototypes as CSV: unit, row and column of each, then its features. */
export function encodeCodebookCsv({ lattice, features, values }: Codebook): string {
  const header = ['unit', 'unit_row', 'unit_column', ...features].map((name) => csvCell(name)).join(',')
  const lines = Array.from({ length: lattice.rows * lattice.columns }, (_, unit) => {
    const own = values.subarray(unit * features.length, (unit + 1) * features.length)
    return [unit, Math.floor(unit / lattice.columns), unit % lattice.columns, ...own].join(',')
  })
  return `${header}\n${lines.join('\n')}\n`
}

/**
 * Prototypes in the layout of MiniSom's `get_weights()`, f64: x × y × features, where x is our column and y our row.
 * `decodeMiniSom` reads them back to the same map.
 */
export function encodeCodebookNpy({ lattice, features, values }: Codebook): Uint8Array {
  const { rows, columns } = lattice
  const width = features.length
  const data = new Float64Array(values.length)
  for (let unit = 0; unit < rows * columns; unit++) {
    data.set(values.subarray(unit * width, (unit + 1) * width), miniSomPlace(lattice, unit) * width)
  }
  return encodeNpy({ shape: [columns, rows, width], data })
}

/**
 * Reads MiniSom's `get_weights()` as NumPy saved it, x × y × features. The file does not include `cell` and `shape`.
 */
export function decodeMiniSom(
  bytes: Uint8Array,
  { cell, shape: form }: Pick<Codebook['lattice'], 'cell' | 'shape'> = { cell: 'rectangular', shape: 'sheet' },
): Result<Codebook, string> {
  return decodeNpy(bytes).andThen(({ shape, data }): Result<Codebook, string> => {
    const [columns, rows, width] = shape
    if (shape.length !== 3 || data.length === 0)
      return Result.err(`expected x by y by features, found shape ${shape.join(' x ')}`)
    if (!data.every(Number.isFinite)) return Result.err('expected finite numbers')
    const lattice = { cell, shape: form, rows, columns }
    const values = new Float64Array(data.length)
    for (let unit = 0; unit < rows * columns; unit++) {
      const from = miniSomPlace(lattice, unit) * width
      values.set(data.subarray(from, from + width), unit * width)
    }
    return Result.ok({ lattice, features: numbered(width), values, kernel: 'gaussian' })
  })
}

/**
 * The position of a unit in MiniSom. Its hexagonal grid shifts the last row, the last but two, … to the left; ours
 * shifts the second, fourth, … to the right. The two differ if the number of rows is even: our first row is then its
 * last.
 */
function miniSomPlace({ cell, rows, columns }: Codebook['lattice'], unit: number): number {
  const row = Math.floor(unit / columns)
  const y = cell === 'hexagonal' && rows % 2 === 0 ? rows - 1 - row : row
  return (unit % columns) * rows + y
}

/**
 * R kohonen's `getCodes()` as written by `write.csv`, for a grid of `rows` × `columns`. Its units run along x from the
 * bottom of the grid, and hexagonal grids shift the first, third, … row from the bottom to the right; ours shift the
 * second, fourth, … from the top. A hexagonal map with an odd number of rows is therefore rotated by 180 degrees, which
 * keeps neighbours neighbours.
 */
export function decodeKohonen(
  header: readonly string[],
  codes: readonly (readonly number[])[],
  lattice: Codebook['lattice'],
): Result<Codebook, string> {
  const { rows, columns } = lattice
  if (codes.length !== rows * columns)
    return Result.err(`expected ${rows} x ${columns} prototypes, found ${codes.length}`)
  const width = header.length
  if (codes.some((code) => code.length !== width || !code.every(Number.isFinite))) {
    return Result.err(`expected ${width} numbers in every line`)
  }
  const values = new Float64Array(rows * columns * width)
  const isTurned = lattice.cell === 'hexagonal' && rows % 2 === 1
  codes.forEach((code, at) => {
    const row = rows - 1 - Math.floor(at / columns)
    const column = isTurned ? columns - 1 - (at % columns) : at % columns
    values.set(code, (row * columns + column) * width)
  })
  return Result.ok({ lattice, features: header, values, kernel: 'gaussian' })
}
