import { stat } from 'node:fs/promises'
import { fileProblem } from '../file-problem.ts'
import { ProblemError } from '../problem.ts'
import { chooseTable } from './choose-table.ts'
import type { Loading } from './loaded-table.ts'
import { partsOfRows } from './parts-of-rows.ts'

/**
 * One table of a SQLite file: the only one, or the named one. Cells are read as text, since SQLite columns have no
 * fixed types.
 */
export async function loadSqlite(path: string, name: string | undefined): Promise<Loading> {
  await stat(path).catch((error) => {
    throw fileProblem(error, path, 'read')
  })
  const { default: Sqlite } = await import('libsql')
  try {
    const db = new Sqlite(path, { readonly: true })
    const found: unknown[] = db
      .prepare(
        `SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name`,
      )
      .all()
    const chosen = chooseTable(
      path,
      found.flatMap((row) => (isNamed(row) ? [row.name] : [])),
      name,
    )
    const statement = db.prepare(`SELECT * FROM "${chosen.replaceAll('"', '""')}"`)
    const columns = statement.columns().map(({ name }) => ({ name, type: 'VARCHAR' as const }))
    return {
      columns,
      parts: partsOfRows(
        rowsOf(statement.raw(true).iterate(), () => db.close()),
        columns.length,
      ),
    }
  } catch (error) {
    if (error instanceof ProblemError || !(error instanceof Error)) throw error
    throw new ProblemError('not-a-table', path, `expected a SQLite database, found: ${error.message}`)
  }
}

function* rowsOf(rows: Iterable<unknown>, close: () => void): Generator<(string | null)[]> {
  try {
    for (const row of rows) if (Array.isArray(row)) yield row.map(cellOf)
  } finally {
    close()
  }
}

function cellOf(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null
  return cell instanceof Uint8Array ? null : String(cell)
}

const isNamed = (row: unknown): row is { name: string } =>
  typeof row === 'object' && row !== null && 'name' in row && typeof row.name === 'string'
