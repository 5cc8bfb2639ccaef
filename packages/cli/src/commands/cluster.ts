import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'

/** `som cluster`. What it does is loaded when it runs. */
export function clusterCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const command = base
    .argument('[map]', 'a map file that som train wrote')
    .allowUnknownOption()
    .allowExcessArguments()
    .option('-o, --output <file>', 'the map file with the clusters in it; may be the map itself')
    .option('-k, --count <n>', 'how many clusters (default: what three indices propose)')
    .option('--method <name>', 'ward, contiguous-ward, k-means or consensus (default: ward)')
    .option('--most <n>', 'the largest number to try (default: √(2 units), at most 20)')
    .option(
      '--names <names>',
      'what the clusters are called, commas between, in their order',
      (value, before: string[] = []) => [...before, value],
    )
    .option('--seed <n>', 'decides what k-means and consensus draw (default: 1)')
    .option('--json', 'as JSON')
  command.action(async (_map, flags, self) => {
    const { runCluster } = await import('../cluster/run-cluster.ts')
    finish(await runCluster(self, flags))
  })
  return command
}
