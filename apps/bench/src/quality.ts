import { quantizationError, type SparseMatrix, topographicError } from '@som/core'
import { benchBackend } from './backend.ts'
import { readFloats, readIndices, readNpy } from './npy.ts'
import type { Workload } from './workload.ts'

/**
 * What one implementation, the same for every contender, says about a trained map. Topographic error of 8 neighbours.
 */
export interface Quality {
  readonly quantizationError: number
  /** Absent where only best-matching units are compared. */
  readonly topographicError?: number
  /** Samples it was found on: evenly spaced ones where all would take too long. */
  readonly rows: number
}

/** Multiply-adds that finding the quality of a map may take, by the backend that finds it; both find the same bits. */
const MOST_WORK = { native: 5e11, js: 4e9 }

/** The quality of a codebook on the workload's samples. */
export async function qualityOf(codebookPath: string, work: Workload): Promise<Quality> {
  const units = work.mapRows * work.mapColumns
  const data = readFloats(codebookPath)
  const lattice = { cell: 'rectangular', shape: 'sheet', rows: work.mapRows, columns: work.mapColumns } as const
  const task = { lattice, metric: 'euclidean', kernel: 'gaussian' } as const
  const backend = benchBackend(task, work.threads)
  const most = backend.name === 'native' ? MOST_WORK.native : MOST_WORK.js
  const count = Math.min(work.rows, Math.max(500, Math.floor(most / (units * work.features))))
  const chosen = Array.from({ length: count }, (_, i) => Math.floor((i * work.rows) / count))
  const session = await backend.open(
    task,
    { matrix: work.files.samples ? denseRows(work.files.samples, work.features, chosen) : sparseRows(work, chosen) },
    { rows: units, columns: work.features, data },
  )
  const matches = await session.match()
  session.close()
  return {
    quantizationError: quantizationError(task, matches),
    topographicError: topographicError(task, matches, { neighbours: 8 }),
    rows: count,
  }
}

/** Mean distance of the workload's samples to the units that a contender matched them to. */
export function matchedError(unitsPath: string, work: Workload): Quality {
  const { data: units } = readNpy(unitsPath)
  const samples = readFloats(work.files.samples ?? '')
  const codebook = readFloats(work.files.codebook)
  const { rows, features } = work
  let total = 0
  for (let i = 0; i < rows; i++) {
    let sum = 0
    for (let f = 0; f < features; f++) sum += (samples[i * features + f] - codebook[units[i] * features + f]) ** 2
    total += Math.sqrt(sum)
  }
  return { quantizationError: total / rows, rows }
}

function denseRows(path: string, columns: number, chosen: readonly number[]) {
  const all = readFloats(path)
  const data = new Float32Array(chosen.length * columns)
  chosen.forEach((i, at) => {
    data.set(all.subarray(i * columns, (i + 1) * columns), at * columns)
  })
  return { rows: chosen.length, columns, data }
}

function sparseRows({ files, features }: Workload, chosen: readonly number[]): SparseMatrix {
  const offsets = readIndices(files.offsets ?? '')
  const indices = readIndices(files.indices ?? '')
  const values = readFloats(files.values ?? '')
  const kept = { offsets: [0], indices: [] as number[], values: [] as number[] }
  for (const i of chosen) {
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      kept.indices.push(indices[p])
      kept.values.push(values[p])
    }
    kept.offsets.push(kept.values.length)
  }
  return {
    rows: chosen.length,
    columns: features,
    offsets: Uint32Array.from(kept.offsets),
    indices: Uint32Array.from(kept.indices),
    values: Float32Array.from(kept.values),
  }
}
