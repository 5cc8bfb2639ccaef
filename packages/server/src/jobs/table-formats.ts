/** Tables that may be trained on: the extension that each media type stands for. Databases are none: they lead elsewhere. */
export const TABLE_TYPES: Readonly<Record<string, string>> = {
  'text/csv': '.csv',
  'text/tab-separated-values': '.tsv',
  'application/x-ndjson': '.ndjson',
  'application/vnd.apache.parquet': '.parquet',
  'application/vnd.apache.arrow.file': '.arrow',
  'application/vnd.apache.arrow.stream': '.arrow',
}

/** What files that may be read are called. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  csv: '.csv',
  tsv: '.tsv',
  ndjson: '.ndjson',
  jsonl: '.ndjson',
  parquet: '.parquet',
  arrow: '.arrow',
  feather: '.arrow',
}

/** Extensions under which tables are kept. */
export const KEPT_EXTENSIONS: readonly string[] = [...new Set(Object.values(TABLE_TYPES))]

/** The extension under which a table of this name is kept; null for one of no known kind. */
export function extensionOfName(name: string): string | null {
  const [, ending] = /\.([a-z]+)$/i.exec(name) ?? []
  const key = ending?.toLowerCase() ?? ''
  return Object.hasOwn(EXTENSIONS, key) ? EXTENSIONS[key] : null
}

export const TABLE_NAMES: string = Object.keys(EXTENSIONS).join(', ')
