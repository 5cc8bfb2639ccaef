import type { Options } from '../options.ts'
import type { Workload } from '../workload.ts'
import { clusterFile, onlineWorkload, sized } from '../workloads.ts'

/** Online training of the size of the Iris table: 150 x 4, 20 x 20 units, 10,000 updates. */
export function smallWorkload(options: Options): Workload {
  const { rows, features, map } = sized({ rows: 150, features: 4, map: [20, 20] }, { ...options, scale: 1 })
  const samples = clusterFile(rows, features, options.seed)
  const updates = options.updates ?? Math.max(1, Math.round(10_000 * options.scale))
  const firstRadius = Math.max(...map) / 4
  return onlineWorkload(
    { rows, features, map, samples, updates, firstRadius, lastRadius: 0.5, least: -5, most: 5, order: 'shuffled' },
    options,
  )
}
