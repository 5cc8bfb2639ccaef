import type { Case, PresentRow, Target } from '../case.ts'
import { compare } from '../compare.ts'
import { residentEpochs, storedEpochs } from '../contenders/stored-epoch.ts'
import { parquetOf } from '../table-file.ts'
import { batchWorkload, clusterFile, sized } from '../workloads.ts'

/** What `som train --memory` is given here. */
const MEMORY = 2 ** 29

/** One epoch over a file whose rows do not fit in memory. */
export const memory: Case = {
  name: 'memory',
  title: 'An epoch over rows that stay on disk',
  async run(options) {
    const sizes = sized({ rows: 4_000_000, features: 16, map: [50, 50] }, options)
    const work = batchWorkload({ ...sizes, epochs: 1 }, { ...options, ...sizes })
    const table = await parquetOf(clusterFile(sizes.rows, sizes.features, options.seed), sizes.rows, sizes.features)
    const result = await compare(
      {
        name: 'memory',
        title: memory.title,
        setting: `${sizes.rows} x ${sizes.features} clusters of f32, ${sizes.map.join(' x ')} units, ${work.updates / work.rows} epoch, as som train --memory 512MiB reads them`,
        work: { ...work, wholeProcess: true, files: { ...work.files, table } },
        ours: [residentEpochs, storedEpochs],
        peers: [],
        targets: [],
      },
      options,
    )
    const stored = result.rows.find((row): row is PresentRow => row.name === storedEpochs.name && !('absent' in row))
    return { ...result, ...(stored && { findings: findingsOf(stored), targets: [withinMemory(stored)] }) }
  },
}

function findingsOf({
  details: { preparing = 0, waiting = 0, computing = 0, reading = 0 } = {},
}: PresentRow): string[] {
  const share = (100 * waiting) / (waiting + computing)
  return [
    `an epoch over rows on disk: ${waiting.toPrecision(3)} s (${share.toFixed(0)} %) waiting for rows, ${computing.toPrecision(3)} s (${(100 - share).toFixed(0)} %) of arithmetic; reading continues beside the arithmetic, and alone takes ${reading.toPrecision(3)} s`,
    `before the first epoch: ${preparing.toPrecision(3)} s to read the file twice and keep its rows`,
  ]
}

function withinMemory({ peakBytes }: PresentRow): Target {
  const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`
  return {
    what: 'peak memory with rows on disk',
    wanted: `at most the ${mebibytes(MEMORY)} that were given`,
    found: mebibytes(peakBytes),
    reached: peakBytes <= MEMORY,
  }
}
