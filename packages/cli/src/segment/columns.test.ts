import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ColumnChoice, openTable } from '@som/io'
import { afterAll, describe, expect, test } from 'vitest'
import { type Taken, takeColumns } from './columns.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-take-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What becomes of a table of 40 rows with these columns. */
async function taken(
  columns: Readonly<Record<string, (i: number) => unknown>>,
  choice: ColumnChoice = {},
): Promise<Taken> {
  const path = join(folder, 'rows.csv')
  const rows = Array.from({ length: 40 }, (_, i) => Object.values(columns).map((cell) => cell(i)))
  writeFileSync(path, `${[Object.keys(columns), ...rows].map((row) => row.join(',')).join('\n')}\n`)
  const table = (await openTable(path)).unwrapOrElse(fail)
  try {
    return (await takeColumns(table, choice)).unwrapOrElse(fail)
  } finally {
    table.close()
  }
}

function fail(problem: unknown): never {
  throw new Error(JSON.stringify(problem))
}

const price = (i: number): number => (i * 37) % 41

describe('columns that are taken on their own', () => {
  test('numbers of two values are a category, of three a number', async () => {
    const { categories, selection } = await taken({ active: (i) => i % 2, stars: (i) => i % 3 })
    expect(categories).toEqual([{ name: 'active', reason: 'numbers of two values' }])
    expect(selection.features).toEqual([{ category: 0 }, { name: 'stars', column: 1 }])
  })

  test('missing cells are not a level', async () => {
    const { categories } = await taken({ price, plan: (i) => ['', 'NA', 'free', 'pro'][i % 4] })
    expect(categories).toEqual([{ name: 'plan', reason: 'text of 2 levels' }])
  })

  test('whole numbers that differ name rows where they are called so, and are numbers where not', async () => {
    const { id, selection } = await taken({ income: (i) => 900 + 7 * i, customer_id: (i) => 100 + 3 * i })
    expect(id).toBe('customer_id')
    expect(selection.features).toEqual([{ name: 'income', column: 0 }])
  })

  test('a word that merely ends like one of those is not a name', async () => {
    const { id } = await taken({ paid: (i) => 10 + 3 * i, price })
    expect(id).toBeUndefined()
  })

  test('what looks like a name is taken where it is requested, as it is', async () => {
    const choice = { columns: ['customer_id', 'price'], categories: ['note'] }
    const { selection } = await taken({ customer_id: (i) => 100 + 3 * i, price, note: (i) => `n${i % 30}` }, choice)
    expect(selection.features).toEqual([
      { name: 'customer_id', column: 0 },
      { name: 'price', column: 1 },
      { category: 2 },
    ])
  })

  test('text of so many levels that hardly a row shares one is left out', async () => {
    const { selection } = await taken({ price, word: (i) => `w${i % 21}` })
    expect(selection.leftOut).toEqual([
      { name: 'word', reason: 'text of more than 20 levels; --categories includes it anyway' },
    ])
  })
})
