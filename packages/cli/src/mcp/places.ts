import { lstat, realpath } from 'node:fs/promises'
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path'
import type { Issue } from '@som/core'
import { isWithin } from '@som/server/command'
import Result from 'true-myth/result'

/** Databases of which one table is named after `#`. */
const WITH_TABLES = ['.sqlite', '.sqlite3', '.db']

/**
 * The path in the folder of a file to read, given relative to it or absolute. Nothing outside the folder is read: no
 * `..` or link leads out of it, and neither an address nor a query is a file. `file.sqlite#name` is a table of a
 * database.
 */
export async function placeToRead(folder: string, path: string, given: string): Promise<Result<string, Issue>> {
  const refuse = (message: string): Result<string, Issue> => Result.err({ path, message })
  const [file, table] = withoutTable(given)
  // Views of such a database can read any other file.
  if (extname(file).toLowerCase() === '.duckdb')
    return refuse('expected another table than of DuckDB; export it to Parquet')
  const real = file.includes('\0') ? null : await realpath(resolve(folder, file)).catch(() => null)
  if (real === null || !isWithin(folder, real))
    return refuse(`expected a file in ${folder}, found none at ${told(given)}`)
  return Result.ok(wordOf(folder, real) + table)
}

/**
 * The path in the folder of a file to write. Its own folder must exist, and another file is replaced only if
 * `overwrites`.
 */
export async function placeToWrite(
  folder: string,
  path: string,
  given: string,
  overwrites: boolean,
): Promise<Result<string, Issue>> {
  const refuse = (message: string): Result<string, Issue> => Result.err({ path, message })
  const wanted = resolve(folder, given)
  const parent = given.includes('\0') ? null : await realpath(dirname(wanted)).catch(() => null)
  if (parent === null || !(parent === folder || isWithin(folder, parent)))
    return refuse(`expected a file in ${folder}, found ${told(given)}`)
  const place = join(parent, basename(wanted))
  const found = await lstat(place).catch(() => null)
  if (found !== null && !found.isFile()) return refuse(`expected a file, found something else at ${told(given)}`)
  if (found !== null && !overwrites) return refuse(`${told(given)} is there already; overwrite: true replaces it`)
  return Result.ok(wordOf(folder, place))
}

/** A path as a word for a command that runs in the folder: neither a flag, nor a query, nor an address. */
function wordOf(folder: string, place: string): string {
  const way = relative(folder, place)
  return /^\w[\w./-]*$/.test(way) ? way : `.${sep}${way}`
}

function withoutTable(given: string): [file: string, table: string] {
  const at = given.lastIndexOf('#')
  const isTable = at > 0 && WITH_TABLES.includes(extname(given.slice(0, at)).toLowerCase())
  return isTable ? [given.slice(0, at), given.slice(at)] : [given, '']
}

const MOST_TOLD = 200
const told = (text: string): string => JSON.stringify(text.length > MOST_TOLD ? `${text.slice(0, MOST_TOLD)}…` : text)
