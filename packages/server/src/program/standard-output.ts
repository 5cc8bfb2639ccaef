import type { CommandUnknownOpts } from '@commander-js/extra-typings'

/** How the help of `--output` ends where a command writes to standard output without a file. */
const WRITES_THERE = /standard output\)$/

/**
 * `-o -` is standard output, as the table `-` is standard input: the same as no `--output` where the help says that
 * this goes there, and wrong usage elsewhere.
 */
export function readDashAsStandardOutput(command: CommandUnknownOpts): void {
  const option = command.options.find(({ long }) => long === '--output')
  if (option === undefined || command.getOptionValue('output') !== '-') return
  if (WRITES_THERE.test(option.description)) command.setOptionValue('output', undefined)
  else command.error('error: --output: expected a file, found -; this command does not write one to standard output')
}
