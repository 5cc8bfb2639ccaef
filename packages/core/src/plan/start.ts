import type { Rows } from '../backend/backend.ts'
import type { Issues } from '../issue.ts'
import type { Lattice } from '../map/lattice.ts'
import { random, sampleIndices } from '../random.ts'
import { chooseRows, isSparse, type Matrix, type SparseMatrix, toDense } from '../rows/matrix.ts'
import { lookAt, type RowsLook } from '../rows/rows-look.ts'
import { countOf } from '../rows/used-rows.ts'
import type { InitialName } from './initial-name.ts'
import { initialise } from './initialise.ts'
import { mapSize } from './map-size.ts'
import { OPTIONS } from './option-table.ts'
import type { TrainOptions } from './options.ts'
import { principalComponents } from './pca.ts'

/**
 * Where an unsized map and its start come from: rows that can be looked at, or sparse ones that are only drawn from.
 */
export interface Start {
  readonly size: (lattice: Lattice) => { rows: number; columns: number }
  readonly codebook: (initial: InitialName, lattice: Lattice) => Matrix | null
  readonly initial: InitialName
  readonly columns: number
}

/** A start from rows that can be looked at. */
export function startFrom(rows: RowsLook): (options: TrainOptions) => Start {
  return ({ lattice: wanted, seed = OPTIONS.seed.default }) => ({
    initial: 'linear',
    columns: rows.columns,
    size: (lattice) => mapSize(rows.count, principalComponents(rows, seed), { ...lattice, ...wanted }),
    codebook: (initial, lattice) => initialise(initial, lattice, rows, seed),
  })
}

/** A start from rows in memory. */
export function startFromRows(
  { matrix, weights }: Rows,
  chunkRows: number,
): (options: TrainOptions, issues: Issues) => Start {
  return isSparse(matrix) ? startFromSparse(matrix, weights) : startFrom(lookAt(matrix, weights, chunkRows))
}

/** Sparse rows are not looked at: a square map, its prototypes drawn from the rows. */
function startFromSparse(
  rows: SparseMatrix,
  weights: Float32Array | undefined,
): (options: TrainOptions, issues: Issues) => Start {
  return ({ lattice: wanted, seed = OPTIONS.seed.default }, issues) => ({
    initial: 'sampled',
    columns: rows.columns,
    size(lattice) {
      const direction = new Float64Array(rows.columns)
      const component = { direction, deviation: 1 }
      return mapSize(
        countOf(rows.rows, weights),
        { mean: direction, components: [component, component] },
        { ...lattice, ...wanted },
      )
    },
    codebook(initial, lattice) {
      if (initial !== 'sampled') {
        issues.add('initial', `expected "sampled" or a codebook for sparse samples, found "${initial}"`)
        return null
      }
      const chosen = sampleIndices(random(seed, 'initial'), rows.rows, lattice.rows * lattice.columns)
      return initialise('sampled', lattice, toDense(chooseRows(rows, chosen)), seed)
    },
  })
}
