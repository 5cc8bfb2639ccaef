import { createWriteStream, existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type Result from 'true-myth/result'
import { learnedMark } from './cell/cell-number.ts'
import { openCsv } from './csv/csv-table.ts'
import type { TextReading } from './csv/text-reading.ts'
import { download, extensionAt, fileNameOf, isAddress } from './download.ts'
import { filesOf, literalGlob, quoted } from './duckdb.ts'
import { fileLimit } from './file-limit.ts'
import { fileProblem } from './file-problem.ts'
import { loadEsomData } from './lines/esom-data.ts'
import { openLibsvm } from './lines/libsvm-table.ts'
import { loadSomPakData } from './lines/som-pak-data.ts'
import { extensionOf } from './magic.ts'
import { type Problem, ProblemError, settle } from './problem.ts'
import type { Table } from './table.ts'
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts'
import { loadArrow } from './typed/arrow-table.ts'
import { type Loading, openLoaded } from './typed/loaded-table.ts'
import { checkNesting } from './typed/nesting.ts'
import { openNpy } from './typed/npy-table.ts'
import { openParquet } from './typed/parquet-table.ts'
import { loadSqlite } from './typed/sqlite-table.ts'
import { openDuckdb, openTyped, type TypedReading } from './typed/typed-table.ts'
import { loadXlsx } from './typed/xlsx-table.ts'
import { COMPRESSED, unpack } from './unpack.ts'

/** The supported text tables, by extension; a delimiter that is not fixed is detected from the first line. */
const DELIMITERS: Readonly<Record<string, string | undefined>> = {
  '.csv': undefined,
  '.tsv': '\t',
  '.tab': '\t',
  '.txt': undefined,
}

/** Self-describing tables, by extension, and how DuckDB reads them. */
const READERS: Readonly<Record<string, string>> = {
  '.parquet': 'read_parquet',
  '.json': 'read_json_auto',
  '.ndjson': 'read_ndjson_auto',
  '.jsonl': 'read_ndjson_auto',
}

type Load = (path: string, name: string | undefined, shown: string, reading: Reading) => Promise<Loading>

/** Tables that are read part by part into a temporary database, by extension. */
const LOADERS: Readonly<Record<string, Load>> = {
  '.arrow': loadArrow,
  '.arrows': loadArrow,
  '.feather': loadArrow,
  '.ipc': loadArrow,
  '.sqlite': loadSqlite,
  '.sqlite3': loadSqlite,
  '.db': loadSqlite,
  '.dat': loadSomPakData,
  '.lrn': loadEsomData,
  '.xlsx': (path, _, shown, reading) => loadXlsx(path, shown, reading),
}

/** Databases, whose files have several tables. */
const DATABASES = ['.duckdb', '.sqlite', '.sqlite3', '.db']
const SPARSE = ['.libsvm', '.svm', '.svmlight']

/** How to read a table, beyond what its file says. */
export interface Reading extends Omit<TextReading, 'delimiter' | 'learned'> {
  /** The features of the map that will read the rows. */
  readonly features?: readonly { readonly name: string; readonly decimal?: ',' }[]
  /** The lowest index of libsvm rows: by default 0 if some index is 0, otherwise 1. */
  readonly firstIndex?: 0 | 1
  /** The delimiter of a text table; by default detected from its first line. */
  readonly delimiter?: string
  /** The sheet of a workbook, by its name or its number from 1; by default the first. */
  readonly sheet?: string | number
  /** The most bytes of a file that is fetched or unpacked; by default 16 GiB, and 200 times what it has packed. */
  readonly mostBytes?: number
}

const textReading = (extension: string, reading: Reading): TextReading => ({
  delimiter: reading.delimiter ?? DELIMITERS[extension],
  decimal: reading.decimal,
  ...typedReading(reading),
})

const typedReading = ({ missing, features }: Reading): TypedReading => ({ missing, learned: learnedMark(features) })

/** Every supported extension. */
const EXTENSIONS = [
  ...Object.keys(DELIMITERS),
  ...Object.keys(READERS),
  ...Object.keys(LOADERS),
  '.npy',
  '.duckdb',
  ...SPARSE,
]

/**
 * Opens a table: a file by its extension (`.csv`, `.tsv`, `.tab`, `.txt`, `.parquet`, `.json`, `.ndjson`, `.jsonl`,
 * `.arrow`, `.feather`, `.xlsx`, `.npy`, `.dat`, `.lrn`, `.libsvm`); a table in a database (`.duckdb`, `.sqlite`;
 * `file.sqlite#name` if it has several); a pattern such as `day-*.parquet` for several files of one format with the
 * same columns; a query such as `SELECT a, b FROM 'x.parquet' WHERE a > 0`; any of these files compressed (`.csv.gz`,
 * `.parquet.zst`) or at an http or https address; or `-` for standard input, whose format is detected from its first
 * bytes. Close it when done.
 */
export function openTable(path: string, reading: Reading = {}): Promise<Result<Table, Problem>> {
  return settle(() => {
    if (path === '-') return openStandardInput(reading)
    if (isAddress(path)) return openAddress(path, reading)
    if (!isQuery(path)) return openFile(path, reading)
    refuseTextFlags(reading, 'query')
    return openTyped(`(${path.trim().replace(/;$/, '')})`, 'query', { reading: typedReading(reading) })
  })
}

const isQuery = (text: string): boolean => /^\s*(select|from|with)\s/i.test(text)

async function openFile(given: string, reading: Reading): Promise<Table> {
  const { path, name } = withoutTable(given)
  const extension = extname(path).toLowerCase()
  const several = /[*?[]/.test(path) && !existsSync(path)
  if (several) return openSeveral(path, extension, reading)
  try {
    if ((await stat(path)).isDirectory()) {
      throw new ProblemError('not-readable', path, 'expected a table file, found a folder; name a file inside it')
    }
  } catch (error) {
    throw fileProblem(error, path, 'read')
  }
  if (COMPRESSED.includes(extension)) return openCompressed(path, path, reading)
  return openKnown(extension, path, path, reading, name)
}

/** As `openAs`, or a message that lists the supported extensions. */
function openKnown(extension: string, path: string, shown: string, reading: Reading, name?: string): Promise<Table> {
  if (!EXTENSIONS.includes(extension)) {
    const found = extension === '' ? 'no extension' : `"${extension}"`
    const known = [...EXTENSIONS, ...COMPRESSED.map((one) => `.csv${one}`)].join(', ')
    throw new ProblemError('not-a-table', shown, `expected a table in ${known}, found ${found}`)
  }
  return openAs(extension, path, shown, reading, name)
}

/** A file such as `rows.csv.gz`, decompressed into a temporary file, since a table is read more than once. */
function openCompressed(path: string, shown: string, reading: Reading): Promise<Table> {
  const packed = extname(path).toLowerCase()
  const inner = extname(basename(path, extname(path))).toLowerCase()
  return openTemporary(inner, shown, reading, (into) => unpack(path, shown, packed, into, fileLimit(reading.mostBytes)))
}

/** A file at an http or https address, downloaded into a temporary file. */
async function openAddress(address: string, reading: Reading): Promise<Table> {
  const extension = extensionAt(address)
  const limit = fileLimit(reading.mostBytes)
  if (!COMPRESSED.includes(extension))
    return openTemporary(extension, address, reading, (into) => download(address, into, limit))
  const folder = temporaryFolder()
  try {
    const path = join(folder.path, fileNameOf(address))
    await download(address, path, limit)
    return await openCompressed(path, address, reading)
  } finally {
    folder.discard()
  }
}

/** A table in a file that `write` creates and that is deleted when the table is closed. */
async function openTemporary(
  extension: string,
  shown: string,
  reading: Reading,
  write: (into: string) => Promise<void>,
): Promise<Table> {
  const folder = temporaryFolder()
  try {
    const path = join(folder.path, `table${extension}`)
    await write(path)
    return discarding(await openKnown(extension, path, shown, reading), folder)
  } catch (error) {
    folder.discard()
    throw shownAs(shown, folder, error)
  }
}

/** A problem of a temporary file as one of the file that it stands for. */
function shownAs(shown: string, folder: TemporaryFolder, error: unknown): unknown {
  if (!(error instanceof ProblemError)) return error
  const [{ path, message }] = error.problem.issues
  return path.startsWith(folder.path) ? new ProblemError(error.problem.kind, shown, message) : error
}

const discarding = (table: Table, folder: TemporaryFolder): Table => ({
  ...table,
  close() {
    table.close()
    folder.discard()
  },
})

/** Splits `file.sqlite#name` into file and table. A file with exactly this name takes precedence. */
function withoutTable(given: string): { path: string; name?: string } {
  const at = given.lastIndexOf('#')
  const path = given.slice(0, at)
  const isDatabase = at > 0 && DATABASES.includes(extname(path).toLowerCase()) && !existsSync(given)
  return isDatabase ? { path, name: given.slice(at + 1) } : { path: given }
}

/** Opens the file at `path`, named `shown` in messages, by the given extension. */
async function openAs(extension: string, path: string, shown: string, reading: Reading, name?: string): Promise<Table> {
  if (!(extension in DELIMITERS)) refuseTextFlags(reading, shown)
  if (reading.sheet !== undefined && extension !== '.xlsx') refuseSheet(shown)
  const typed = typedReading(reading)
  if (extension === '.duckdb') return openDuckdb(path, name, typed)
  if (extension === '.npy') return openNpy(path, shown, typed)
  if (SPARSE.includes(extension)) {
    refuseMissing(reading, shown)
    return openLibsvm(path, { features: reading.features?.map(({ name }) => name), base: reading.firstIndex }, shown)
  }
  const reader = READERS[extension]
  if (reader === 'read_parquet') return openParquet([path], shown, typed)
  if (reader !== undefined) {
    await checkNesting(path, shown, extension !== '.json')
    return openTyped(`${reader}(${quoted(literalGlob(path))})`, shown, { reading: typed })
  }
  const load = LOADERS[extension]
  if (load !== undefined) return openLoaded(await load(path, name, shown, reading), shown, typed)
  return openCsv([path], shown, textReading(extension, reading))
}

/** Options for text tables do not apply to a self-describing file. */
function refuseTextFlags({ delimiter, decimal }: Reading, shown: string): void {
  const given = Object.entries({ delimiter, decimal }).flatMap(([name, value]) => (value ? [name] : []))
  if (given.length === 0) return
  throw new ProblemError(
    'choice',
    shown,
    `expected a text table (.csv, .tsv, .txt) for ${given.join(', ')}, found another kind`,
  )
}

/** Sparse rows have no missing values. */
function refuseMissing({ missing = [] }: Reading, shown: string): void {
  if (missing.length === 0) return
  throw new ProblemError(
    'choice',
    shown,
    'expected a table with missing values for missing, found libsvm; leave them out of its rows: what is not there is 0',
  )
}

function refuseSheet(shown: string): never {
  throw new ProblemError('choice', shown, 'expected a workbook (.xlsx) for sheet, found another kind')
}

/** The files that match a pattern, sorted by name, as one table. */
async function openSeveral(pattern: string, extension: string, reading: Reading): Promise<Table> {
  const files = await filesOf(pattern)
  if (files.length === 0) throw new ProblemError('not-found', pattern, 'no file matches this pattern')
  if (!(extension in DELIMITERS)) refuseTextFlags(reading, pattern)
  const reader = READERS[extension]
  if (reader === 'read_parquet') return openParquet(files, pattern, typedReading(reading))
  if (reader !== undefined) for (const file of files) await checkNesting(file, file, extension !== '.json')
  if (reader !== undefined)
    return openTyped(`${reader}([${files.map((file) => quoted(literalGlob(file))).join(', ')}])`, pattern, {
      reading: typedReading(reading),
    })
  if (extension in DELIMITERS) return openCsv(files, pattern, textReading(extension, reading))
  const known = [...Object.keys(DELIMITERS), ...Object.keys(READERS)].join(', ')
  throw new ProblemError('not-a-table', pattern, `expected a pattern that ends in ${known}`)
}

/** Standard input can be read once and a table is read twice, so it is copied into a temporary file. */
async function openStandardInput(reading: Reading): Promise<Table> {
  const folder = temporaryFolder()
  try {
    const path = join(folder.path, 'input')
    await pipeline(process.stdin, createWriteStream(path)).catch((error) => {
      throw fileProblem(error, 'standard input', 'read')
    })
    return discarding(await openAs(await extensionOf(path), path, 'standard input', reading), folder)
  } catch (error) {
    folder.discard()
    throw shownAs('standard input', folder, error)
  }
}
