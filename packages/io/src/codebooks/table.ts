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

/** Prototypes as NumPy takes them: rows × columns × features, f64. */
export function encodeCodebookNpy({ lattice, features, values }: Codebook): Uint8Array {
  return encodeNpy({ shape: [lattice.rows, lattice.columns, features.length], data: values })
}

/** MiniSom's `get_weights()` saved by NumPy: x × y × features, where x is our column and y our row. */
export function decodeMiniSom(bytes: Uint8Array): Result<Codebook, string> {
  return decodeNpy(bytes).andThen(({ shape, data }): Result<Codebook, string> => {
    const [columns, rows, width] = shape
    if (shape.length !== 3 || data.length === 0)
      return Result.err(`expected x by y by features, found shape ${shape.join(' x ')}`)
    if (!data.every(Number.isFinite)) return Result.err('expected finite numbers')
    const values = new Float64Array(data.length)
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const from = (column * rows + row) * width
        values.set(data.subarray(from, from + width), (row * columns + column) * width)
      }
    }
    const lattice = { cell: 'rectangular', shape: 'sheet', rows, columns } as const
    return Result.ok({ lattice, features: numbered(width), values, kernel: 'gaussian' })
  })
}

/**
 * R kohonen's `getCodes()` written by `write.csv`, for a grid of `rows` × `columns`: its units run along x from the bottom of the grid, and hexagonal grids shift the first, third, …
 * row from the bottom to the right, ours the second, fourth, … from the top. An odd number of hexagonal rows is therefore turned by 180 degrees, which leaves neighbours neighbours.
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
    return Result.err(`expected ${width} numbers in every line, found others`)
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
