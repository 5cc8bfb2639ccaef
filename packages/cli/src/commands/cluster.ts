import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'

/** `som cluster`. What it does is loaded when it runs. */
export function clusterCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const command = base
    .argument('[map]', 'a map file from som train')
    .allowUnknownOption()
    .allowExcessArguments()
    .option('-o, --output <file>', 'write the map with its clusters to this file; may be the map itself')
    .option('-k, --count <n>', 'number of clusters (default: the best average rank across three indices)')
    .option('--method <name>', 'ward, contiguous-ward, k-means or consensus (default: ward)')
    .option('--most <n>', 'the largest number to try (default: √(2 units), at most 20)')
    .option(
      '--names <names>',
      'names of the clusters in the order of their numbers, separated by commas',
      (value, before: string[] = []) => [...before, value],
    )
    .option('--seed <n>', 'seed of k-means and consensus (default: 1)')
    .option('--json', 'as JSON')
  command.action(async (_map, flags, self) => {
    const { runCluster } = await import('../cluster/run-cluster.ts')
    finish(await runCluster(self, flags))
  })
  return command
}
