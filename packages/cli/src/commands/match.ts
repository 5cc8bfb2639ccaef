import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { mapAndRows, ROWS_OUTPUT, reading, running } from './shared.ts'

/** `som match`. What it does is loaded when it runs. */
export function matchCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const own = mapAndRows(base)
    .option(...ROWS_OUTPUT)
    .option(
      '--prefix <text>',
      'prefix for the names of the added columns: unit, unit_row, unit_column, distance, second_unit, cluster, cluster_name, p_value',
    )
  const command = running(reading(own)).option('--json', 'the summary as JSON; needs --output')
  command.action(async (_map, _table, flags, self) => {
    const { runMatch } = await import('../match/run-match.ts')
    finish(await runMatch(self, flags))
  })
  return command
}
