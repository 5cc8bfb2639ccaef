import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cached } from '../draw.ts'
import type { Options } from '../options.ts'
import { root } from '../paths.ts'
import type { Workload } from '../workload.ts'
import { clusterFile, onlineWorkload, sized } from '../workloads.ts'

const IRIS = { rows: 150, features: 4, map: [20, 20] } as const

/** Online training on the Iris table, 20 x 20 units, 10,000 updates; on clusters where other sizes are requested. */
export function smallWorkload(options: Options): Workload {
  const { rows, features, map } = sized(IRIS, { ...options, scale: 1 })
  const isIris = rows === IRIS.rows && features === IRIS.features
  const samples = isIris ? irisFile() : clusterFile(rows, features, options.seed)
  const updates = options.updates ?? Math.max(1, Math.round(10_000 * options.scale))
  const range = isIris ? { least: 0, most: 8 } : { least: -5, most: 5 }
  const firstRadius = Math.max(...map) / 4
  return onlineWorkload(
    { rows, features, map, samples, updates, firstRadius, lastRadius: 0.5, ...range, order: 'shuffled' },
    options,
  )
}

/** What a small workload's rows are, in words. */
export function smallData({ rows, features }: Workload): string {
  const what = rows === IRIS.rows && features === IRIS.features ? 'Iris table' : 'clusters'
  return `${rows} x ${features} ${what}`
}

function irisFile(): string {
  return cached('iris', {}, [IRIS.rows, IRIS.features], () => {
    const fixture = JSON.parse(readFileSync(join(root, 'packages', 'core', 'fixtures', 'minisom.json'), 'utf8'))
    return Float32Array.from(fixture.samples.iris.data)
  })
}
