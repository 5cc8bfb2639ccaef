import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, extname, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { openTable, type Problem, readModel, temporaryFolder, writeTable } from '@som/io'
import Result from 'true-myth/result'

/** A file that the page may ask for. */
export interface Offered {
  readonly name: string
  /** As the user wrote it, for commands that the page prints. */
  readonly path: string
  readonly bytes: number
  /** Changes when the file does. */
  readonly key: string
  read(): Readable
}

/** What the studio begins with. */
export interface Session {
  readonly table: Offered | null
  readonly map: Offered | null
  close(): void
}

/** Tables that a page reads itself; others become CSV first. */
const READ_IN_PAGES = ['.csv', '.tsv', '.txt', '.tab', '.parquet', '.arrow', '.arrows', '.feather', '.ipc', '.xlsx']

/** Finds the files that the user named. */
export async function sessionOf(table: string | undefined, map: string | undefined): Promise<Result<Session, Problem>> {
  const close: (() => void)[] = []
  const offeredMap = map === undefined ? Result.ok<Offered | null, Problem>(null) : await mapOf(map)
  if (offeredMap.isErr) return Result.err(offeredMap.error)
  const offered = table === undefined ? Result.ok<Offered | null, Problem>(null) : await tableOf(table, close)
  if (offered.isErr) return Result.err(offered.error)
  return Result.ok({
    table: offered.value,
    map: offeredMap.value,
    close: () => {
      for (const each of close) each()
    },
  })
}

async function mapOf(path: string): Promise<Result<Offered | null, Problem>> {
  const som = await readModel(path)
  return som.isErr ? Result.err(som.error) : fileAt(path, path)
}

async function tableOf(path: string, close: (() => void)[]): Promise<Result<Offered | null, Problem>> {
  if (READ_IN_PAGES.includes(extname(path).toLowerCase())) {
    const file = await fileAt(path, path)
    if (file.isOk) return file
  }
  const table = await openTable(path)
  if (table.isErr) return Result.err(table.error)
  const folder = temporaryFolder()
  close.push(folder.discard)
  try {
    const name = `${basename(path, extname(path)).replace(/[^\w.-]+/g, '-') || 'table'}.csv`
    const written = await writeTable(join(folder.path, name), table.value, [], NOTHING)
    if (written.isErr) return Result.err(written.error)
    return fileAt(join(folder.path, name), path)
  } finally {
    table.value.close()
  }
}

const NOTHING = { names: [], types: [], cells: async () => [] }

async function fileAt(at: string, path: string): Promise<Result<Offered | null, Problem>> {
  const found = await stat(at).catch(() => null)
  if (found === null) return Result.err({ kind: 'not-found', issues: [{ path, message: 'no such file' }] })
  if (!found.isFile())
    return Result.err({ kind: 'not-readable', issues: [{ path, message: 'expected a file, found a folder' }] })
  return Result.ok({
    name: basename(at),
    path,
    bytes: found.size,
    key: `${resolve(path)} ${found.size} ${found.mtimeMs}`,
    read: () => createReadStream(at),
  })
}
