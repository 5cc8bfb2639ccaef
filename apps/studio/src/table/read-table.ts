import { selectColumns, type Table } from '@som/io'
import type { ColumnData, TableData } from './table-data.ts'

/** All cells of an open table as typed arrays. Throws a ProblemError where reading fails. */
export async function readTable(table: Table): Promise<TableData> {
  const isText = table.columns.map(({ kind }) => kind === 'text')
  const numeric = table.columns.flatMap((_, i) => (isText[i] ? [] : [i]))
  const texts = table.columns.flatMap((_, i) => (isText[i] ? [i] : []))
  const numbers = numeric.map(() => new Float64Array(table.rows))
  const coded = texts.map(() => new Coded(table.rows))
  let row = 0
  for await (const chunk of table.chunks(numeric, texts)) {
    for (let k = 0; k < numeric.length; k++)
      for (let i = 0; i < chunk.rows; i++) numbers[k][row + i] = chunk.numbers[i * numeric.length + k]
    for (let k = 0; k < texts.length; k++) for (let i = 0; i < chunk.rows; i++) coded[k].put(row + i, chunk.text[k][i])
    row += chunk.rows
  }
  const why = reasons(table)
  const columns = table.columns.map(({ name, kind }, i): ColumnData => {
    const own = isText[i] ? coded[texts.indexOf(i)] : null
    const values = isText[i] ? null : numbers[numeric.indexOf(i)]
    const gone = own ? count(own.codes, (code) => code < 0) : count(values ?? [], Number.isNaN)
    return {
      name,
      kind,
      missing: table.rows > 0 ? gone / table.rows : 0,
      numbers: values,
      codes: own?.codes ?? null,
      levels: own?.levels ?? [],
      leftOut: why.get(name) ?? null,
    }
  })
  return { name: table.name, rows: table.rows, columns, notes: table.notes }
}

function reasons(table: Table): Map<string, string> {
  const selection = selectColumns(table)
  if (selection.isOk) return new Map(selection.value.leftOut.map(({ name, reason }) => [name, reason]))
  // No column is a feature on its own: each says why in the message.
  return new Map(table.columns.map(({ name, kind }) => [name, kind === 'text' ? 'text' : kind]))
}

function count(values: ArrayLike<number>, is: (value: number) => boolean): number {
  let found = 0
  for (let i = 0; i < values.length; i++) if (is(values[i])) found++
  return found
}

/** Texts as places in the list of those that differ. */
class Coded {
  readonly codes: Int32Array
  readonly levels: string[] = []
  private readonly places = new Map<string, number>()

  constructor(rows: number) {
    this.codes = new Int32Array(rows).fill(-1)
  }

  put(row: number, text: string | null): void {
    if (text === null || text.trim() === '') return
    let place = this.places.get(text)
    if (place === undefined) {
      place = this.levels.push(text) - 1
      this.places.set(text, place)
    }
    this.codes[row] = place
  }
}
