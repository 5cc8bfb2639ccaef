import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { reading, TABLE_HELP } from './shared.ts'

/** `som inspect`. What it does is loaded when it runs. */
export function inspectCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const own = base
    .argument('[file]', `a map file from som train; or a table: ${TABLE_HELP}`)
    .allowUnknownOption()
    .allowExcessArguments()
  const command = reading(own).option('--json', 'as JSON')
  command.action(async (_file, flags, self) => {
    const { runInspect } = await import('../inspect/run-inspect.ts')
    finish(await runInspect(self, flags))
  })
  return command
}
