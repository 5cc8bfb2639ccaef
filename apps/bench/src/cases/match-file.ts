import { createHash } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { js, matrix, plan, type Som, samplesOf, trainEpochs } from '@som/core'
import { readModel, writeModel } from '@som/io'
import { native } from '@som/native'
import type { Case } from '../case.ts'
import { compare } from '../compare.ts'
import { faissRows, matchToCsv, matchToParquet, minisomMatch, nativeRows } from '../contenders/match-table.ts'
import { cached } from '../draw.ts'
import { readFloats } from '../npy.ts'
import type { Options } from '../options.ts'
import { cacheFolder } from '../paths.ts'
import { columnNames, parquetOf } from '../table-file.ts'
import { clusterFile, matchWorkload, type Sizes, sized } from '../workloads.ts'

/** Rows and epochs that the map is trained with before rows are matched to it. */
const TRAINING_ROWS = 20_000
const TRAINING_EPOCHS = 5
/** Rows that MiniSom matches before its time is scaled up. */
const MINISOM_ROWS = 20_000

/** A file matched by the command, beside libraries on rows that lie ready. */
export const matchFile: Case = {
  name: 'match-file',
  title: 'som match of a Parquet file beside libraries on rows in memory',
  async run(options) {
    const sizes = sized({ rows: 1_000_000, features: 16, map: [100, 100] }, options)
    const samples = clusterFile(sizes.rows, sizes.features, options.seed)
    const { path, som } = await trainedMap(sizes, options)
    const { rows: units, columns, data } = som.codebook
    const key = { ...keyOf(sizes), seed: options.seed, file: 1 }
    const work = matchWorkload(
      sizes,
      samples,
      cached('trained', key, [units, columns], () => data),
      options,
    )
    const table = await parquetOf(samples, sizes.rows, sizes.features)
    return compare(
      {
        name: 'match-file',
        title: matchFile.title,
        setting: `${work.rows} x ${work.features} clusters, ${work.mapRows} x ${work.mapColumns} units, trained for ${TRAINING_EPOCHS} epochs`,
        work: { ...work, wholeProcess: true, files: { ...work.files, table, map: path } },
        ours: [matchToCsv, matchToParquet, nativeRows],
        peers: [faissRows, minisomMatch],
        parts: { MiniSom: Math.min(sizes.rows, MINISOM_ROWS) },
        targets: [
          { ours: matchToCsv.name, over: ['MiniSom'], times: 10 },
          { ours: matchToCsv.name, over: ['FAISS flat'], times: 1 },
        ],
        remarks: [
          'The time of som match holds the start of the process, reading and writing; that of the others the search alone.',
        ],
      },
      options,
    )
  },
}

async function trainedMap(sizes: Sizes, { seed, threads }: Options): Promise<{ path: string; som: Som }> {
  const digest = createHash('sha256')
    .update(JSON.stringify([keyOf(sizes), seed]))
    .digest('hex')
    .slice(0, 16)
  mkdirSync(join(cacheFolder, 'data'), { recursive: true })
  const path = join(cacheFolder, 'data', `map-${digest}.som`)
  if (existsSync(path)) return { path, som: (await readModel(path)).unwrapOrElse(fail) }
  const { features, map } = sizes
  const rows = matrix(TRAINING_ROWS, features, readFloats(clusterFile(TRAINING_ROWS, features, seed)))
  const planned = plan({
    samples: samplesOf(rows, columnNames(features)),
    lattice: { rows: map[0], columns: map[1] },
    epochs: TRAINING_EPOCHS,
    preprocessing: 'none',
    seed,
  }).unwrapOrElse(fail)
  const fast = native({ threads })
  const run = trainEpochs(planned, { backend: fast.rejects(planned.task) === null ? fast : js() })
  for (;;) {
    const next = await run.next()
    if (!next.done) continue
    ;(await writeModel(path, next.value)).unwrapOrElse(fail)
    return { path, som: next.value }
  }
}

function keyOf({ features, map }: Sizes): Record<string, number> {
  return { features, mapRows: map[0], mapColumns: map[1], rows: TRAINING_ROWS, epochs: TRAINING_EPOCHS }
}

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}
