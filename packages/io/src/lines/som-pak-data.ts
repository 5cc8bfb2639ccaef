import { numbered } from '../codebooks/codebook.ts'
import { ProblemError } from '../problem.ts'
import type { Loading } from '../typed/loaded-table.ts'
import { partsOfRows } from '../typed/parts-of-rows.ts'
import { linesOf } from './lines.ts'

const LABEL = 'label'

/**
 * SOM_PAK's .dat: the number of features in the first line, then one row per line, `x` for a missing value, labels
 * after the numbers, comments after `#`, names after `#n`. T. Kohonen et al., SOM_PAK: the self-organizing map program
 * package, 1996.
 */
export async function loadSomPakData(path: string): Promise<Loading> {
  const { width, names } = await headOf(path)
  const taken = new Set(names)
  let label = LABEL
  while (taken.has(label)) label += '_'
  return {
    columns: [...names.map((name) => ({ name, type: 'DOUBLE' }) as const), { name: label, type: 'VARCHAR' }],
    parts: partsOfRows(rowsOf(path, width), width + 1),
  }
}

async function headOf(path: string): Promise<{ width: number; names: string[] }> {
  let names: string[] = []
  for await (const { text, line } of linesOf(path, path)) {
    const [first, ...words] = text.trim().split(/\s+/)
    if (first === '#n') names = words
    if (first.startsWith('#')) continue
    const width = Number(first)
    if (!Number.isInteger(width) || width < 1 || width > 2 ** 20) {
      throw new ProblemError(
        'not-a-table',
        path,
        `line ${line}: expected the number of features, found ${JSON.stringify(first.slice(0, 40))}`,
      )
    }
    // Names may also follow the first line.
    if (names.length === 0) names = await namesIn(path)
    return { width, names: names.length === width ? names : numbered(width) }
  }
  throw new ProblemError('not-a-table', path, 'expected the number of features in the first line, found an empty file')
}

async function namesIn(path: string): Promise<string[]> {
  for await (const { text, line } of linesOf(path, path)) {
    if (text.startsWith('#n')) return text.trim().split(/\s+/).slice(1)
    if (line > 16) return []
  }
  return []
}

async function* rowsOf(path: string, width: number): AsyncGenerator<(number | string | null)[]> {
  let begun = false
  for await (const { text, line } of linesOf(path, path)) {
    if (text.trimStart().startsWith('#')) continue
    if (!begun) {
      begun = true
      continue
    }
    const words = text.trim().split(/\s+/)
    const row = Array.from({ length: width }, (_, f): number | null => {
      const word = words[f]
      const value = word === 'x' ? null : Number(word)
      if (word !== undefined && !Number.isNaN(value)) return value
      const found = word === undefined ? `${words.length}` : JSON.stringify(word)
      throw new ProblemError(
        'not-a-table',
        path,
        `line ${line}: expected ${width} numbers, or x for a missing one, found ${found}`,
      )
    })
    yield [...row, words.slice(width).join(' ') || null]
  }
}
