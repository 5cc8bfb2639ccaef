import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { collect } from '../collect.ts'
import { MAP_HELP, mapAndRows, reading, running, TABLE_HELP } from './shared.ts'

/** `som cluster`. What it does is loaded when it runs. */
export function clusterCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const own = mapAndRows(base, MAP_HELP, `rows to find the groups in: ${TABLE_HELP}`)
    .option('-o, --output <file>', 'write the map with its clusters to this file; may be the map itself')
    .option(
      '-k, --count <n>',
      'number of clusters (default: what conductance finds in the rows; without rows the best average rank across three indices, or what the method proposes)',
    )
    .option(
      '--method <name>',
      'conductance, which needs rows, ward, contiguous-ward, k-means, consensus, gmm, hdbscan, watershed or u-star (default: conductance with rows, but ward with --count or categories)',
    )
    .option('--most <n>', 'the largest number to try (default: 40 for conductance, otherwise √(2 units), at most 20)')
    .option(
      '--names <names>',
      'names of the clusters in the order of their numbers, separated by commas',
      (value, before: string[] = []) => [...before, value],
    )
    .option(
      '--least <rows>',
      'of hdbscan, watershed and u-star: the rows that a cluster has at least (default: 2 % of all, at least 5)',
    )
    .option('--noise', 'leave out rows that are far from all others: they are unclustered; needs rows')
    .option(
      '--duplicates <file>',
      'write the rows that have a near duplicate, with the first row of their group: .csv; needs rows',
    )
    .option(
      '--within <distance>',
      'how near duplicates are, in preprocessed units (default: 1 % of the median distance of rows to their units)',
    )
    .option('--weight <name>', "the column with each row's weight")
    .option('--merge <numbers>', 'make these clusters of the map one, such as 2,3; may be repeated', collect)
    .option('--split <number>', 'part a cluster of the map in two, or in three by 1:3; may be repeated', collect)
    .option('--rename <number=name>', 'name a cluster of the map; may be repeated', collect)
    .option('--seed <n>', 'seed of conductance, k-means, gmm and consensus (default: 1)')
  const command = running(reading(own)).option('--json', 'as JSON')
  command.action(async (_map, _table, flags, self) => {
    const { runCluster } = await import('../cluster/run-cluster.ts')
    finish(await runCluster(self, flags))
  })
  return command
}
