import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { collect } from '../collect.ts'
import { addOptionFlags } from '../option-flags.ts'
import { reading, running, TABLE_HELP } from './shared.ts'

/** `som segment`. What it does is loaded when it runs. */
export function segmentCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const own = base
    .argument('[table]', `${TABLE_HELP}; or a .som file made from one`)
    .argument('[new]', 'if the first file is a map: the table whose rows to assign to segments')
    .allowUnknownOption()
    .allowExcessArguments()
    .option('-o, --output <file>', 'the map file; with a map, the table of new rows (default: CSV to standard output)')
    .option('--out <table>', "the table with each row's segment added: .csv, .tsv, .parquet, .arrow, .json …")
    .option('--report <file>', 'a page about the segments; it works offline')
    .option('--prefix <text>', 'prefix for the added columns: segment, p_value')
    .option('--json', 'the summary as JSON')
    .optionsGroup('Segments:')
    .option(
      '--segments <n>',
      'number of segments (default: as many as conductance finds; with other methods the best average rank across three indices)',
    )
    .option(
      '--most <n>',
      'the largest number to try (default: 40 for conductance, otherwise √(2 units with a row), at most 20)',
    )
    .option(
      '--method <name>',
      'conductance, ward, contiguous-ward, k-means, consensus, gmm, hdbscan, watershed or u-star (default: conductance, or ward with --segments or categories)',
    )
    .option('--noise', 'leave out rows that are far from all others: they are unclustered')
    .option('--draws <n>', 'random resamples that test which segments are stable (default: 50)')
    .optionsGroup('Columns:')
    .option('--id <name>', 'the column that names each row (default: the first that looks like it)')
    .option(
      '--columns <names>',
      "by name, separated by commas; patterns such as 'sensor_*' and type:number too (default: every column of numbers or few levels)",
      collect,
    )
    .option('--exclude <names>', 'columns to leave out (same syntax as --columns)', collect)
    .option(
      '--categories <names>',
      'columns to read as categories even if they hold numbers or long texts (same syntax as --columns)',
      collect,
    )
    .option(
      '--times <column=use>',
      'features to make from a column of dates or times: number (days), day, week or year (cycles); join several with +',
      collect,
    )
  addOptionFlags(own, ['preprocessing', 'featureWeight'], {
    preprocessing: {
      takes: 'column=method',
      is: 'how the values of a column are scaled',
      default: 'the rule for skew',
    },
  })
  addOptionFlags(own.optionsGroup('Map:'), ['size', 'epochs', 'seed'], {
    size: { is: 'units of the map, such as 20x30', default: '5 √rows, at most 32x32' },
  })
  const rest = own.optionsGroup('Running:')
  const command = running(reading(rest))
  command.action(async (_table, _new, flags, self) => {
    const { runSegment } = await import('../segment/run-segment.ts')
    finish(await runSegment(self, flags))
  })
  return command
}
