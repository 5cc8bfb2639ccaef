import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'

/** `som inspect`. What it does is loaded when it runs. */
export function inspectCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const command = base
    .argument('[map]', 'a map file from som train')
    .allowUnknownOption()
    .allowExcessArguments()
    .option('--json', 'as JSON')
  command.action(async (_map, flags, self) => {
    const { runInspect } = await import('../inspect/run-inspect.ts')
    finish(await runInspect(self, flags))
  })
  return command
}
