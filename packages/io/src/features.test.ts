import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Samples, train } from '@som/core'
import { afterAll, expect, it } from 'vitest'
import { decodeModel, encodeModel } from './model/som-file.ts'
import { openTable } from './open-table.ts'
import { readSamples } from './read-samples.ts'
import { type ColumnChoice, selectColumns, selectFeatures } from './select-columns.ts'
import type { Table } from './table.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-features-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function withTable<T>(csv: string, use: (table: Table) => Promise<T>): Promise<T> {
  const path = join(folder, 'table.csv')
  writeFileSync(path, csv)
  const table = (await openTable(path)).unwrapOrElse((problem) => {
    throw new Error(JSON.stringify(problem))
  })
  try {
    return await use(table)
  } finally {
    table.close()
  }
}

const read = (csv: string, choice: ColumnChoice): Promise<Samples> =>
  withTable(csv, async (table) => {
    const selection = selectColumns(table, choice)
    const samples = selection.isOk ? await readSamples(table, selection.value) : selection
    if (samples.isErr)
      throw new Error(samples.error.issues.map(({ path, message }) => `${path}: ${message}`).join('; '))
    return samples.value
  })

const penguins =
  'species,when,mass,note\nAdelie,2026-01-01,1,a\n Gentoo ,2026-01-02 06:00,5,b\nNA,2026-01-03,3,c\nAdelie,,4,d\n'

it('a category is one feature per level, missing in all of them where the cell is missing', async () => {
  const samples = await read(penguins, { categories: ['species'] })
  expect(samples.features).toEqual(['species=Adelie', 'species=Gentoo', 'mass'])
  const rows = [0, 1, 2, 3].map((i) => [...samples.data.subarray(3 * i, 3 * i + 3)])
  expect(rows).toEqual([
    [1, 0, 1],
    [0, 1, 5],
    [Number.NaN, Number.NaN, 3],
    [1, 0, 4],
  ])
  expect(samples.sources?.[0]).toEqual({ column: 'species', level: 'Adelie' })
  expect(samples.sources?.[2]).toBeUndefined()
})

it('a time is days since 1970, or a place on a cycle', async () => {
  const samples = await read(penguins, { columns: [], times: { when: ['number', 'day'] } })
  expect(samples.features).toEqual(['when', 'when day-sine', 'when day-cosine'])
  const second = [...samples.data.subarray(3, 6)]
  expect(second[0]).toBe(Date.UTC(2026, 0, 2, 6) / 86_400_000)
  // Six in the morning is a quarter of the day.
  expect(second[1]).toBeCloseTo(1, 8)
  expect(second[2]).toBeCloseTo(0, 8)
  expect([...samples.data.subarray(9)]).toEqual([Number.NaN, Number.NaN, Number.NaN])
})

it('a time of day without a date has its place on the day', async () => {
  const samples = await read('at,x\n06:00,1\n18:00,2\n', { columns: [], times: { at: ['day'] } })
  expect([...samples.data].map((x) => x.toFixed(9))).toEqual([
    '1.000000000',
    '-0.000000000',
    '-1.000000000',
    '-0.000000000',
  ])
})

it('columns are chosen by pattern and by type, a name going before a pattern', async () => {
  const csv = 'a_1,a_2,b,flag,a_*\n1,2,3,true,4\n2,3,5,false,5\n9,1,1,true,7\n'
  expect((await read(csv, { columns: ['a_?'] })).features).toEqual(['a_1', 'a_2', 'a_*'])
  expect((await read(csv, { columns: ['a_*'] })).features).toEqual(['a_*'])
  expect((await read(csv, { columns: ['type:number'], exclude: ['a_?'] })).features).toEqual(['b'])
  await expect(read(csv, { columns: ['c_*', 'type:time'] })).rejects.toThrow(
    /columns: expected a column named "c_\*", found none.*columns: unknown column type: expected one of \(type:number, type:boolean\), found "type:time"/,
  )
})

it('what cannot be a category or a time is reported', async () => {
  const many = `id,x\n${Array.from({ length: 300 }, (_, i) => `n${i},${i % 5}`).join('\n')}\n`
  await expect(read(many, { categories: ['id'] })).rejects.toThrow('id: expected at most 256 levels of a category')
  await expect(read(penguins, { times: { mass: ['day'] } })).rejects.toThrow(
    'times: column "mass": expected dates or times, found number',
  )
  await expect(read(penguins, { times: { when: ['day'] }, categories: ['when'] })).rejects.toThrow(
    'times: "when" is also one of the categories; choose one',
  )
})

it('a map remembers levels and cycles, and reads new rows by them; a new level is missing and told', async () => {
  const samples = await read(penguins, { categories: ['species'], times: { when: ['year'] } })
  const som = (await train({ samples, lattice: { rows: 2, columns: 2 }, epochs: 2 })).unwrapOrElse((issues) => {
    throw new Error(JSON.stringify(issues))
  })
  expect(som.features.map(({ name, preprocessing }) => [name, preprocessing.method])).toEqual([
    ['species=Adelie', 'none'],
    ['species=Gentoo', 'none'],
    ['when year-sine', 'none'],
    ['when year-cosine', 'none'],
    ['mass', 'z-score'],
  ])
  const kept = decodeModel(Buffer.concat(encodeModel(som).unwrapOr([])), 'map').unwrapOrElse((problem) => {
    throw new Error(JSON.stringify(problem))
  })
  expect(kept.features).toEqual(som.features)
  const unknown: string[] = []
  const again = await withTable(
    'extra,mass,species,when\n1,2,Emperor,2026-01-01\n2,3,Gentoo,2026-07-01\n',
    async (table) => {
      const selection = selectFeatures(table, kept.features)
      if (selection.isErr) throw new Error(JSON.stringify(selection.error))
      return readSamples(table, selection.value, (column, level) => unknown.push(`${column}: ${level}`))
    },
  )
  const data = again.isOk ? [...again.value.data] : []
  expect(data.slice(0, 2)).toEqual([Number.NaN, Number.NaN])
  expect(data.slice(5, 7)).toEqual([0, 1])
  expect(unknown).toEqual(['species: Emperor'])
  const lacking = await withTable('mass\n1\n2\n', async (table) => selectFeatures(table, kept.features))
  expect(lacking.isErr && lacking.error.issues.map(({ message }) => message.split(',')[0])).toEqual([
    'expected a column named "species"',
    'expected a column named "when"',
  ])
})
