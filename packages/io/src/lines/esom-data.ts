import { ProblemError } from '../problem.ts'
import type { Loading } from '../typed/loaded-table.ts'
import { partsOfRows } from '../typed/parts-of-rows.ts'
import { linesOf } from './lines.ts'

/** The kinds of .lrn columns, by number. */
const KINDS: Readonly<Record<string, 'data' | 'key' | 'class' | 'ignored'>> = {
  '0': 'ignored',
  '1': 'data',
  '3': 'class',
  '9': 'key',
}

interface Head {
  readonly names: readonly string[]
  readonly kinds: readonly string[]
}

/**
 * The Databionic ESOM tools' .lrn: `% rows`, `% columns`, `% kinds` (1 data, 9 key, 3 class, 0 ignored), `% names`,
 * then one row per line, separated by tabs. Ignored columns are left out; key and class are text. A. Ultsch, F.
 * Mörchen, ESOM-Maps, technical report 46, Marburg 2005.
 */
export async function loadEsomData(path: string): Promise<Loading> {
  const { names, kinds } = await headOf(path)
  const kept = kinds.flatMap((kind, i) => (kind === 'ignored' ? [] : [i]))
  return {
    columns: kept.map((i) => ({ name: names[i], type: kinds[i] === 'data' ? 'DOUBLE' : 'VARCHAR' })),
    parts: partsOfRows(rowsOf(path, kinds, kept), kept.length),
  }
}

async function headOf(path: string): Promise<Head> {
  const heads: string[][] = []
  for await (const { text } of linesOf(path, path)) {
    if (text.startsWith('#')) continue
    if (!text.startsWith('%')) break
    heads.push(
      text
        .slice(1)
        .trim()
        .split(/\t|\s+/),
    )
  }
  const [rows, columns, kinds, names] = heads
  const width = Number(columns?.[0])
  if (!(Number(rows?.[0]) >= 0) || !(width > 0)) {
    throw new ProblemError('not-a-table', path, 'expected "% rows" and "% columns" first, found neither')
  }
  const known = kinds?.map((kind) => KINDS[kind])
  if (known?.length !== width || known.includes(undefined as never)) {
    throw new ProblemError(
      'not-a-table',
      path,
      `expected ${width} kinds of columns (9 key, 1 data, 3 class, 0 ignored) in the third line, found ${kinds?.join(' ') ?? 'none'}`,
    )
  }
  const all = names?.length === width ? names : known.map((_, i) => `column ${i + 1}`)
  return { kinds: known, names: all.map((name, i) => (all.indexOf(name) === i ? name : `${name} (${i + 1})`)) }
}

async function* rowsOf(
  path: string,
  kinds: readonly string[],
  kept: readonly number[],
): AsyncGenerator<(number | string | null)[]> {
  for await (const { text, line } of linesOf(path, path)) {
    if (/^[%#]/.test(text)) continue
    const cells = text.split('\t').length === kinds.length ? text.split('\t') : text.trim().split(/\s+/)
    if (cells.length !== kinds.length) {
      throw new ProblemError('not-a-table', path, `line ${line}: expected ${kinds.length} cells, found ${cells.length}`)
    }
    yield kept.map((from) => (kinds[from] === 'data' ? numberOf(cells[from].trim(), line, path) : cells[from].trim()))
  }
}

function numberOf(cell: string, line: number, path: string): number | null {
  if (/^(nan|\?|)$/i.test(cell)) return null
  const value = Number(cell)
  if (!Number.isNaN(value)) return value
  throw new ProblemError('not-a-table', path, `line ${line}: expected a number, found ${JSON.stringify(cell)}`)
}
