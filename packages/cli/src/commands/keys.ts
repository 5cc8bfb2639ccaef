import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { settingOption } from '@som/server/program'
import { collect } from '../collect.ts'

/** `som keys`. What it does is loaded when it runs. */
export function keysCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const command = base
    .argument('[words...]')
    .allowUnknownOption()
    .addOption(settingOption('data'))
    .option('--label <text>', 'name of the person or program that gets the key')
    .option('--scopes <names>', 'scopes, separated by commas: read, score, train, admin (default: read,score)')
    .option(
      '--maps <names>',
      "maps that the key may use, separated by commas; north-* for all that begin so, '*' for every map (default: all; with train they must be named)",
    )
    .option('--expires <date>', 'expiry: a date such as 2027-01-31, or days from now such as 90d (default: never)')
    .option(
      '--limit <name=n>',
      'a limit for this key: rate, rows, features, units, epochs, jobs, bytes or maps; may be repeated',
      collect,
    )
  command.action(async (_, flags, self) => {
    const { runKeys } = await import('../keys/run-keys.ts')
    finish(await runKeys(self, flags))
  })
  return command
}
