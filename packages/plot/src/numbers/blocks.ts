import { type Lattice, type Matrix, matrix, rowOf } from '@som/core'

/** Units in blocks of `every` rows and columns; those at the right and lower edge may have fewer. */
export interface Blocks {
  readonly rows: number
  readonly columns: number
  /** The units of each block. */
  readonly units: readonly (readonly number[])[]
}

/** The units of a lattice in blocks, row by row. */
export function blocksOf(lattice: Lattice, every: number): Blocks {
  const rows = Math.ceil(lattice.rows / every)
  const columns = Math.ceil(lattice.columns / every)
  const units: number[][] = Array.from({ length: rows * columns }, () => [])
  for (let row = 0; row < lattice.rows; row++) {
    for (let column = 0; column < lattice.columns; column++) {
      const block = Math.floor(row / every) * columns + Math.floor(column / every)
      units[block].push(row * lattice.columns + column)
    }
  }
  return { rows, columns, units }
}

/** The mean prototype of each block; a value that is missing in all of its units is missing. */
export function blockPrototypes({ units }: Blocks, codebook: Matrix): Matrix {
  const { columns } = codebook
  const data = new Float32Array(units.length * columns)
  units.forEach((block, b) => {
    const rows = block.map((unit) => rowOf(codebook, unit))
    for (let k = 0; k < columns; k++) data[b * columns + k] = meanOf(rows.map((row) => row[k]))
  })
  return matrix(units.length, columns, data)
}

/** The mean value of each block. */
export function blockMeans({ units }: Blocks, values: ArrayLike<number>): Float64Array {
  return Float64Array.from(units, (block) => meanOf(block.map((unit) => values[unit])))
}

/** The mean of what is not missing. */
function meanOf(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value))
  return known.reduce((sum, value) => sum + value / known.length, known.length === 0 ? Number.NaN : 0)
}
