/**
 * The table formats for training: the extension of each media type. Databases are excluded: they can refer to other
 * files.
 */
export const TABLE_TYPES: Readonly<Record<string, string>> = {
  'text/csv': '.csv',
  'text/tab-separated-values': '.tsv',
  'application/x-ndjson': '.ndjson',
  'application/vnd.apache.parquet': '.parquet',
  'application/vnd.apache.arrow.file': '.arrow',
  'application/vnd.apache.arrow.stream': '.arrow',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': '.xlsx',
}

/** The file names that may be read. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  csv: '.csv',
  txt: '.csv',
  tsv: '.tsv',
  tab: '.tsv',
  json: '.json',
  ndjson: '.ndjson',
  jsonl: '.ndjson',
  parquet: '.parquet',
  arrow: '.arrow',
  arrows: '.arrow',
  feather: '.arrow',
  xlsx: '.xlsx',
  npy: '.npy',
  libsvm: '.libsvm',
  svm: '.libsvm',
}

/** Extensions under which tables are stored. */
export const KEPT_EXTENSIONS: readonly string[] = [
  ...new Set([...Object.values(TABLE_TYPES), ...Object.values(EXTENSIONS)]),
]

/** The extension under which a table with this name is stored; null for an unknown format. */
export function extensionOfName(name: string): string | null {
  const [, ending] = /\.([a-z]+)$/i.exec(name) ?? []
  const key = ending?.toLowerCase() ?? ''
  return Object.hasOwn(EXTENSIONS, key) ? EXTENSIONS[key] : null
}

export const TABLE_NAMES: string = Object.keys(EXTENSIONS).join(', ')
