/** What `--backend` may be, said without loading a backend. */
export const BACKEND_HELP = 'auto, native or js: where the arithmetic runs; the map is the same (default: auto)'

/** What a table may be. */
export const TABLE_HELP =
  'a .csv, .tsv, .txt, .parquet, .arrow, .json, .ndjson, .sqlite, .duckdb, .npy, .dat, .lrn or .libsvm file (a table of a database: file.sqlite#name), a pattern of files, a SELECT query, or - for standard input'

export const SQL_HELP = 'a query in place of the table, such as "SELECT a, b FROM \'data.parquet\' WHERE a > 0"'
