import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { settingOption } from '@som/server/program'

/** `som registry`. What it does is loaded when it runs. */
export function registryCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const command = base
    .argument('[words...]')
    .allowUnknownOption()
    .addOption(settingOption('data'))
    .addOption(settingOption('registry'))
    .addOption(settingOption('store'))
    .option('--as <name>', 'name of the copy (default: the same name)')
  command.action(async (_, flags, self) => {
    const { runRegistry } = await import('../registry/run-registry.ts')
    finish(await runRegistry(self, flags))
  })
  return command
}
