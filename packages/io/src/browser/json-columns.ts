import { ProblemError } from '../problem.ts'
import type { Cell } from './column-of.ts'

/**
 * The columns of a JSON file: a list of objects, or one object per line (NDJSON). Names come in the order in which they
 * first appear. Throws a ProblemError.
 */
export function jsonColumns(name: string, bytes: Uint8Array): { readonly name: string; readonly cells: Cell[] }[] {
  const text = new TextDecoder().decode(bytes).trim()
  if (text === '') throw new ProblemError('not-a-table', name, 'expected a table, found an empty file')
  const records = recordsOf(text, name)
  if (!records.every(isRecord))
    throw new ProblemError('not-a-table', name, 'expected a list of objects, or one object per line, found other JSON')
  const columns = new Map<string, Cell[]>()
  records.forEach((record, row) => {
    for (const [column, value] of Object.entries(record)) {
      const cells = columns.get(column) ?? new Array<Cell>(records.length).fill(null)
      columns.set(column, cells)
      cells[row] = cellOf(value)
    }
  })
  return Array.from(columns, ([column, cells]) => ({ name: column, cells }))
}

/** The values of a list or of lines; one object over many lines is a table of one row. */
function recordsOf(text: string, name: string): unknown[] {
  try {
    const whole = parsed(text, name, '')
    return Array.isArray(whole) ? whole : [whole]
  } catch (error) {
    if (text.startsWith('[')) throw error
    return linesOf(text, name)
  }
}

function linesOf(text: string, name: string): unknown[] {
  return text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [parsed(line, name, `line ${i + 1}: `)]))
}

function parsed(text: string, name: string, where: string): unknown {
  try {
    return JSON.parse(text.includes('NaN') || text.includes('Infinity') ? withoutPython(text) : text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new ProblemError('not-a-table', name, `${where}expected JSON, found: ${why}`)
  }
}

/** Python writes NaN and Infinity, which JSON lacks: a missing value, and a number that is too large. */
const withoutPython = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|NaN|Infinity/g, (found) =>
    found === 'NaN' ? 'null' : found === 'Infinity' ? '1e999' : found,
  )

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function cellOf(value: unknown): Cell {
  if (value === null || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string')
    return value
  return JSON.stringify(value)
}
