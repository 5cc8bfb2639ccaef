import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { COVERAGE, mapAndRows, PREDICTING_MAP, ROWS_OUTPUT, reading, running } from './shared.ts'

/** `som predict`. What it does is loaded when it runs. */
export function predictCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const own = mapAndRows(base, PREDICTING_MAP)
    .option(...ROWS_OUTPUT)
    .option(...COVERAGE)
    .option(
      '--prefix <text>',
      'prefix for the names of the added columns: for each target <target>_predicted, and _probability, _probability_<class> or _low, _high; then unit, distance, p_value',
    )
  const command = running(reading(own)).option('--json', 'the summary as JSON; needs --output')
  command.action(async (_map, _table, flags, self) => {
    const { runPredict } = await import('../predict/run-predict.ts')
    finish(await runPredict(self, flags))
  })
  return command
}
