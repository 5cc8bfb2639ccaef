import { benchBackend } from '../backend.ts'
import type { Case } from '../case.ts'
import { compare } from '../compare.ts'
import { faissFlat } from '../contenders/faiss-flat.ts'
import { jsBackend, nativeBackend, nativeBoth } from '../contenders/ours.ts'
import { scipyTree } from '../contenders/scipy-tree.ts'
import { cached } from '../draw.ts'
import { readFloats } from '../npy.ts'
import { batchWorkload, clusterFile, matchWorkload, sized } from '../workloads.ts'

/** Rows and epochs that the map is trained with before rows are matched to it. */
const TRAINING_ROWS = 20_000
const TRAINING_EPOCHS = 5

/** Matching alone, on a trained map. */
export const w5: Case = {
  name: 'w5',
  title: 'Best-matching units of many rows on a trained map',
  async run(options) {
    const sizes = sized({ rows: 1_000_000, features: 16, map: [100, 100] }, options)
    const samples = clusterFile(sizes.rows, sizes.features, options.seed)
    const work = matchWorkload(sizes, samples, await trainedMap(options, sizes), options)
    return compare(
      {
        name: 'w5',
        title: w5.title,
        setting: `${work.rows} x ${work.features} clusters, ${work.mapRows} x ${work.mapColumns} units, trained for ${TRAINING_EPOCHS} epochs on ${TRAINING_ROWS} rows`,
        work,
        ours: options.scale < 1 || options.rows ? [nativeBackend, jsBackend] : [nativeBackend, nativeBoth],
        peers: [faissFlat, scipyTree],
        targets: [{ ours: 'native', over: ['FAISS flat'], times: 4 }],
      },
      options,
    )
  },
}

async function trainedMap(options: Parameters<Case['run']>[0], sizes: ReturnType<typeof sized>): Promise<string> {
  const training = batchWorkload(
    { ...sizes, rows: TRAINING_ROWS, epochs: TRAINING_EPOCHS },
    { ...options, rows: TRAINING_ROWS, epochs: TRAINING_EPOCHS },
  )
  const { rows, features, mapRows, mapColumns } = training
  const key = { rows, features, mapRows, mapColumns, epochs: TRAINING_EPOCHS, seed: options.seed }
  return cached('trained', key, [mapRows * mapColumns, features], () => trained(training))
}

async function trained(work: ReturnType<typeof batchWorkload>): Promise<Float32Array> {
  const { rows, features, mapRows, mapColumns, threads, files } = work
  const lattice = { cell: 'rectangular', shape: 'sheet', rows: mapRows, columns: mapColumns } as const
  const task = { lattice, metric: 'euclidean', kernel: 'gaussian' } as const
  const session = await benchBackend(task, threads).open(
    task,
    { matrix: { rows, columns: features, data: readFloats(files.samples ?? '') } },
    { rows: mapRows * mapColumns, columns: features, data: readFloats(files.codebook) },
  )
  for (const radius of readFloats(files.radius ?? '')) await session.epoch({ rule: 'batch', radius })
  const { data } = await session.codebook()
  session.close()
  return data
}
