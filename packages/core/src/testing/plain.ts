import type { Matches, NearestUnits, Rows, Task } from '../backend/backend.ts'
import { distanceFunction, isLayered, metricName } from '../map/distance.ts'
import { squaredLatticeDistance, unitCount } from '../map/lattice.ts'
import { type Kernel, type KernelName, kernelName } from '../map/neighbourhood.ts'
import { isSparse, type Matrix, matrix, rowOf, toDense } from '../rows/matrix.ts'

/** Textbook influence of a unit at distance `d`, without tables, reach or tricks. */
export function plainInfluence(kernel: Kernel, d: number, radius: number): number {
  return typeof kernel === 'string' ? influences[kernel](d, radius) : kernel.influence(d, radius)
}

const influences: Record<KernelName, (d: number, r: number) => number> = {
  gaussian: (d, r) => Math.exp(-(d * d) / (2 * r * r)),
  'cut-gaussian': (d, r) => (d <= r ? Math.exp(-(d * d) / (2 * r * r)) : 0),
  bubble: (d, r) => (d <= r ? 1 : 0),
  triangle: (d, r) => Math.max(0, 1 - d / r),
  epanechnikov: (d, r) => Math.max(0, 1 - (d * d) / (r * r)),
  'mexican-hat': (d, r) => (1 - (d * d) / (r * r)) * Math.exp(-(d * d) / (2 * r * r)),
}

/** Matching by measuring every pair: the reference for every search. */
export function plainMatch(task: Task, samples: Rows, codebook: Matrix): Matches {
  const { unit, distance } = plainNearest(task, samples, codebook, 2)
  const every = <T extends Int32Array | Float32Array>(a: T, at: number): T => a.filter((_, i) => i % 2 === at) as T // filter keeps the array's own type
  return {
    unit: every(unit, 0),
    distance: every(distance, 0),
    secondUnit: every(unit, 1),
    secondDistance: every(distance, 1),
  }
}

/** The `k` nearest units by measuring every pair and sorting. */
export function plainNearest(task: Task, samples: Rows, codebook: Matrix, k: number): NearestUnits {
  const rows = isSparse(samples.matrix) ? toDense(samples.matrix) : samples.matrix
  const distance = distanceFunction(task.metric)
  const nearest: NearestUnits = {
    k,
    unit: new Int32Array(rows.rows * k).fill(-1),
    distance: new Float32Array(rows.rows * k).fill(Number.NaN),
  }
  for (let i = 0; i < rows.rows; i++) {
    const ranked = Array.from({ length: codebook.rows }, (_, unit) => ({
      unit,
      d: distance(rowOf(rows, i), rowOf(codebook, unit)),
    }))
      .filter(({ d }) => !Number.isNaN(d))
      .sort((a, b) => a.d - b.d || a.unit - b.unit)
    for (const [j, { unit, d }] of ranked.slice(0, k).entries()) {
      nearest.unit[i * k + j] = unit
      nearest.distance[i * k + j] = d
    }
  }
  return nearest
}

/**
 * One batch epoch with every unit's influence on every other: codebook = (H·S) / (H·n). `weights` is H·n, units ×
 * features: where it is nearly 0, the mean is of samples that a backend may treat as out of reach.
 */
export function plainBatchEpoch(
  task: Task,
  samples: Rows,
  codebook: Matrix,
  radius: number,
): { readonly codebook: Matrix; readonly weights: Float64Array } {
  const rows = isSparse(samples.matrix) ? toDense(samples.matrix) : samples.matrix
  const { unit } = plainMatch(task, samples, codebook)
  const moved = matrix(codebook.rows, codebook.columns, codebook.data.slice())
  const weights = new Float64Array(codebook.data.length)
  for (let u = 0; u < codebook.rows; u++) {
    for (let f = 0; f < codebook.columns; f++) {
      let num = 0
      let den = 0
      for (let i = 0; i < rows.rows; i++) {
        const x = rows.data[i * rows.columns + f]
        if (unit[i] < 0 || Number.isNaN(x)) continue
        const d = Math.sqrt(squaredLatticeDistance(task.lattice, u, unit[i]))
        const h = plainInfluence(task.kernel, d, radius) * (samples.weights?.[i] ?? 1)
        num += h * x
        den += h
      }
      weights[u * codebook.columns + f] = den
      if (den > 0) moved.data[u * codebook.columns + f] = num / den
    }
  }
  return { codebook: moved, weights }
}

/** One online step in f64: every unit moves by rate · influence · (sample - prototype). */
export function plainOnlineStep(
  task: Task,
  sample: Float32Array,
  codebook: Matrix,
  radius: number,
  rate: number,
): Matrix {
  const { unit } = plainMatch(task, { matrix: matrix(1, sample.length, sample) }, codebook)
  const moved = matrix(codebook.rows, codebook.columns, codebook.data.slice())
  if (unit[0] < 0) return moved
  for (let u = 0; u < unitCount(task.lattice); u++) {
    const d = Math.sqrt(squaredLatticeDistance(task.lattice, u, unit[0]))
    const g = rate * plainInfluence(task.kernel, d, radius)
    for (let f = 0; f < sample.length; f++) {
      if (Number.isNaN(sample[f])) continue
      const w = codebook.data[u * codebook.columns + f]
      moved.data[u * codebook.columns + f] = w + g * (sample[f] - w)
    }
  }
  return moved
}

/** A task in words, for a test's name. */
export function taskName({ lattice, metric, kernel }: Task): string {
  const { rows, columns, cell, shape } = lattice
  return `${rows} x ${columns} ${cell} ${shape}, ${isLayered(metric) ? metric.layers.map((layer) => layer.metric).join(' + ') : metricName(metric)}, ${kernelName(kernel)}`
}
