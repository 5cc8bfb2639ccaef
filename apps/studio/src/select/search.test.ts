import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type ColumnData, cellText, type TableData } from '../table/table-data.ts'
import { searcherOf } from './search.ts'

const base = { missing: 0, leftOut: null, numbers: null, codes: null, levels: [] }
const column = fc.oneof(
  fc
    .array(fc.oneof(fc.double(), fc.integer({ min: -50, max: 9999 })), { minLength: 5, maxLength: 5 })
    .map((numbers): ColumnData => ({ ...base, name: 'n', kind: 'number', numbers: Float64Array.from(numbers) })),
  fc
    .array(fc.integer({ min: 0, max: 2e9 }), { minLength: 5, maxLength: 5 })
    .map((numbers): ColumnData => ({ ...base, name: 't', kind: 'time', numbers: Float64Array.from(numbers) })),
  fc
    .array(fc.integer({ min: 0, max: 1 }), { minLength: 5, maxLength: 5 })
    .map((numbers): ColumnData => ({ ...base, name: 'b', kind: 'boolean', numbers: Float64Array.from(numbers) })),
  fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 5, maxLength: 5 }).map(
    (codes): ColumnData => ({
      ...base,
      name: 'w',
      kind: 'text',
      codes: Int32Array.from(codes),
      levels: ['Ab', 'e7', '12'],
    }),
  ),
)

it('finds the rows of which a cell, as it is shown, has the text in it', () => {
  const text = fc.constantFrom('1', '-', '12', 'e', 'a', 'B', 'tru', '1.5', '00:', '1e+2', 'e-', '.', 'x', '2 1')
  fc.assert(
    fc.property(fc.array(column, { maxLength: 4 }), text, (columns, wanted) => {
      const table: TableData = { name: 'x', rows: 5, columns, notes: [] }
      const found = searcherOf(table, wanted)
      for (let row = 0; row < 5; row++) {
        const cells = columns.map((each) => cellText(each, row).toLowerCase())
        expect(found(row)).toBe(cells.some((cell) => cell.includes(wanted.toLowerCase())))
      }
    }),
  )
})
