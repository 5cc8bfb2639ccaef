import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Case, Row, Target } from '../case.ts'
import { measure } from '../contender.ts'
import { jsBackend, nativeBackend } from '../contenders/ours.ts'
import type { Options } from '../options.ts'
import type { Workload } from '../workload.ts'
import { batchWorkload, clusterFile, matchWorkload, onlineWorkload, sparseWorkload } from '../workloads.ts'

const THREADS = [1, 2, 3, 8]

/** The same bits on any number of threads, and on either backend. */
export const threads: Case = {
  name: 'threads',
  title: 'The same bits on any number of threads',
  async run(options) {
    const rows: Row[] = []
    const targets: Target[] = []
    for (const [what, work] of works(options)) {
      const digests = new Map<string, string>()
      const runs = [
        ...THREADS.map((count) => ({ label: `native on ${count}`, contender: nativeBackend, count })),
        { label: 'js', contender: jsBackend, count: 1 },
      ]
      for (const { label, contender, count } of runs) {
        const measured = measure(contender, { ...work, threads: count, repeats: 1 }, options)
        rows.push({ ...measured, name: `${what}, ${label}` })
        if ('absent' in measured) continue
        const made = measured.codebook ?? measured.units
        if (made) digests.set(label, createHash('sha256').update(readFileSync(made)).digest('hex'))
      }
      const distinct = new Set(digests.values()).size
      targets.push({
        what: `${what}: ${[...digests.keys()].join(', ')}`,
        wanted: 'the same bits',
        found: digests.size < 2 ? 'not measured' : distinct === 1 ? 'the same bits' : `${distinct} different results`,
        reached: digests.size > 1 && distinct === 1,
      })
    }
    const setting =
      '30 x 30 units; 5,000 x 16 clusters, 5 batch epochs; 5,000 updates; 1,000 x 500 sparse rows; matching'
    return { name: 'threads', title: threads.title, setting, rows, findings: [], targets }
  },
}

function works(options: Options): [string, Workload][] {
  const own = { ...options, scale: 1 }
  const sizes = { rows: 5000, features: 16, map: [30, 30] } as const
  const batch = batchWorkload({ ...sizes, epochs: 5 }, own)
  const samples = clusterFile(sizes.rows, sizes.features, options.seed)
  const run = { ...sizes, samples, updates: 5000, firstRadius: 7.5, lastRadius: 0.5, least: -5, most: 5 } as const
  return [
    ['batch', batch],
    ['online', onlineWorkload({ ...run, order: 'shuffled' }, own)],
    ['sparse batch', sparseWorkload({ rows: 1000, features: 500, map: [15, 15], epochs: 5, perRow: 20 }, own)],
    ['matching', matchWorkload(sizes, samples, batch.files.codebook, own)],
  ]
}
