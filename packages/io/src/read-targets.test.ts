import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openTable } from './open-table.ts'
import { findTargets, readTargets, type TargetChoice } from './read-targets.ts'
import { selectColumns } from './select-columns.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-targets-'))
afterAll(() => rmSync(folder, { recursive: true }))

const fail = (found: unknown): never => {
  throw new Error(JSON.stringify(found))
}
const path = join(folder, 'rows.csv')
writeFileSync(
  path,
  'size,kind,digit,sure,when,none\n1.5, red ,0,true,2026-01-01,\nNA,blue,1,false,2026-01-02,\n3,NA,1,,2026-01-03,\n',
)

const table = (await openTable(path)).unwrapOrElse(fail)
afterAll(() => table.close())

async function valuesOf(...choices: TargetChoice[]): Promise<Record<string, unknown>> {
  const found = await readTargets(table, findTargets(table, choices).unwrapOrElse(fail))
  return found.unwrapOrElse(fail)
}

it('text and truth values are classes, numbers are numbers, and cells that mean a missing value are missing', async () => {
  expect(await valuesOf({ name: 'kind' }, { name: 'size' }, { name: 'sure' })).toEqual({
    kind: ['red', 'blue', null],
    sure: ['true', 'false', null],
    size: Float64Array.of(1.5, Number.NaN, 3),
  })
})

it('numbers are names of classes where the choice asks for it', async () => {
  expect(await valuesOf({ name: 'digit', kind: 'class' })).toEqual({ digit: ['0', '1', '1'] })
})

describe('a target is refused', () => {
  it.each<[TargetChoice, RegExp]>([
    [{ name: 'sise' }, /^expected a column named "sise", found none; did you mean "size"\?$/],
    [{ name: 'none' }, /^"none": expected a value in some row, found every cell missing$/],
    [{ name: 'when' }, /^"when": expected classes or numbers, found dates or times/],
    [{ name: 'kind', kind: 'number' }, /^"kind": expected numbers, found " red " in row 1$/],
  ])('%j', (choice, message) => {
    const found = findTargets(table, [choice])
    expect(found.isErr && found.error.issues).toEqual([{ path: 'target', message: expect.stringMatching(message) }])
  })

  it('that is given twice', () => {
    const found = findTargets(table, [{ name: 'size' }, { name: 'size' }])
    expect(found.isErr && found.error.issues).toEqual([{ path: 'target', message: '"size" is given twice' }])
  })

  it('that is named as a feature too, but not one that a pattern selects', () => {
    const both = selectColumns(table, { columns: ['size', 'digit'], targets: ['size'] })
    expect(both.isErr && both.error.issues).toEqual([
      { path: 'target', message: '"size" is also one of the columns; a feature would give the answer away' },
    ])
    const pattern = selectColumns(table, { columns: ['type:number'], targets: ['size'] }).unwrapOrElse(fail)
    expect(pattern.features).toEqual([{ name: 'digit', column: 2 }])
    const usual = selectColumns(table, { targets: ['size', 'kind'] }).unwrapOrElse(fail)
    expect(usual.features.map((one) => 'name' in one && one.name)).toEqual(['digit', 'sure'])
    expect(usual.leftOut.map(({ name }) => name)).toEqual(['when', 'none'])
  })
})
