import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Samples } from '@som/core'
import { zipSync } from 'fflate'
import { afterAll, expect, it } from 'vitest'
import { xlsxOf } from '../../test/xlsx.ts'
import { openTable, type Reading } from '../open-table.ts'
import { readSamples } from '../read-samples.ts'
import { type ColumnChoice, selectColumns } from '../select-columns.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-xlsx-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string, contents?: Uint8Array): string => {
  const path = join(folder, name)
  if (contents !== undefined) writeFileSync(path, contents)
  return path
}

async function read(path: string, reading: Reading = {}, choice: ColumnChoice = {}): Promise<Samples> {
  const table = (await openTable(path, reading)).unwrapOrElse(({ issues }) => {
    throw new Error(issues.map(({ message }) => message).join('; '))
  })
  const selection = selectColumns(table, choice).unwrapOrElse(({ issues }) => {
    throw new Error(JSON.stringify(issues))
  })
  const samples = (await readSamples(table, selection)).unwrapOrElse(({ issues }) => {
    throw new Error(JSON.stringify(issues))
  })
  table.close()
  return samples
}

async function told(path: string, reading: Reading = {}): Promise<string> {
  const opened = await openTable(path, reading)
  if (opened.isOk) opened.value.close()
  return opened.isErr ? `${opened.error.kind}: ${opened.error.issues[0].message}` : 'opened'
}

const book = at(
  'book.xlsx',
  xlsxOf(
    [
      'first & foremost',
      [
        ['mass', 'kind', 'sure', 'when', 'text'],
        [1.5, 'ä', true, new Date('1970-01-02T06:00:00Z'), '2,5'],
        [null, 'b', null, new Date('1970-01-03T00:00:00Z'), 'NA'],
        [{ error: '#N/A' }, null, false, null, '7'],
        [],
        [-2, 'b', true, new Date('1970-01-01T00:00:00Z'), 1],
      ],
    ],
    [
      '2024',
      [
        [1.5, 2],
        [3, 4],
      ],
    ],
  ),
)

it('the first sheet is read: numbers, flags, dates as times, text as in other files', async () => {
  const samples = await read(book, {}, { label: 'kind', times: { when: ['number'] } })
  expect(samples.features).toEqual(['mass', 'sure', 'when', 'text'])
  const missing = Number.NaN
  expect([...samples.data]).toEqual([
    1.5,
    1,
    1.25,
    2.5,
    missing,
    missing,
    2,
    missing,
    missing,
    0,
    missing,
    7,
    -2,
    1,
    0,
    1,
  ])
  expect(samples.labels).toEqual(['ä', 'b', '', 'b'])
})

it('another sheet is chosen by its name or its number', async () => {
  for (const sheet of ['2024', 2024, 2]) expect([...(await read(book, { sheet })).data]).toEqual([1.5, 2, 3, 4])
  expect(await told(book, { sheet: 'third' })).toBe(
    'choice: expected a sheet named "third", found 2: first & foremost, 2024; choose by --sheet',
  )
  expect(await told(book, { sheet: 3 })).toMatch(/^choice: expected sheet 3, found 2/)
  expect(await told(at('rows.csv', Buffer.from('a,b\n1,2\n')), { sheet: 1 })).toMatch(/^choice: expected a workbook/)
})

it('what is not a workbook, is damaged or has nothing in it is reported', async () => {
  expect(await told(at('no.xlsx', Buffer.from('nothing')))).toMatch(/^not-a-table: expected a whole Excel workbook/)
  expect(await told(at('cut.xlsx', xlsxOf(['a', [['x'], [1]]]).subarray(0, 900)))).toMatch(
    /^not-a-table: expected a whole/,
  )
  expect(await told(at('other.xlsx', zipSync({ 'a.txt': new Uint8Array(9) })))).toMatch(
    /^not-a-table: expected a whole/,
  )
  expect(await told(at('empty.xlsx', xlsxOf(['a', []])))).toBe('not-a-table: expected a table, found an empty sheet')
})

it('a workbook that unpacks to too much is refused before it is unpacked, and one that hides its size as damaged', async () => {
  const bomb = xlsxOf(['a', [['x'], ['0'.repeat(80 * 2 ** 20)]]])
  expect(await told(at('bomb.xlsx', bomb))).toBe(
    'not-readable: expected at most 200 times its size unpacked, found more; where that is right, raise it by --file-limit',
  )
  expect(await told(at('book.xlsx'), { mostBytes: 1000 })).toMatch(/^not-readable: expected at most 1000 B/)
  const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.byteLength)
  for (let i = 0; i + 30 < bomb.length; i++)
    if (view.getUint32(i, true) === 0x02014b50) view.setUint32(i + 24, 2000, true)
  expect(await told(at('hidden.xlsx', bomb))).toMatch(/^not-a-table: expected a whole Excel workbook/)
})
