import { type Command, type CommandUnknownOpts, Option } from '@commander-js/extra-typings'
import {
  BACKEND_HELP,
  COVERAGE,
  DECIMAL,
  DELIMITER,
  FILE_LIMIT,
  MISSING,
  PREDICTING_MAP,
  SHEET,
  SQL_HELP,
  TABLE_HELP,
} from './shared.ts'

/** `som predict`. What it does is loaded when it runs. */
export function predictCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const command = base
    .argument('[map]', PREDICTING_MAP)
    .argument('[table]', TABLE_HELP)
    .allowUnknownOption()
    .allowExcessArguments()
    .option('--sql <query>', SQL_HELP)
    .option(
      '-o, --output <file>',
      'a .csv, .tsv, .parquet, .arrow, .json or .ndjson file (default: CSV to standard output)',
    )
    .option(...COVERAGE)
    .option(
      '--prefix <text>',
      'prefix for the names of the added columns: for each target <target>_predicted, and _probability, _probability_<class> or _low, _high; then unit, distance, p_value',
    )
    .option(...DECIMAL)
    .option(...DELIMITER)
    .option(...SHEET)
    .option(...FILE_LIMIT)
    .option(...MISSING)
    .addOption(new Option('--backend <name>', BACKEND_HELP).env('SOM_BACKEND'))
    .option('--threads <n>', 'threads of the native backend (default: all cores)')
    .option('--json', 'the summary as JSON; needs --output')
  command.action(async (_map, _table, flags, self) => {
    const { runPredict } = await import('../predict/run-predict.ts')
    finish(await runPredict(self, flags))
  })
  return command
}
