import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'

/** `som registry`. What it does is loaded when it runs. */
export function registryCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const command = base
    .argument('[words...]')
    .allowUnknownOption()
    .option('--data <folder>', 'the data folder of som serve (SOM_DATA)')
    .option('--registry <url>', 'the registry that instances share: postgres://…; needs --store (SOM_REGISTRY)')
    .option('--store <url>', 'where its model files are: s3://bucket/prefix?endpoint=… (SOM_STORE)')
    .option('--as <name>', 'name of the copy (default: the same name)')
  command.action(async (_, flags, self) => {
    const { runRegistry } = await import('../registry/run-registry.ts')
    finish(await runRegistry(self, flags))
  })
  return command
}
