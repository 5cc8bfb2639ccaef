import {
  CLUSTER_METHODS,
  type Clustering,
  type ClusterOptions,
  clusterRows,
  clusterUnits,
  type Issue,
  type Som,
} from '@som/core'
import { checkWritable, readModel, writeModel } from '@som/io'
import {
  backendOf,
  complain,
  issuesIn,
  operands,
  orRefuse,
  refuseAny,
  runnerOf,
  untilRefused,
} from '@som/server/command'
import { EXIT } from '@som/server/program'
import type Result from 'true-myth/result'
import type { ClusterFlags } from '../command-flags/cluster-flags.ts'
import { Flags } from '../flags.ts'
import { untilInterrupted } from '../interrupt.ts'
import { readForMap } from '../read-for-map.ts'
import { readingOf } from '../reading.ts'
import { runningOf } from '../running.ts'
import { counted } from '../text.ts'
import { whileSaying } from '../train/progress.ts'
import { edit, editsOf } from './edit.ts'
import { clusteringJson, clusteringText } from './report.ts'
import { writeDuplicates } from './write-duplicates.ts'

const NEEDS_TABLE = 'needs rows, found none: som cluster map.som data.csv'

/** Runs `som cluster`; gives the exit code. */
export async function runCluster(command: Parameters<typeof operands>[0], flags: ClusterFlags): Promise<number> {
  const withTable = flags.sql !== undefined || command.args.length > 1
  const files = operands(command, withTable ? ['map', 'table'] : ['map'], 'som cluster map.som data.csv -o map.som')
  const read = new Flags()
  const names = read.names(flags.names)
  const options: ClusterOptions = {
    count: read.integer('--count', flags.count, 1) ?? names?.length,
    method: read.choice('--method', flags.method, CLUSTER_METHODS),
    most: read.integer('--most', flags.most, 2),
    seed: read.number('--seed', flags.seed),
    least: read.number('--least', flags.least),
    noise: flags.noise,
  }
  const within = read.number('--within', flags.within)
  const running = runningOf(read, flags)
  const edits = editsOf(read, flags, withTable)
  const reading = readingOf(read, flags)
  if (!withTable && flags.weight !== undefined) read.add('--weight', NEEDS_TABLE)
  if (!withTable && flags.noise) read.add('--noise', NEEDS_TABLE)
  if (!withTable && flags.duplicates !== undefined) read.add('--duplicates', NEEDS_TABLE)
  if (flags.within !== undefined && flags.duplicates === undefined) read.add('--within', 'needs --duplicates')
  if (files.isErr || read.issues.length > 0) {
    complain([...issuesIn(files), ...read.issues])
    return EXIT.usage
  }
  const [map, table] = files.value
  return untilRefused(async () => {
    for (const file of [flags.output, flags.duplicates]) if (file !== undefined) orRefuse(await checkWritable(file))
    const som = orRefuse(await readModel(map))
    if (edits !== null) return edit(som, edits, map, flags)
    const found = await (table === undefined
      ? whileSaying(`clustering ${counted(som.codebook.rows, 'unit')}`, async () => clusterUnits(som, options))
      : untilInterrupted(() => withRows(som, table)))
    const clustering = orRefuse(
      found.mapErr((issues) => issues.map((issue) => ({ ...issue, path: `--${issue.path}` }))),
    )
    const { clusters } = clustering
    if (names !== undefined && names.length !== clusters.count) {
      refuseAny([{ path: '--names', message: `expected ${clusters.count} names, found ${names.length}` }])
    }
    const clustered: Som = { ...som, clusters: { ...clusters, ...(names && { names }) } }
    if (flags.output !== undefined) orRefuse(await writeModel(flags.output, clustered))
    const report = flags.json ? clusteringJson : clusteringText
    process.stdout.write(report(clustered, clustering, { map, table, output: flags.output }))
    return EXIT.done
  })

  async function withRows(som: Som, table: string): Promise<Result<Clustering, readonly Issue[]>> {
    const backend = await backendOf(running.backend, running.threads)
    orRefuse(runnerOf(backend, som))
    const samples = await readForMap(table, som, { weight: flags.weight }, reading)
    if (flags.duplicates !== undefined) await writeDuplicates(flags.duplicates, som, samples, { within, backend })
    return whileSaying(`grouping ${counted(samples.rows, 'row')}`, () =>
      clusterRows(som, samples, options, { backend }),
    )
  }
}
