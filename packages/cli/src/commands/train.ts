import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { collect } from '../collect.ts'
import { addOptionFlags } from '../option-flags.ts'
import { FIRST_INDEX, reading, running, SQL_HELP, TABLE_HELP } from './shared.ts'

/** `som train`. What it does is loaded when it runs. */
export function trainCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const columns = base
    .argument('[table]', TABLE_HELP)
    .allowUnknownOption()
    .allowExcessArguments()
    .option('--sql <query>', SQL_HELP)
    .option('-o, --output <file>', "the map file (default: the table's name with .som)")
    .optionsGroup('Columns:')
    .option(
      '--columns <names>',
      "features by column name, separated by commas; patterns such as 'sensor_*' and type:number too (default: every numeric column)",
      collect,
    )
    .option('--exclude <names>', 'columns to leave out (same syntax as --columns)', collect)
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
    .option(
      '--target <names>',
      'columns to predict from the features, separated by commas; name=class where numbers are names of classes',
      collect,
    )
    .option('--label <name>', "the column with each row's class; not a feature")
    .option('--id <name>', 'the column that names each row; not a feature')
    .option('--weight <name>', "the column with each row's weight; not a feature")
  addOptionFlags(columns.optionsGroup('Map:'), ['size', 'units', 'lattice', 'shape', 'kernel', 'metric', 'layer'])
  addOptionFlags(columns.optionsGroup('Training:'), [
    ...([
      'rule',
      'epochs',
      'radius',
      'radiusDecay',
      'rate',
      'rateDecay',
      'decayPer',
      'phases',
      'batchSize',
      'order',
    ] as const),
    ...(['initial', 'preprocessing', 'cofactor', 'featureWeight', 'seed', 'stop'] as const),
  ])
  const own = columns
    .optionsGroup('Running:')
    .option('--from <map>', 'start from a trained map: its features, lattice and prototypes')
    .option('--resume <checkpoint>', 'continue an unfinished run')
    .option(
      '--memory <size>',
      'train within this much memory, for example 2GiB; rows that do not fit are read from disk in each epoch',
    )
    .option('--checkpoint-every <epochs>', 'write a checkpoint every n epochs')
  const command = running(reading(own).option(...FIRST_INDEX))
    .option(
      '--track <where>',
      'record the run: jsonl:FILE, mlflow or mlflow:EXPERIMENT (server: MLFLOW_TRACKING_URI); separate several by commas',
    )
    .option('--register <name>', 'with --track mlflow: register the map as the next version of this model')
    .option('--json', 'the summary as JSON')
  command.action(async (_table, flags, self) => {
    const { runTrain } = await import('../train/run-train.ts')
    finish(await runTrain(self, flags))
  })
  return command
}
