import { type Command, type CommandUnknownOpts, Option } from '@commander-js/extra-typings'
import { addOptionFlags } from '../option-flags.ts'
import { BACKEND_HELP, DECIMAL, DELIMITER, FILE_LIMIT, MISSING, SHEET } from './shared.ts'

const collect = (value: string, before: string[] = []): string[] => [...before, value]

/** `som watch`. What it does is loaded when it runs. */
export function watchCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const own = base
    .argument('[map]', 'a table of normal rows to learn from, or the .som file that came of it')
    .argument('[rows]', 'NDJSON or CSV to judge, or - for standard input (default: -)')
    .allowUnknownOption()
    .allowExcessArguments()
    .option('-o, --output <file>', 'the map learnt, or the NDJSON file of verdicts (default: standard output)')
    .option('--time <column>', 'the column with the time of each row; not a feature')
    .option('--json', 'the summary as JSON; for verdicts it needs --output')
    .optionsGroup('Learning:')
    .option(
      '--columns <names>',
      'features by column name, separated by commas (default: every numeric column)',
      collect,
    )
    .option('--exclude <names>', 'columns to leave out', collect)
    .option(
      '--categories <names>',
      'columns to take as categories: one feature per category level (same syntax as --columns)',
      collect,
    )
    .option(
      '--times <column=use>',
      'features to make from a column of dates or times: number (days), day, week or year (cycles); join several with +',
      collect,
    )
    .option('--lag <steps>', 'add readings so many rows back, such as 1,2 or temperature=1,2', collect)
    .option('--difference <steps>', 'add what changed since so many rows back, as --lag', collect)
    .option('--window <rows>', 'add mean and deviation of the last rows (same syntax as --lag)', collect)
    .option('--held-out <share>', 'rows that calibrate and do not train (default: 0.25)')
  addOptionFlags(own, ['size', 'epochs', 'seed'], {
    size: { is: 'units of the map, such as 20x30', default: 'one for four rows, at most 32x32' },
  })
  const command = own
    .option(
      '--calibrate',
      'rows are normal ones that a map of som train has not seen: keep their distances in --output',
    )
    .optionsGroup('Watching:')
    .option('--alpha <share>', 'normal rows that may be alarms (default: 0.01)')
    .option('--notice <share>', 'normal rows that may be notices or alarms (default: five times alpha)')
    .option('--follow', 'go on at the end of the file, as it grows')
    .option('--adapt', 'go on learning from rows that are neither alarms nor notices')
    .option('--strict', 'end at the first line that cannot be read')
    .optionsGroup('Running:')
    .option(...DECIMAL)
    .option(...DELIMITER)
    .option(...SHEET)
    .option(...FILE_LIMIT)
    .option(...MISSING)
    .addOption(new Option('--backend <name>', BACKEND_HELP).env('SOM_BACKEND'))
    .option('--threads <n>', 'threads of the native backend (default: all cores)')
  command.action(async (_map, _rows, flags, self) => {
    const { runWatch } = await import('../watch/run-watch.ts')
    finish(await runWatch(self, flags))
  })
  return command
}
