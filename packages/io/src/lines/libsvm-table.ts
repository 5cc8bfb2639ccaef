import type { Column, Table } from '../table.ts'
import { type IndexChoice, readLibsvm, type SparseTable } from './libsvm.ts'

const BATCH = 2048

/**
 * Opens a libsvm file: a column `target`, and one column per index. The rows stay sparse in `sparse`. Throws a
 * ProblemError.
 */
export async function openLibsvm(path: string, choice: IndexChoice = {}, shown: string = path): Promise<Table> {
  const found = await readLibsvm(path, choice, shown)
  const target: Column = { name: 'target', kind: 'text', counter: false, odd: { row: 1, value: found.targets[0] } }
  const features = found.matrix.names.map((name): Column => ({ name, kind: 'number', counter: false }))
  return {
    name: shown,
    rows: found.matrix.rows,
    columns: [target, ...features],
    notes: [],
    sparse: found,
    async *chunks(asNumbers, asText = []) {
      for (let from = 0; from < found.matrix.rows; from += BATCH) {
        const rows = Math.min(BATCH, found.matrix.rows - from)
        const text = asText.map((column) => textOf(found, column, from, rows))
        yield { rows, numbers: numbersOf(found, asNumbers, from, rows), text }
      }
    },
    async levels(_, most) {
      return [...new Set(found.targets)].sort().slice(0, most)
    },
    close: () => {},
  }
}

function numbersOf({ matrix }: SparseTable, columns: readonly number[], from: number, rows: number): Float64Array {
  const numbers = new Float64Array(rows * columns.length)
  const places = new Map(columns.map((column, k) => [column - 1, k]))
  for (let i = 0; i < rows; i++) {
    for (let p = matrix.offsets[from + i]; p < matrix.offsets[from + i + 1]; p++) {
      const k = places.get(matrix.indices[p])
      if (k !== undefined) numbers[i * columns.length + k] = matrix.values[p]
    }
  }
  return numbers
}

function textOf(found: SparseTable, column: number, from: number, rows: number): string[] {
  if (column === 0) return found.targets.slice(from, from + rows)
  const numbers = numbersOf(found, [column], from, rows)
  return Array.from(numbers, String)
}
