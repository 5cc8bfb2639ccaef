import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { collect } from '../collect.ts'
import { addOptionFlags } from '../option-flags.ts'
import { reading, running } from './shared.ts'

/** `som watch`. What it does is loaded when it runs. */
export function watchCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const own = base
    .argument('[map]', 'a table of normal rows to learn from, or the .som file learnt from one')
    .argument('[rows]', 'NDJSON or CSV to judge, or - for standard input (default: -)')
    .allowUnknownOption()
    .allowExcessArguments()
    .option(
      '-o, --output <file>',
      'where to write the learnt map, or the verdicts as NDJSON (default: standard output)',
    )
    .option('--time <column>', "the column with each row's time; not a feature")
    .option('--json', 'the summary as JSON; judging also needs --output')
    .optionsGroup('Learning:')
    .option(
      '--columns <names>',
      'features by column name, separated by commas (default: every numeric column)',
      collect,
    )
    .option('--exclude <names>', 'columns to leave out', collect)
    .option(
      '--categories <names>',
      'columns to read as categories: one feature per category level (same syntax as --columns)',
      collect,
    )
    .option(
      '--times <column=use>',
      'features to make from a column of dates or times: number (days), day, week or year (cycles); join several with +',
      collect,
    )
    .option('--lag <steps>', 'add readings from earlier rows as features, for example 1,2 or temperature=1,2', collect)
    .option('--difference <steps>', 'add the change since an earlier row (same syntax as --lag)', collect)
    .option('--window <rows>', 'add the mean and deviation of the last rows (same syntax as --lag)', collect)
    .option('--held-out <share>', 'share of rows held out of training to calibrate (default: 0.25)')
  addOptionFlags(own, ['size', 'epochs', 'seed'], {
    size: { is: 'units of the map, such as 20x30', default: 'one for four rows, at most 32x32' },
  })
  const rest = own
    .option(
      '--calibrate',
      'calibrate a map from som train on normal rows that it has not seen, and write it to --output',
    )
    .optionsGroup('Watching:')
    .option('--alpha <share>', 'share of normal rows that may be alarms (default: 0.01)')
    .option('--notice <share>', 'share of normal rows that may be notices or alarms (default: five times alpha)')
    .option('--follow', 'keep reading as the file grows')
    .option('--adapt', 'keep learning from rows that are neither alarms nor notices')
    .option('--strict', 'stop at the first line that cannot be read')
    .optionsGroup('Running:')
  const command = running(reading(rest))
  command.action(async (_map, _rows, flags, self) => {
    const { runWatch } = await import('../watch/run-watch.ts')
    finish(await runWatch(self, flags))
  })
  return command
}
