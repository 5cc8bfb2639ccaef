import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'

/** `som studio`. What it does is loaded when it runs. */
export function studioCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const command = base
    .argument('[files...]', 'a table, a map (.som), or both, to begin with')
    .allowUnknownOption()
    .option('--port <n>', 'port on this machine (default: one that is free)')
    .option('--no-open', 'only print the address; no browser is opened')
  command.action(async (_files, flags, self) => {
    const { runStudio } = await import('../studio/run-studio.ts')
    finish(await runStudio(self, flags))
  })
  return command
}
