import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { collect } from '../collect.ts'
import { COVERAGE, mapAndRows, PREDICTING_MAP, reading, running } from './shared.ts'

/** `som evaluate`. What it does is loaded when it runs. */
export function evaluateCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const own = mapAndRows(base, PREDICTING_MAP)
    .option('-o, --output <file>', 'also write every figure, with confusion and calibration, to a JSON file')
    .option(
      '--target <names>',
      "columns whose predictions to measure, separated by commas (default: the map's targets); name=class where numbers are names of classes",
      collect,
    )
    .option('--weight <name>', "the column with each row's weight")
    .option(
      '--folds <n>',
      'split the rows into n parts, and predict each by models that are fitted on the others; the map stays as it is (default: the models of the map)',
    )
    .option('--seed <n>', 'the seed by which rows are dealt to folds (default: 0)')
    .option(...COVERAGE)
  const command = running(reading(own)).option('--json', 'as JSON')
  command.action(async (_map, _table, flags, self) => {
    const { runEvaluate } = await import('../evaluate/run-evaluate.ts')
    finish(await runEvaluate(self, flags))
  })
  return command
}
