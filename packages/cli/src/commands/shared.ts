import { type Command, Option, type OptionValues } from '@commander-js/extra-typings'
import { collect } from '../collect.ts'
import type { ReadingFlags } from '../reading.ts'
import type { RunningFlags } from '../running.ts'

/** The forms that a table may take. */
export const TABLE_HELP =
  'a .csv, .tsv, .txt, .parquet, .arrow, .json, .ndjson, .sqlite, .duckdb, .xlsx, .npy, .dat, .lrn or .libsvm file (a table of a database: file.sqlite#name), the same as .gz or .zst or at an http address, a pattern of files, a SELECT query, or - for standard input'

export const SQL_HELP = 'a query instead of a table, for example "SELECT a, b FROM \'data.parquet\' WHERE a > 0"'

export const FIRST_INDEX = [
  '--first-index <0|1>',
  'the first index of libsvm rows (default: 0 where some index is 0, else 1; a map keeps its own)',
] as const
export const MAP_HELP = 'a map file from som train'
export const PREDICTING_MAP = 'a map file from som train --target'
/** Where commands that add to rows write them. */
export const ROWS_OUTPUT = [
  '-o, --output <file>',
  'a .csv, .tsv, .parquet, .arrow, .json or .ndjson file (default: CSV to standard output)',
] as const
export const COVERAGE = [
  '--coverage <share>',
  'how often the intervals of numbers are to hold the true value, 0 to 1 (default: 0.9)',
] as const

/** Adds a map, a table of rows, or a query instead of that. */
export function mapAndRows(
  command: Command,
  map: string = MAP_HELP,
  table: string = TABLE_HELP,
): Command<[string | undefined, string | undefined], { sql?: string }> {
  return command
    .argument('[map]', map)
    .argument('[table]', table)
    .allowUnknownOption()
    .allowExcessArguments()
    .option('--sql <query>', SQL_HELP)
}

/** Adds the options of every command that reads a table: how its values are written, and how large it may be. */
export function reading<Args extends unknown[], Flags extends OptionValues>(
  command: Command<Args, Flags>,
): Command<Args, Flags & Omit<ReadingFlags, 'firstIndex'>> {
  command
    .option('--decimal <sign>', "decimal mark of a text table: '.' or ',' (default: detected)")
    .option('--delimiter <character>', 'character between the cells of a text table; tab for a tab (default: detected)')
    .option('--sheet <name|number>', 'the sheet of an .xlsx file (default: the first)')
    .option(
      '--file-limit <size>',
      'the largest file to fetch or unpack, such as 50GiB (default: 16GiB, and 200 times what it has packed; 512MiB for .xlsx)',
    )
    .option('--missing <words>', 'further texts and numbers that mean a missing value, separated by commas', collect)
  return command
}

/** Adds the options of every command with arithmetic in it: where that runs. */
export function running<Args extends unknown[], Flags extends OptionValues>(
  command: Command<Args, Flags>,
): Command<Args, Flags & RunningFlags> {
  command
    .addOption(
      new Option(
        '--backend <name>',
        'auto, native, gpu or js: where the arithmetic runs; the map is the same (default: auto)',
      ).env('SOM_BACKEND'),
    )
    .option('--threads <n>', 'threads of the native backend (default: all cores)')
  return command
}
