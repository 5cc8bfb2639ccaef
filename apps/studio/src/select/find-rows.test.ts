import { expect, it } from 'vitest'
import type { TableData } from '../table/table-data.ts'
import { findRows } from './find-rows.ts'

const rows = 100_000
const base = { missing: 0, leftOut: null, codes: null, levels: [] }
const table: TableData = {
  ...{ name: 'x', rows, notes: [] },
  columns: [{ ...base, name: 'n', kind: 'number', numbers: Float64Array.from({ length: rows }, (_, row) => row) }],
}

it('finds the same rows in slices, and hears how far it is', async () => {
  const shares: number[] = []
  const found = await findRows(table, '777', (share) => shares.push(share) > 0)
  expect(Array.from(found ?? []).flatMap((has, row) => (has ? [row] : []))).toEqual(
    Array.from({ length: rows }, (_, row) => row).filter((row) => String(row).includes('777')),
  )
  expect(shares.at(-1)).toBe(1)
  expect([...shares].sort((a, b) => a - b)).toEqual(shares)
})

it('stops where nobody wants the answer any more', async () => {
  expect(await findRows(table, '7', () => false)).toBeNull()
})
