import { basename } from 'node:path'
import type { KeptTables } from '../data/kept-tables.ts'
import { Refused } from '../problem.ts'
import type { KeepTable } from '../registry/room.ts'
import { openAllowed } from './allowed-path.ts'
import { type AllowedUrls, allowedUrl, fetchAllowed } from './fetch-allowed.ts'
import type { KeptRequest } from './job.ts'
import type { TableSource } from './request.ts'
import { extensionOfName, KEPT_EXTENSIONS, TABLE_NAMES, TABLE_TYPES } from './table-formats.ts'

/** What a table that was uploaded is called: it came without a name. */
export const UPLOADED = 'table'

/** Where tables may come from. */
export interface TableRules extends AllowedUrls {
  readonly roots: readonly string[]
}

/**
 * Copies the table of a request into the server's files, so that a resumed job has the same rows. Throws a `Refused`.
 */
export async function keepTable(
  source: TableSource,
  tables: KeptTables,
  rules: TableRules,
  keep: KeepTable,
): Promise<KeptRequest['table']> {
  if ('upload' in source) return keptUpload(source.upload, tables)
  if ('path' in source) return copyFile(source.path, rules, keep)
  return fetchTable(source.url, rules, keep)
}

function keptUpload(digest: string, tables: KeptTables): KeptRequest['table'] {
  const extension = KEPT_EXTENSIONS.find((each) => tables.has(digest, each))
  if (extension === undefined)
    throw new Refused(404, [{ path: 'table.upload', message: 'no such upload; post the table to /v1/tables' }])
  return { digest, extension, shown: UPLOADED }
}

async function copyFile(path: string, { roots }: TableRules, keep: KeepTable): Promise<KeptRequest['table']> {
  const { file, real } = await openAllowed(path, roots)
  try {
    const extension = extensionOfName(real)
    if (extension === null) throw unknownKind('table.path')
    const { digest } = await keep(file.createReadStream({ autoClose: false }), extension)
    return { digest, extension, shown: basename(real) }
  } catch (error) {
    // A failing disk is the server's fault; a file that cannot be read is the caller's.
    if (error instanceof Refused || !(error instanceof Error && 'code' in error)) throw error
    throw new Refused(422, [{ path: 'table.path', message: 'cannot be read' }])
  } finally {
    await file.close()
  }
}

async function fetchTable(text: string, rules: TableRules, keep: KeepTable): Promise<KeptRequest['table']> {
  const url = allowedUrl(text, rules)
  const answer = await fetchAllowed(url, rules)
  const type = (answer.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase()
  const extension = extensionOfName(url.pathname) ?? (Object.hasOwn(TABLE_TYPES, type) ? TABLE_TYPES[type] : null)
  try {
    if (extension === null) throw unknownKind('table.url')
    const { digest } = await keep(answer, extension)
    return { digest, extension, shown: basename(url.pathname) || url.hostname }
  } catch (error) {
    if (error instanceof Refused) throw error
    throw new Refused(422, [{ path: 'table.url', message: 'ended too early' }])
  } finally {
    answer.destroy()
  }
}

const unknownKind = (path: string): Refused =>
  new Refused(422, [{ path, message: `expected a table in ${TABLE_NAMES}` }])
