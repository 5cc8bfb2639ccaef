import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import { mapAndRows, reading, running } from './shared.ts'

/** `som quality`. What it does is loaded when it runs. */
export function qualityCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const own = mapAndRows(base)
    .option('-o, --output <file>', 'also write every figure, including those of each unit, to a JSON file')
    .option('--label <name>', "the column with each row's class; adds how well units and classes agree")
    .option('--weight <name>', "the column with each row's weight")
    .option('--neighbours <n>', '4 or 8 on a rectangular lattice (default: 8), 6 on a hexagonal one')
    .option('--nearest <n>', 'neighbours for trustworthiness and continuity (default: 10)')
    .option('--space <name>', 'distance between rows on the map: lattice or codebook (default: lattice)')
    .option('--radius <units>', "the distortion's radius (default: the radius of the last epoch)")
    .option('--sample <n>', 'size of the random sample for measures whose cost is quadratic (default: 500)')
    .option('--seed <n>', 'seed of all random numbers (default: 1)')
  const command = running(reading(own)).option('--json', 'as JSON')
  command.action(async (_map, _table, flags, self) => {
    const { runQuality } = await import('../quality/run-quality.ts')
    finish(await runQuality(self, flags))
  })
  return command
}
