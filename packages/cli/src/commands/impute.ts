import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { mapAndRows, ROWS_OUTPUT, reading, running } from './shared.ts'

/** `som impute`. What it does is loaded when it runs. */
export function imputeCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const own = mapAndRows(base)
    .option(...ROWS_OUTPUT)
    .option('--mark <column>', "a column to add, with the names of each row's columns that were filled in")
    .option(
      '--draws <n>',
      'fill in values drawn at random, as uncertain as they are, n times: into out-1.csv, out-2.csv and so on',
    )
    .option('--seed <n>', 'seed of the draws (default: 0)')
  const command = running(reading(own)).option('--json', 'the summary as JSON; needs --output')
  command.action(async (_map, _table, flags, self) => {
    const { runImpute } = await import('../impute/run-impute.ts')
    finish(await runImpute(self, flags))
  })
  return command
}
