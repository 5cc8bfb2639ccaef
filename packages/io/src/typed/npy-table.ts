import { withIndex } from '../cell/index-column.ts'
import { numbered } from '../codebooks/codebook.ts'
import { ProblemError } from '../problem.ts'
import { type Column, checkWidth, type Table } from '../table.ts'
import { type Loading, openLoaded, type Part } from './loaded-table.ts'
import { type NpyFile, npyFile } from './npy-file.ts'
import type { TypedReading } from './typed-table.ts'

/**
 * Opens NumPy's .npy, named `shown` in messages. Its numbers are read from the file. What asks for cells as text, such
 * as writing the table again, has them from a database that is made when first needed. Throws a ProblemError.
 */
export async function openNpy(path: string, shown: string, reading: TypedReading = {}): Promise<Table> {
  const file = await npyFile(path)
  // Cells that mean a missing value are compared as text.
  if (reading.missing?.length) return openLoaded(loadNpy(file), shown, reading)
  checkWidth(file.columns, shown)
  if (file.rows === 0) throw new ProblemError('not-a-table', shown, 'expected at least one row, found none')
  const columns = withIndex(await inspected(file))
  let loaded: Table | undefined
  const inDatabase = async (): Promise<Table> => {
    loaded ??= await openLoaded(loadNpy(file), shown)
    return loaded
  }
  return {
    name: shown,
    rows: file.rows,
    columns,
    notes: [],
    isSingle: file.isSingle,
    async *chunks(asNumbers, asText = []) {
      if (asText.length > 0) yield* (await inDatabase()).chunks(asNumbers, asText)
      else for await (const { rows, numbers } of file.blocks(asNumbers)) yield { rows, numbers, text: [] }
    },
    levels: async (column, most) => (await inDatabase()).levels(column, most),
    relation: async () => (await inDatabase()).relation?.(),
    close: () => loaded?.close(),
  }
}

/** The file as columns for a database, whose table of it is the same: the plain way to read it. */
export function loadNpy(file: NpyFile): Loading {
  const type = 'DOUBLE'
  const all = Array.from({ length: file.columns }, (_, f) => f)
  async function* parts(): AsyncGenerator<Part> {
    for await (const { rows, numbers } of file.blocks(all)) {
      const columns = all.map((f) => Float64Array.from({ length: rows }, (_, i) => numbers[i * all.length + f]))
      yield { rows, columns }
    }
  }
  return { columns: numbered(file.columns).map((name) => ({ name, type })), parts: parts() }
}

/** What is in each column, in one pass. */
async function inspected(file: NpyFile): Promise<Column[]> {
  const width = file.columns
  const all = Array.from({ length: width }, (_, f) => f)
  const odd = new Map<number, NonNullable<Column['odd']>>()
  let unseen = file.isWhole ? [] : all
  let counters: readonly Counter[] = []
  let row = 0
  for await (const { rows, numbers } of file.blocks(all)) {
    if (!file.isWhole) noteOdd(numbers, width, row, odd)
    unseen = unseen.filter((f) => isEmpty(numbers, f, width))
    if (row === 0) counters = all.flatMap((f) => startOf(numbers, f, width, file.rows))
    counters = counters.filter(({ column, offset }) => countsOn(numbers, column, width, row, offset))
    row += rows
  }
  return numbered(width).map((name, f): Column => {
    const found = odd.get(f)
    const counter = counters.some(({ column }) => column === f)
    if (unseen.includes(f)) return { name, kind: 'empty', counter }
    return { name, kind: 'number', counter, ...(found && { odd: found }) }
  })
}

type Numbers = Float32Array | Float64Array

/** Notes the first infinite number of each column. */
function noteOdd(numbers: Numbers, width: number, before: number, odd: Map<number, NonNullable<Column['odd']>>): void {
  for (let at = 0; at < numbers.length; at++) {
    const x = numbers[at]
    // Of finite numbers alone the difference is 0; one test a number.
    if (x - x === 0 || Number.isNaN(x)) continue
    const column = at % width
    if (!odd.has(column)) odd.set(column, { row: before + Math.floor(at / width) + 1, value: x > 0 ? 'inf' : '-inf' })
  }
}

function isEmpty(numbers: Numbers, column: number, width: number): boolean {
  for (let at = column; at < numbers.length; at += width) if (!Number.isNaN(numbers[at])) return false
  return true
}

/** A column that may number the rows: that of row `i`, from 1, is `i + offset`. */
interface Counter {
  readonly column: number
  readonly offset: number
}

/** A column of at least three rows whose first two numbers are whole, and the second one more than the first. */
function startOf(numbers: Numbers, column: number, width: number, rows: number): Counter[] {
  const [first, second] = [numbers[column], numbers[width + column]]
  return rows >= 3 && Number.isInteger(first) && second === first + 1 ? [{ column, offset: first - 1 }] : []
}

function countsOn(numbers: Numbers, column: number, width: number, before: number, offset: number): boolean {
  for (let at = column, i = before + 1; at < numbers.length; at += width, i++)
    if (numbers[at] - i !== offset) return false
  return true
}
