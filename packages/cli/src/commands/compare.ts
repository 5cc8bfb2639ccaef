import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { MAP_HELP, reading, running, TABLE_HELP } from './shared.ts'

/** `som compare`. What it does is loaded when it runs. */
export function compareCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const own = base
    .argument('[map]', MAP_HELP)
    .argument('[other]', 'a second map, ending in .som; or the earlier of two tables')
    .argument('[table]', `the rows to compare two maps by, or the later table: ${TABLE_HELP}`)
    .allowUnknownOption()
    .allowExcessArguments()
    .option(
      '-o, --output <table>',
      'of two maps: the table with how far each row moved and what it kept: .csv, .parquet …',
    )
    .option('--picture <file>', 'of two tables: where rows became more or fewer, as .svg')
    .option('--id <name>', 'of two maps: the column that names each row')
    .option('--permutations <n>', 'of two tables: how often rows are dealt again for the tests (default: 999)')
    .option('--seed <n>', 'seed of the permutations (default: 1)')
  const command = running(reading(own)).option('--json', 'as JSON')
  command.action(async (_map, _other, _table, flags, self) => {
    const { runCompare } = await import('../compare/run-compare.ts')
    finish(await runCompare(self, flags))
  })
  return command
}
