import { spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { fileProblem } from '../file-problem.ts'
import { ProblemError } from '../problem.ts'
import { chooseTable } from './choose-table.ts'
import type { Loading } from './loaded-table.ts'
import { partsOfRows } from './parts-of-rows.ts'
import { SQLITE_READER } from './sqlite-reader.ts'

const require = createRequire(import.meta.url)

type Row = readonly (string | null)[]

/**
 * One table of a SQLite file: the only one, or the named one. Cells are read as text, since SQLite columns have no
 * fixed types.
 */
export async function loadSqlite(path: string, name: string | undefined): Promise<Loading> {
  await stat(path).catch((error) => {
    throw fileProblem(error, path, 'read')
  })
  const lines = linesOf(path, name)
  const tables = listIn(await next(lines, path), 'tables')
  try {
    chooseTable(path, tables, name)
    const columns = listIn(await next(lines, path), 'columns')
    return {
      columns: columns.map((column) => ({ name: column, type: 'VARCHAR' as const })),
      parts: partsOfRows(rowsOf(lines, path), columns.length),
    }
  } catch (error) {
    await lines.return(undefined)
    throw error
  }
}

async function* rowsOf(lines: AsyncGenerator<unknown>, path: string): AsyncGenerator<Row> {
  for (;;) {
    const found = await next(lines, path)
    if (!Array.isArray(found)) return
    yield* found as Row[] // the reader's own lists
  }
}

/**
 * What the reader says next. Throws a ProblemError where it says that something is wrong, or where it has ended before
 * its end.
 */
async function next(lines: AsyncGenerator<unknown>, path: string): Promise<unknown> {
  const { done, value } = await lines.next()
  const error: unknown = typeof value === 'object' && value !== null && 'error' in value ? value.error : undefined
  if (!done && error === undefined) return value
  await lines.return(undefined)
  const isDamaged = error === undefined || /malformed|corrupt/i.test(String(error))
  const found = isDamaged ? ' a damaged one' : `: ${error}`
  throw new ProblemError('not-a-table', path, `expected a SQLite database, found${found}`)
}

/** Values of the reader, which ends where they are no longer asked for. */
async function* linesOf(path: string, name: string | undefined): AsyncGenerator<unknown> {
  const words = [require.resolve('libsql'), path, ...(name === undefined ? [] : [name])]
  const child = spawn(process.execPath, ['--eval', SQLITE_READER, '--', ...words], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  child.on('error', () => undefined)
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const value: unknown = JSON.parse(line)
      yield value
      if (typeof value === 'object' && value !== null && 'end' in value) return
    }
  } finally {
    child.kill()
  }
}

function listIn(value: unknown, name: string): string[] {
  const list: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  return Array.isArray(list) ? list.map(String) : []
}
