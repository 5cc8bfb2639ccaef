import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { collect } from '../collect.ts'
import { addOptionFlags } from '../option-flags.ts'
import { FIRST_INDEX, reading, running, SQL_HELP, TABLE_HELP } from './shared.ts'

/** `som tune`. What it does is loaded when it runs. */
export function tuneCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const own = base
    .argument('[table]', TABLE_HELP)
    .allowUnknownOption()
    .allowExcessArguments()
    .option('--sql <query>', SQL_HELP)
    .option('--budget <seconds>', 'start no new trial after this many seconds (default: 60)')
    .option('--trials <n>', 'the largest number of trials; without --budget the same seed gives the same answer')
    .option('--held-out <share>', 'share of the rows held out to measure on (default: 0.25)')
    .option('--repeats <n>', 'how many times rows are held out for each trial (default: 4)')
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
    .option('--times <column=use>', 'features to make from a column of dates or times, as for som train', collect)
    .option(
      '--target <names>',
      'columns to predict, by whose prediction maps are ranked, separated by commas; name=class where numbers are names of classes',
      collect,
    )
    .option('--label <name>', "the column with each row's class, by which maps are ranked; not a feature")
    .option('--id <name>', 'the column that names each row; not a feature')
    .option('--weight <name>', "the column with each row's weight; not a feature")
  addOptionFlags(own, ['size', 'lattice', 'shape', 'metric', 'layer', 'preprocessing', 'seed'], {
    size: { is: 'try only maps of this size', default: 'several' },
    seed: { is: 'seed for the rows held out and the order of trials' },
  })
  const command = running(reading(own).option(...FIRST_INDEX)).option('--json', 'every trial as JSON')
  command.action(async (_table, flags, self) => {
    const { runTune } = await import('../tune/run-tune.ts')
    finish(await runTune(self, flags))
  })
  return command
}
