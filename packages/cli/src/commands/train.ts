import { type Command, type CommandUnknownOpts, Option } from '@commander-js/extra-typings'
import { BACKEND_HELP, DECIMAL, DELIMITER, FIRST_INDEX, MISSING, SQL_HELP, TABLE_HELP } from './shared.ts'

const collect = (value: string, before: string[] = []): string[] => [...before, value]

/** `som train`. What it does is loaded when it runs. */
export function trainCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const command = base
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
      'columns to take as categories: one feature per category level (same syntax as --columns)',
      collect,
    )
    .option(
      '--times <column=use>',
      'features to make from a column of dates or times: number (days), day, week or year (cycles); join several with +',
      collect,
    )
    .option('--label <name>', "the column with each row's class; not a feature")
    .option('--id <name>', 'the column that names each row; not a feature')
    .option('--weight <name>', "the column with each row's weight; not a feature")
    .optionsGroup('Map:')
    .option(
      '--size <rows x columns>',
      'units of the map, such as 40x60 (default: 10 √rows units, at most one for every two rows)',
    )
    .option('--units <n>', 'about how many units; the data decide the sides')
    .option('--lattice <cell>', 'rectangular or hexagonal (default: rectangular)')
    .option('--shape <shape>', 'sheet, cylinder or toroid (default: sheet)')
    .option(
      '--kernel <name>',
      'gaussian, cut-gaussian, bubble, triangle, epanechnikov, mexican-hat (default: gaussian)',
    )
    .option('--metric <name>', 'euclidean, manhattan, chebyshev or cosine (default: euclidean)')
    .optionsGroup('Training:')
    .option('--rule <name>', 'batch, online or mini-batch (default: batch)')
    .option('--epochs <n>', 'passes over the rows (default: 20)')
    .option(
      '--radius <start:end>',
      'neighbourhood radius in units (default: a quarter of the longer side to 0.8, or to 0.7 for fewer than 200 rows)',
    )
    .option('--radius-decay <name>', 'exponential, linear, inverse or asymptotic (default: exponential)')
    .option('--rate <start:end>', 'learning rate of the online and mini-batch rules (default: 0.5:0.01)')
    .option('--rate-decay <name>', 'as --radius-decay')
    .option('--decay-per <step|epoch>', 'how often radius and rate of the online rule change (default: step)')
    .option(
      '--phases <list>',
      'several phases in place of --epochs and --radius, each name:epochs:radius-radius, such as rough:10:8-2,fine:20:2-0.8',
    )
    .option('--batch-size <n>', 'rows of a mini-batch (default: 256)')
    .option('--order <name>', 'shuffled or sequential: how online and mini-batch present rows (default: shuffled)')
    .option('--initial <name>', 'linear, random, sampled or k-means++ (default: linear)')
    .option(
      '--preprocessing <method>',
      'z-score, min-max, robust, log, arcsinh or none, or column=method for one (default: z-score)',
      collect,
    )
    .option('--cofactor <number>', 'what arcsinh divides by (default: 5)')
    .option(
      '--feature-weight <column=number>',
      'how much a feature counts in distances; 0 shows it without counting it (default: 1)',
      collect,
    )
    .option('--seed <n>', 'seed of all random numbers (default: 0)')
    .option(
      '--stop <patience:tolerance>',
      'stop when the map moves less than the tolerance for this many epochs, such as 3:0.0001',
    )
    .optionsGroup('Running:')
    .option('--from <map>', 'start from a trained map: its features, lattice and prototypes')
    .option('--resume <checkpoint>', 'continue an unfinished run')
    .option(
      '--memory <size>',
      'train within this much memory, such as 2GiB: rows that do not fit are read from disk in each epoch',
    )
    .option('--checkpoint-every <epochs>', 'write a checkpoint every so many epochs')
    .option(...DECIMAL)
    .option(...DELIMITER)
    .option(...MISSING)
    .option(...FIRST_INDEX)
    .addOption(new Option('--backend <name>', BACKEND_HELP).env('SOM_BACKEND'))
    .option('--threads <n>', 'threads of the native backend (default: all cores)')
    .option(
      '--track <where>',
      'record the run: jsonl:FILE, mlflow or mlflow:EXPERIMENT (the server: MLFLOW_TRACKING_URI), or several with commas',
    )
    .option('--register <name>', 'with --track mlflow: make the map the next version of this model in its registry')
    .option('--json', 'the summary as JSON')
  command.action(async (_table, flags, self) => {
    const { runTrain } = await import('../train/run-train.ts')
    finish(await runTrain(self, flags))
  })
  return command
}
