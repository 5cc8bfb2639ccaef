import { CLUSTER_METHODS, clusterUnits, type Som } from '@som/core'
import { checkWritable, readModel, writeModel } from '@som/io'
import { complain, issuesIn, operands, orRefuse, refuseAny, untilRefused } from '@som/server/command'
import { EXIT } from '@som/server/program'
import type { ClusterFlags } from '../command-flags/cluster-flags.ts'
import { Flags } from '../flags.ts'
import { clusteringJson, clusteringText } from './report.ts'

/** Runs `som cluster`; gives the exit code. */
export async function runCluster(command: Parameters<typeof operands>[0], flags: ClusterFlags): Promise<number> {
  const files = operands(command, ['map'], 'som cluster map.som -o map.som')
  const read = new Flags()
  const options = {
    count: read.integer('--count', flags.count, 1),
    method: read.choice('--method', flags.method, CLUSTER_METHODS),
    most: read.integer('--most', flags.most, 2),
    seed: read.number('--seed', flags.seed),
  }
  const names = read.names(flags.names)
  if (files.isErr || read.issues.length > 0) {
    complain([...issuesIn(files), ...read.issues])
    return EXIT.usage
  }
  const [map] = files.value
  return untilRefused(async () => {
    if (flags.output !== undefined) orRefuse(await checkWritable(flags.output))
    const som = orRefuse(await readModel(map))
    const found = clusterUnits(som, { ...options, count: options.count ?? names?.length })
    const { clusters, tried } = orRefuse(
      found.mapErr((issues) => issues.map((issue) => ({ ...issue, path: `--${issue.path}` }))),
    )
    if (names !== undefined && names.length !== clusters.count) {
      refuseAny([{ path: '--names', message: `expected ${clusters.count} names, found ${names.length}` }])
    }
    const clustered: Som = { ...som, clusters: { ...clusters, ...(names && { names }) } }
    if (flags.output !== undefined) orRefuse(await writeModel(flags.output, clustered))
    const report = flags.json ? clusteringJson : clusteringText
    process.stdout.write(report(clustered, tried, map, flags.output))
    return EXIT.done
  })
}
