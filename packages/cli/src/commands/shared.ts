import { collect } from '../collect.ts'

/** The values of `--backend`, without loading a backend. */
export const BACKEND_HELP = 'auto, native or js: where the arithmetic runs; the map is the same (default: auto)'

/** The forms that a table may take. */
export const TABLE_HELP =
  'a .csv, .tsv, .txt, .parquet, .arrow, .json, .ndjson, .sqlite, .duckdb, .xlsx, .npy, .dat, .lrn or .libsvm file (a table of a database: file.sqlite#name), the same as .gz or .zst or at an http address, a pattern of files, a SELECT query, or - for standard input'

export const SQL_HELP = 'a query instead of a table, for example "SELECT a, b FROM \'data.parquet\' WHERE a > 0"'

/** Options of every command that reads a table: how its text represents values. */
export const DECIMAL = ['--decimal <sign>', "decimal mark of a text table: '.' or ',' (default: detected)"] as const
export const DELIMITER = [
  '--delimiter <character>',
  'character between the cells of a text table; tab for a tab (default: detected)',
] as const
export const MISSING: readonly ['--missing <words>', string, typeof collect] = [
  '--missing <words>',
  'further texts and numbers that mean a missing value, separated by commas',
  collect,
]
export const FIRST_INDEX = [
  '--first-index <0|1>',
  'the first index of libsvm rows (default: 0 where some index is 0, else 1; a map keeps its own)',
] as const
export const SHEET = ['--sheet <name|number>', 'the sheet of an .xlsx file (default: the first)'] as const
export const FILE_LIMIT = [
  '--file-limit <size>',
  'the largest file to fetch or unpack, such as 50GiB (default: 16GiB, and 200 times what it has packed; 512MiB for .xlsx)',
] as const
export const PREDICTING_MAP = 'a map file from som train --target'
export const COVERAGE = [
  '--coverage <share>',
  'how often the intervals of numbers are to hold the true value, 0 to 1 (default: 0.9)',
] as const
