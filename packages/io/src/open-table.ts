import { createWriteStream, rmSync } from 'node:fs'
import { mkdtemp, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type Result from 'true-myth/result'
import { openCsv } from './csv/csv-table.ts'
import { fileProblem } from './file-problem.ts'
import { type Problem, ProblemError, settle } from './problem.ts'
import type { Table } from './table.ts'

/** The text tables we read, by extension; a delimiter that is not fixed is found in the first line. */
const DELIMITERS: Readonly<Record<string, string | undefined>> = {
  '.csv': undefined,
  '.tsv': '\t',
  '.tab': '\t',
  '.txt': undefined,
}

/** Opens a table: a `.csv`, `.tsv`, `.tab` or `.txt` file, or `-` for CSV on standard input. Close it when done. */
export function openTable(path: string): Promise<Result<Table, Problem>> {
  return settle(() => (path === '-' ? openStandardInput() : openFile(path)))
}

async function openFile(path: string): Promise<Table> {
  const extension = extname(path).toLowerCase()
  const known = Object.keys(DELIMITERS)
  try {
    if ((await stat(path)).isDirectory()) {
      throw new ProblemError('not-readable', path, 'expected a table file, found a folder; name a file inside it')
    }
  } catch (error) {
    throw fileProblem(error, path, 'read')
  }
  if (!known.includes(extension)) {
    const found = extension === '' ? 'no extension' : `"${extension}"`
    throw new ProblemError('not-a-table', path, `expected a table in ${known.join(', ')}, found ${found}`)
  }
  return openCsv(path, path, DELIMITERS[extension])
}

/** Standard input can be read once and a table is read twice, so it is kept in a temporary file meanwhile. */
async function openStandardInput(): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'som-'))
  const discard = (): void => {
    rmSync(folder, { recursive: true, force: true })
    process.off('exit', discard)
  }
  process.on('exit', discard)
  try {
    const path = join(folder, 'input.csv')
    await pipeline(process.stdin, createWriteStream(path)).catch((error) => {
      throw fileProblem(error, 'standard input', 'read')
    })
    const table = await openCsv(path, 'standard input')
    return {
      ...table,
      close() {
        table.close()
        discard()
      },
    }
  } catch (error) {
    discard()
    throw error
  }
}
