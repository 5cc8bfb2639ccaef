import { type Backend, type ImputeOptions, imputationColumns, imputeIn, type Som } from '@som/core'
import type { BesideCells, Table } from '@som/io'
import { refuseAny } from '@som/server/command'
import { type AnswersBeside, answersBeside, type OnRows } from '../match/units-beside.ts'
import { counted } from '../text.ts'

/** The cells that are filled in, and the column that says which of a row were, if one is requested. */
export function filledBeside(
  som: Som,
  backend: Backend,
  table: Table,
  options: ImputeOptions,
  mark: string | undefined,
  onRows: OnRows,
): AnswersBeside {
  const taken = table.columns.some(({ name }) => name === mark)
  refuseAny(taken ? [{ path: '--mark', message: `the table already has a column named "${mark}"` }] : [])
  // Of a name that is there twice the first column counts, and a column that is not there is refused later.
  const columns = imputationColumns(som)
    .map((column) => ({ ...column, place: table.columns.findIndex(({ name }) => name === column.name) }))
    .filter(({ place }) => place >= 0)
  const counts = columns.map(() => 0)
  let firstRow = 0
  const beside = answersBeside(
    som,
    backend,
    '',
    columns,
    (session, rows) => {
      const first = firstRow
      firstRow += rows.matrix.rows
      return imputeIn(session, som, rows, options, { firstRow: first })
    },
    onRows,
  )
  // A level that training did not have counts as missing on the map, but it is the user's and stays.
  const kept = new Set<string>()
  return {
    ...beside,
    onNewLevel(column, level, row) {
      kept.add(`${row} ${column}`)
      beside.onNewLevel?.(column, level, row)
    },
    names: mark === undefined ? [] : [mark],
    types: mark === undefined ? [] : ['VARCHAR'],
    fills: columns.map(({ place, kind }) => ({ column: place, type: kind === 'text' ? 'VARCHAR' : 'DOUBLE' })),
    async cells(chunk, first) {
      const found = await beside.cells(chunk, first)
      const cells = columns.map(({ name, kind }, c): BesideCells => {
        const isKept = (i: number): boolean => kept.has(`${first + i} ${name}`)
        // A column of a kind has the cells of that kind.
        if (kind !== 'text') return (found[c] as Float64Array).map((cell, i) => (isKept(i) ? Number.NaN : cell))
        return (found[c] as (string | null)[]).map((cell, i) => (isKept(i) ? null : cell))
      })
      const isFilled = (c: number, i: number): boolean => cells[c][i] !== null && !Number.isNaN(cells[c][i])
      const marks = Array.from({ length: chunk.rows }, (_, i) => {
        const filled = columns.filter((_, c) => isFilled(c, i))
        return filled.length === 0 ? null : filled.map(({ name }) => name).join('; ')
      })
      cells.forEach((of, c) => {
        for (let i = 0; i < of.length; i++) if (isFilled(c, i)) counts[c]++
      })
      return mark === undefined ? cells : [marks, ...cells]
    },
    notes: () => [...beside.notes(), ...filledNotes(columns, counts), ...timeNotes(som)],
  }
}

function filledNotes(columns: readonly { readonly name: string }[], counts: readonly number[]): string[] {
  const told = columns.flatMap(({ name }, c) =>
    counts[c] > 0 ? [`${name}: ${counted(counts[c], 'cell')} filled in`] : [],
  )
  return told.length > 0 ? told : ['no cell of a feature was missing in a row that has a unit']
}

/** Times take part in finding the nearest units, and stay as they are. */
function timeNotes({ features }: Pick<Som, 'features'>): string[] {
  const times = features.flatMap(({ source }) => (source && 'time' in source ? [source.column] : []))
  return [...new Set(times)].map((column) => `${column}: missing times are not filled in`)
}
